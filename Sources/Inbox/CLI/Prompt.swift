// Asking at the terminal: lines, and passwords that are never shown.
import Glibc
import Model
import Settings

enum Prompt {
  /// Asks on stderr and reads a line from stdin; nil at its end.
  static func line(_ question: String, default preset: String? = nil) -> String? {
    let hint = preset.map { " [\($0)]" } ?? ""
    ask("\(question)\(hint): ")
    guard let answer = readLine() else { return nil }
    return answer.isEmpty ? preset : answer
  }

  /// Asks twice for a new password, or reads it from stdin's first line.
  ///
  /// Throws `ExitError` when the two differ or there is none.
  static func newPassword(fromStdin: Bool) throws -> Secret {
    if fromStdin {
      guard let line = readLine(), !line.isEmpty else {
        throw ExitError(.usage, "no password on stdin")
      }
      return Secret(line)
    }
    guard isatty(STDIN_FILENO) == 1 else {
      throw ExitError(.usage, "no terminal to ask for the password; use --password-stdin")
    }
    let first = hidden("Password")
    guard let first, first == hidden("Once more") else {
      throw ExitError(.usage, "the two passwords differ")
    }
    return first
  }

  /// Reads a line without echo.
  static func hidden(_ question: String) -> Secret? {
    var saved = termios()
    let isTerminal = tcgetattr(STDIN_FILENO, &saved) == 0
    if isTerminal {
      var quiet = saved
      quiet.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet)
    }
    // Only now: what is pasted the moment the question stands is not shown either.
    ask("\(question): ")
    defer {
      if isTerminal { tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved) }
      ask("\n")
    }
    return readLine().map { Secret($0) }
  }

  private static func ask(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
