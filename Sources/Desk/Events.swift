// The journal of webhooks: reading it, and having events applied once more.
import Model
import Store

extension FrontDesk {
  package func journal(_ query: JournalQuery, seat: Seat) throws -> JournalPage {
    try store.journal(query, scope: seat.scope)
  }

  /// One event with its body, for reading; nil when it isn't there.
  ///
  /// `isRaw` hides nothing, and is written down.
  package func event(_ id: Int64, isRaw: Bool, seat: Seat) throws -> JournalDetail? {
    guard let line = try store.journalLine(id, scope: seat.scope),
      let entry = try store.event(id)
    else { return nil }
    if isRaw { try store.recordRawView(of: id, by: seat.actor) }
    return JournalDetail(
      line: line,
      path: entry.raw.path,
      sha256: entry.raw.sha256,
      bytes: entry.raw.body.count,
      body: Self.lines(of: entry.raw.body, isRaw: isRaw),
      isRaw: isRaw
    )
  }

  private static func lines(of body: [UInt8], isRaw: Bool) -> [String] {
    guard !body.isEmpty else { return ["(its body was erased)"] }
    if let json = try? JSONValue.parse(body) {
      return (isRaw ? json : json.masked()).prettyLines()
    }
    guard isRaw else { return ["(\(body.count) bytes that are not JSON)"] }
    return String(decoding: body, as: UTF8.self).split(
      omittingEmptySubsequences: false,
      whereSeparator: \.isNewline
    ).map(String.init)
  }

  /// Has one event applied again, or all that are parked.
  package func replay(_ id: Int64?, by seat: Seat) throws -> String {
    let count = try store.replay(id.map { [$0] })
    if let id { return "Event \(id) is applied again" }
    return count == 0 ? "No event is parked" : "\(count) parked events are applied again"
  }
}
