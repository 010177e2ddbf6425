// Media that the gym uploaded and customers sent, as /{media-id} and the download url give them.
import Crypto

struct MediaShelf {
  struct Item: Sendable {
    var mime: String
    var bytes: [UInt8]

    /// Base64, as webhooks give it.
    var sha256: String { IdentifierSource.base64(Array(SHA256.hash(data: bytes))) }
  }

  /// Uploads are kept while they fit; the oldest make room (bytes).
  static let capacity = 64 << 20

  private var items: [String: Item] = [:]
  private var uploads: [String] = []
  private var size = 0

  func item(_ id: String) -> Item? { items[id] }

  mutating func add(_ item: Item, id: String) {
    items[id] = item
    uploads.append(id)
    size += item.bytes.count
    while size > Self.capacity, let oldest = uploads.first {
      uploads.removeFirst()
      size -= items.removeValue(forKey: oldest)?.bytes.count ?? 0
    }
  }

  mutating func remove(_ id: String) -> Bool {
    guard let item = items.removeValue(forKey: id) else { return false }
    uploads.removeAll { $0 == id }
    size -= item.bytes.count
    return true
  }

  /// The file in a multipart upload; nil when there is none.
  static func file(inMultipart body: [UInt8], contentType: String) -> Item? {
    guard let boundary = contentType.split(separator: "boundary=").dropFirst().first else {
      return nil
    }
    let mark = Array("--\(boundary.filter { $0 != "\"" })".utf8)
    for part in split(body, by: mark) {
      guard let gap = find(Array("\r\n\r\n".utf8), in: part) else { continue }
      let head = String(decoding: part[part.startIndex..<gap], as: UTF8.self)
      guard head.contains("name=\"file\"") else { continue }
      let mime = head.split(whereSeparator: \.isNewline)
        .first { $0.lowercased().hasPrefix("content-type:") }?
        .split(separator: ":", maxSplits: 1).last.map { $0.filter { $0 != " " } }
      return Item(
        mime: mime ?? "application/octet-stream",
        bytes: Array(part[(gap + 4)...].dropLast(2))
      )
    }
    return nil
  }

  private static func split(_ bytes: [UInt8], by mark: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while let place = find(mark, in: rest) {
      parts.append(rest[rest.startIndex..<place])
      rest = rest[(place + mark.count)...]
    }
    return parts
  }

  private static func find(_ mark: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = mark.first, bytes.count >= mark.count else { return nil }
    return (bytes.startIndex...bytes.endIndex - mark.count).first {
      bytes[$0] == first && bytes[$0..<$0 + mark.count].elementsEqual(mark)
    }
  }
}
