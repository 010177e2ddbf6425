// Where a secret stands: on the command line, in a variable, in a file. Exactly one.
import ArgumentParser
import Glibc

struct SecretSource {
  var value: String?
  var environment: String?
  var file: String?

  /// The secret, without the line end of its file.
  func read() throws -> String {
    switch (value, environment, file) {
    case (let value?, nil, nil): return try check(value, "--secret is empty")
    case (nil, let name?, nil):
      guard let text = getenv(name).map({ String(cString: $0) }) else {
        throw ServeCommand.stop("--secret-env: the variable \(name) is not set", EX_CONFIG)
      }
      return try check(text, "--secret-env: the variable \(name) is empty")
    case (nil, nil, let path?):
      return try check(contents(of: path), "--secret-file: \(path) is empty")
    default:
      throw ServeCommand.stop(
        "give the app secret once: --secret, --secret-env or --secret-file",
        EX_USAGE
      )
    }
  }

  private func check(_ text: String, _ complaint: String) throws -> String {
    let secret = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard !secret.isEmpty else { throw ServeCommand.stop(complaint, EX_CONFIG) }
    return secret
  }

  private func contents(of path: String) throws -> String {
    guard let handle = fopen(path, "r") else {
      let reason = String(cString: strerror(errno))
      throw ServeCommand.stop("--secret-file: \(path): \(reason)", EX_NOINPUT)
    }
    defer { fclose(handle) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, handle)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
