// Gathers what the provider decoders find in one webhook, and what they could not make sense of.
import Model

struct EventBatch {
  private(set) var events: [InboundEvent] = []
  /// Parts that hold something and could not become an event.
  private var losses: [String] = []
  /// Parts that hold nothing.
  private var blanks: [String] = []
  private let receivedAt: Timestamp?
  private var entryTime: Timestamp?

  init(receivedAt: Timestamp?) { self.receivedAt = receivedAt }

  mutating func startEntry(time: JSONValue) { entryTime = Timestamp(lenient: time) }

  mutating func add(_ account: ProviderAccount, _ fact: InboundFact) {
    events.append(InboundEvent(account: account, fact: fact))
  }

  mutating func notice(_ account: ProviderAccount, _ kind: String, _ summary: String) {
    add(account, .notice(kind: kind, summary: summary.singleLine(limit: 300)))
  }

  mutating func lose(_ reason: String) { losses.append(reason) }

  /// Events and losses so far: unchanged after a part that held nothing.
  var found: Int { events.count + losses.count }

  mutating func blank(_ reason: String) { blanks.append(reason) }

  /// When the entry was made, for what carries no time of its own.
  var entryMoment: Timestamp { time(.null) }

  /// An event's own time; failing that the entry's, then the webhook's arrival.
  func time(_ value: JSONValue) -> Timestamp {
    Timestamp(lenient: value) ?? entryTime ?? receivedAt ?? Timestamp(milliseconds: 0)
  }

  /// Blank parts park a webhook only when nothing else is in it.
  var parkedReason: String? {
    if let first = losses.first {
      return losses.count == 1 ? first : "\(first) and \(losses.count - 1) more"
    }
    return events.isEmpty ? blanks.first ?? "nothing in it" : nil
  }

  var summary: String {
    guard !events.isEmpty else { return parkedReason ?? "nothing" }
    var counts: [(name: String, count: Int)] = []
    for event in events {
      let name = event.fact.summaryName
      if let index = counts.firstIndex(where: { $0.name == name }) {
        counts[index].count += 1
      } else {
        counts.append((name, 1))
      }
    }
    return counts.map { "\($0.count) \($0.name)\($0.count == 1 ? "" : "s")" }
      .joined(separator: ", ")
  }
}

extension InboundFact {
  fileprivate var summaryName: String {
    switch self {
    case .message(let message) where message.isHistory: "history message"
    case .message(let message) where message.isEcho: "echo message"
    case .message: "message"
    case .receipt: "receipt"
    case .readUpTo: "read mark"
    case .reaction: "reaction"
    case .identityChange: "identity change"
    case .consent: "consent"
    case .leadForm: "lead form"
    case .account(let notice): "\(notice.kind) notice"
    case .notice(let kind, _): "\(kind) notice"
    case .template: "template change"
    }
  }
}
