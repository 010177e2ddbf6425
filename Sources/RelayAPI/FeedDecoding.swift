// Reads the feed's JSON: the worker's side of GET /v1/events, and the relay's side of acks.
import Model

extension FeedPage {
  /// The page that `bytes` hold; keys it doesn't know are passed over.
  ///
  /// Throws `FeedFormatError`.
  package static func parse(_ bytes: [UInt8]) throws(FeedFormatError) -> FeedPage {
    let value: JSONValue
    do { value = try JSONValue.parse(bytes) } catch { throw FeedFormatError("not JSON") }
    guard case .string(let log) = value["log"], !log.isEmpty else {
      throw FeedFormatError("no log")
    }
    guard let next = value["next"].int64 else { throw FeedFormatError("no next") }
    guard case .array(let rows) = value["events"] else { throw FeedFormatError("no events") }
    var events: [FeedEvent] = []
    events.reserveCapacity(rows.count)
    for row in rows {
      let event = try FeedEvent(row)
      if let last = events.last, event.seq <= last.seq {
        throw FeedFormatError("seq \(event.seq) after \(last.seq)")
      }
      events.append(event)
    }
    return FeedPage(log: log, events: events, next: next)
  }
}

extension FeedEvent {
  fileprivate init(_ value: JSONValue) throws(FeedFormatError) {
    guard let seq = value["seq"].int64 else { throw FeedFormatError("an event without a seq") }
    guard let received = value["received_at"].text.flatMap(Timestamp.init(rfc3339:)) else {
      throw FeedFormatError("event \(seq) has no received_at")
    }
    self.init(
      seq: seq,
      source: value["source"].text ?? "",
      receivedAt: received,
      path: value["path"].text ?? "",
      query: value["query"].text ?? "",
      contentType: value["content_type"].text ?? "",
      sha256: value["sha256"].text ?? "",
      body: try Self.body(value, seq: seq)
    )
  }

  private static func body(_ value: JSONValue, seq: Int64) throws(FeedFormatError) -> [UInt8] {
    if case .string(let text) = value["body"] { return Array(text.utf8) }
    guard case .string(let text) = value["body_base64"], let bytes = Base64.decode(text) else {
      throw FeedFormatError("event \(seq) has no body")
    }
    return bytes
  }
}

extension Ack {
  /// The ack that `bytes` hold.
  ///
  /// Throws `FeedFormatError`.
  package static func parse(_ bytes: UnsafeRawBufferPointer) throws(FeedFormatError) -> Ack {
    let value: JSONValue
    do { value = try JSONValue.parse(bytes) } catch { throw FeedFormatError("not JSON") }
    guard case .number = value["through"], let through = value["through"].int64, through >= 0
    else { throw FeedFormatError("no through") }
    return Ack(through: through)
  }
}
