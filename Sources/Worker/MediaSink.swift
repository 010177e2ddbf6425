// Writes a file's bytes below `media/incoming` while they come. One fetch at a time, on its thread.
import Channels
import Glibc
import Model
import Store

/// The beginning of a file that is being fetched.
///
/// What is there stays there when the connection breaks: the next try goes on behind it.
final class MediaSink: BodySink {
  /// Why it would not take the answer.
  enum Trouble: Equatable {
    case tooLarge
    case full
    /// A web page instead of the file: the address has run out.
    case page
    case failed(String)
  }

  /// WhatsApp delivers nothing larger (Cloud API, media: documents up to 100 MB).
  static let limit: Int64 = 100 << 20

  private let folder: MediaFolder
  private let path: String
  private let kind: MediaKind
  private var descriptor: Int32 = -1
  /// Bytes that are there; where the next ones go.
  private(set) var size: Int64 = 0
  private(set) var trouble: Trouble?

  init(_ id: AttachmentID, kind: MediaKind, folder: MediaFolder) throws(MediaError) {
    self.folder = folder
    self.kind = kind
    path = folder.incoming(id)
    try folder.prepare()
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw MediaError(path: path) }
    size = max(0, Int64(lseek(descriptor, 0, SEEK_END)))
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Begins again.
  func startOver() {
    ftruncate(descriptor, 0)
    size = 0
    trouble = nil
  }

  /// Throws away what is there.
  func discard() { unlink(path) }

  func begin(status: Int, headers: [HTTPHeader]) -> Bool {
    let answer = HTTPResponse(status: status, headers: headers)
    if kind != .document, answer.header("Content-Type")?.hasPrefix("text/html") == true {
      return refuse(.page)
    }
    if status != 206 || Self.start(answer) != size { startOver() }
    let length = answer.header("Content-Length").flatMap { Int64($0) } ?? 0
    if length > Self.limit - size { return refuse(.tooLarge) }
    return folder.hasRoom(for: max(0, length)) || refuse(.full)
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard trouble == nil else { return false }
    guard size + Int64(bytes.count) <= Self.limit else { return refuse(.tooLarge) }
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count = pwrite(descriptor, rest.baseAddress, rest.count, Int(size))
      if count > 0 {
        done += count
        size += Int64(count)
      } else if errno != EINTR {
        let isFull = errno == ENOSPC || errno == EDQUOT
        return refuse(isFull ? .full : .failed(String(cString: strerror(errno))))
      }
    }
    return true
  }

  private func refuse(_ trouble: Trouble) -> Bool {
    self.trouble = trouble
    return false
  }

  /// The first byte that a part of a file begins with: `bytes 100-199/200`.
  private static func start(_ answer: HTTPResponse) -> Int64? {
    let range = answer.header("Content-Range")?.split(separator: " ").last
    return range?.split(separator: "-").first.flatMap { Int64($0) }
  }
}
