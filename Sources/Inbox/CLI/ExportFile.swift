// Where an export goes: standard output, or a file that has its name only once it is complete, and
// that nobody else may read.
import Glibc
import Model
import Settings

final class ExportFile {
  private let path: String?
  private let descriptor: Int32
  private var waiting: [UInt8] = []

  private static let chunk = 1 << 16

  init(path: String) throws {
    self.path = path == "-" ? nil : path
    guard path != "-" else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
  }

  func write(_ cells: [String]) throws {
    waiting += Array(CSV.line(cells).utf8)
    if waiting.count >= Self.chunk { try flush() }
  }

  func finish() throws {
    try flush()
    guard let path else { return }
    let isKept = fsync(descriptor) == 0 && rename(path + ".part", path) == 0
    close(descriptor)
    guard isKept else { throw Self.failure(path) }
  }

  /// Leaves nothing half written behind.
  func discard() {
    guard let path else { return }
    close(descriptor)
    unlink(path + ".part")
  }

  private func flush() throws {
    var rest = waiting[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno == EPIPE && path == nil {
        exit(0)  // whoever read us has left (`| head`)
      } else if errno != EINTR {
        throw Self.failure(path ?? "standard output")
      }
    }
    waiting = []
  }

  private static func failure(_ path: String) -> ExitError {
    ExitError(.failed, "\(path) can't be written: \(String(cString: strerror(errno)))")
  }
}
