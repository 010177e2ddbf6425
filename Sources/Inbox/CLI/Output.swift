// What commands print: data on stdout, everything else on stderr, and never a control character
// that a customer wrote.
import Glibc
import Model
import TerminalUI

enum Output {
  /// A line of data.
  static func line(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// A JSON object on a line of its own.
  static func object(_ fill: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    writer.object(fill)
    line(writer.text)
  }

  /// A line for the person at the terminal.
  static func error(_ text: String) {
    write(Sanitizer.line(text, limit: 4000) + "\n", to: STDERR_FILENO)
  }

  /// Columns padded to their widest cell, the last one left as it is.
  static func table(_ rows: [[String]]) {
    let clean = rows.map { $0.map { Sanitizer.line($0, limit: 400) } }
    let columns = clean.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      clean.map { column < $0.count ? Width.of($0[column]) : 0 }.max() ?? 0
    }
    for row in clean {
      var text = ""
      for (column, cell) in row.enumerated() {
        text += cell
        guard column + 1 < row.count else { continue }
        text += String(repeating: " ", count: widths[column] - Width.of(cell) + 2)
      }
      line(text)
    }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        // Whoever read us has left (`| head`): there is nobody to tell.
        exit(descriptor == STDOUT_FILENO && errno == EPIPE ? 0 : 1)
      }
    }
  }
}
