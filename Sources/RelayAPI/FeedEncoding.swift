// Writes the feed's JSON straight into bytes: the relay calls it per row while it reads its log,
// so that a body is copied and escaped once.
import Model

/// A page of the feed in the making.
package struct FeedPageEncoder {
  /// What is written so far.
  package private(set) var bytes: [UInt8] = []
  /// How many events are in.
  package private(set) var count = 0

  package init(log: String) {
    bytes.reserveCapacity(4096)
    literal("{\"log\":")
    string(log)
    literal(",\"events\":[")
  }

  /// Adds an event; `sha256` is the 32 bytes themselves.
  package mutating func append(
    seq: Int64,
    source: String,
    receivedAt: Timestamp,
    path: String,
    query: String,
    contentType: String,
    sha256: UnsafeRawBufferPointer,
    body: UnsafeRawBufferPointer
  ) {
    bytes.reserveRoom(for: body.count + 512)
    if count > 0 { literal(",") }
    count += 1
    literal("{\"seq\":")
    number(seq)
    literal(",\"source\":")
    string(source)
    literal(",\"received_at\":\"")
    receivedAt.appendRFC3339(to: &bytes)
    literal("\",\"path\":")
    string(path)
    literal(",\"query\":")
    string(query)
    literal(",\"content_type\":")
    string(contentType)
    literal(",\"sha256\":\"")
    sha256.appendHex(to: &bytes)
    literal("\",")
    self.body(body)
    literal("}")
  }

  /// A point to come back to, between two events.
  package struct Mark: Sendable {
    fileprivate var bytes: Int
    fileprivate var count: Int
  }

  /// Where the page ends now.
  package var mark: Mark { Mark(bytes: bytes.count, count: count) }

  /// Takes out what was added since `mark`.
  package mutating func rewind(to mark: Mark) {
    bytes.removeLast(bytes.count - mark.bytes)
    count = mark.count
  }

  /// The whole page.
  package consuming func finish(next: Int64) -> [UInt8] {
    literal("],\"next\":")
    number(next)
    literal("}\n")
    return bytes
  }

  private mutating func body(_ body: UnsafeRawBufferPointer) {
    if body.isUTF8 {
      literal("\"body\":\"")
      bytes.appendEscaped(body)
    } else {
      literal("\"body_base64\":\"")
      Base64.encode(body, into: &bytes)
    }
    literal("\"")
  }

  private mutating func string(_ text: String) {
    var text = text
    literal("\"")
    text.withUTF8 { bytes.appendEscaped(UnsafeRawBufferPointer($0)) }
    literal("\"")
  }

  private mutating func number(_ value: Int64) { bytes.append(contentsOf: String(value).utf8) }

  private mutating func literal(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
  }
}

extension FeedPage {
  /// The page as JSON.
  package func encoded() -> [UInt8] {
    var encoder = FeedPageEncoder(log: log)
    for event in events {
      event.body.withUnsafeBytes { body in
        Hex.decode(event.sha256).withUnsafeBytes { hash in
          encoder.append(
            seq: event.seq,
            source: event.source,
            receivedAt: event.receivedAt,
            path: event.path,
            query: event.query,
            contentType: event.contentType,
            sha256: hash,
            body: body
          )
        }
      }
    }
    return encoder.finish(next: next)
  }
}

extension Ack {
  /// The ack as JSON.
  package func encoded() -> [UInt8] { Array("{\"through\":\(through)}".utf8) }
}

extension UnsafeRawBufferPointer {
  /// Whether these bytes are well-formed UTF-8.
  fileprivate var isUTF8: Bool {
    let span = Span<UInt8>(_unsafeElements: bindMemory(to: UInt8.self))
    return (try? UTF8Span(validating: span)) != nil
  }
}

extension [UInt8] {
  /// Grows at least twofold, so that many appends stay linear.
  fileprivate mutating func reserveRoom(for more: Int) {
    if capacity - count < more { reserveCapacity(Swift.max(capacity * 2, count + more)) }
  }

  /// `text` as the inside of a JSON string: quote, backslash and control characters escaped.
  fileprivate mutating func appendEscaped(_ text: UnsafeRawBufferPointer) {
    var start = 0
    for index in text.indices {
      let byte = text[index]
      if byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") { continue }
      append(contentsOf: text[start..<index])
      start = index + 1
      append(UInt8(ascii: "\\"))
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
      case 0x0A: append(UInt8(ascii: "n"))
      case 0x0D: append(UInt8(ascii: "r"))
      case 0x09: append(UInt8(ascii: "t"))
      default:
        append(contentsOf: "u00".utf8)
        append(Hex.digits[Int(byte >> 4)])
        append(Hex.digits[Int(byte & 15)])
      }
    }
    append(contentsOf: text[start...])
  }
}
