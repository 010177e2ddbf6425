// A small file beside the log that knows how far it got. A log that was put back from a copy doesn't
// match it. Read at the opening, written there and when a client acknowledges; safe from any task.
import Glibc
import Synchronization

final class LogSeal: Sendable {
  static let fileName = "events.seal"

  struct Mark: Equatable {
    /// Drawn at each opening of the log, which keeps it too.
    var nonce: String
    /// The highest number that a client has acknowledged, or that was there at the opening.
    var seq: Int64
  }

  private let path: String
  private let mark: Mutex<Mark>

  init(directory: String) {
    path = directory + "/" + Self.fileName
    mark = Mutex(Mark(nonce: "", seq: 0))
  }

  /// What the file says; nil when there is none.
  func read() -> Mark? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 200)
    let count = Glibc.read(file, &buffer, buffer.count)
    guard count > 0 else { return nil }
    let words = String(decoding: buffer[..<count], as: UTF8.self).split { $0 == " " || $0 == "\n" }
    guard words.count == 2, let seq = Int64(words[1]) else { return nil }
    return Mark(nonce: String(words[0]), seq: seq)
  }

  /// Begins with a fresh nonce, which the log has by then.
  func begin(_ mark: Mark) {
    self.mark.withLock { $0 = mark }
    write(mark)
  }

  /// A client has everything through `seq`: from now on an older log is no longer this one.
  func raise(to seq: Int64) {
    let news: Mark? = mark.withLock { mark in
      guard seq > mark.seq, !mark.nonce.isEmpty else { return nil }
      mark.seq = seq
      return mark
    }
    if let news { write(news) }
  }

  /// A write that fails leaves an older mark, which says less and nothing wrong.
  private func write(_ mark: Mark) {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    // Always as long, so that a shorter text needs no cutting.
    let digits = String(mark.seq)
    let text = mark.nonce + " " + String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    let bytes = Array((text + "\n").utf8)
    _ = pwrite(file, bytes, bytes.count, 0)
  }

  /// The file's own number: one that was copied has another.
  static func fileNumber(_ path: String) -> String? {
    var facts = stat()
    return stat(path, &facts) == 0 ? String(facts.st_ino) : nil
  }
}
