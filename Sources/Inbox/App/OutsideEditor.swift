// A draft in the user's own editor: the text goes to a file of its own, the editor gets the
// terminal, what it saved comes back. Main thread.
import Glibc
import Settings

/// One visit to `$VISUAL` or `$EDITOR`.
struct OutsideEditor {
  /// Where the file is made: the data directory, which only its owner may read.
  let directory: String
  /// Gives a program the terminal until it ends; its exit status, nil when it didn't start.
  let run: ([String]) -> Int32?

  enum Outcome: Equatable {
    case edited(String)
    case failed(reason: String)
  }

  /// More than any provider takes, little enough to hold.
  private static let limit = 1 << 20

  func edit(_ text: String) -> Outcome {
    var template = Array((directory + "/draft-XXXXXX.txt").utf8CString)
    // 0600 from the first moment; the suffix lets the editor know that it is prose.
    let descriptor = mkstemps(&template, 4)
    guard descriptor >= 0 else {
      return .failed(reason: "No file for the editor in \(directory): " + Self.error)
    }
    let path = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    let isWritten = Self.write(text.isEmpty ? "" : text + "\n", to: descriptor)
    close(descriptor)
    guard isWritten else {
      unlink(path)
      return .failed(reason: "The draft could not be written for the editor: " + Self.error)
    }
    // As git does it: the variable may hold a command with arguments.
    let command = Self.editor + " \"$1\""
    guard let status = run(["/bin/sh", "-c", command, "inbox", path]), status == 0 else {
      unlink(path)
      return .failed(
        reason: "The editor (\(Self.editor)) did not end well; the draft is as it was: set $EDITOR"
      )
    }
    guard let bytes = Self.read(path) else {
      return .failed(reason: "What the editor saved could not be read; it is in \(path)")
    }
    unlink(path)
    return .edited(Self.text(bytes))
  }

  /// What `crontab` and `git` ask, and the editor that POSIX has.
  private static var editor: String {
    for name in ["VISUAL", "EDITOR"] {
      if let value = Environment.process[name], !value.isEmpty { return value }
    }
    return "vi"
  }

  /// Without control characters and the newline that editors end a file with.
  private static func text(_ bytes: [UInt8]) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars
    where scalar == "\n" || scalar == "\t"
      || (scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
    {
      scalars.append(scalar)
    }
    while scalars.last == "\n" { scalars.removeLast() }
    return String(scalars)
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// By path: editors replace the file.
  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit)
    var count = 0
    while count < limit {
      let got = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, limit - count)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { return nil }
      if got == 0 { break }
      count += got
    }
    return Array(bytes[..<count])
  }

  private static var error: String { String(cString: strerror(errno)) }
}
