// Reads small files (config, secrets) with the system's calls; at start, any thread.
import Glibc

enum TextFile {
  /// Why a file can't be read, in the system's words.
  struct Failure: Error {
    var code: Int32
    var reason: String

    /// Nothing is there.
    var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  }

  /// Far more than a config or a token needs; a bound for a path that is wrong.
  static let limit = 1 << 20

  /// The whole text.
  static func read(_ path: String) throws(Failure) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure() }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count == 0 { break }
      guard count > 0 else { throw failure() }
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= limit else { throw Failure(code: EFBIG, reason: "too large") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(code: EILSEQ, reason: "not UTF-8 text")
    }
    return text
  }

  private static func failure() -> Failure {
    let code = errno
    return Failure(code: code, reason: String(cString: strerror(code)))
  }
}
