// What a receipt says beyond its message: that the whole channel can't send, that it can again, that
// a person wants no marketing. Carried out once, when it is news.
import GRDB
import Model

extension Application {
  /// An older failure says nothing of now: what still stands shows at the next message (our choice).
  private static let newsFor: Int64 = .hour

  /// A failure; `message` is nil while the send's own answer is still out.
  mutating func carryOut(
    _ receipt: InboundReceipt,
    of message: Int64?,
    channel: ChannelAccount
  ) throws {
    switch receipt.failure?.reach {
    case .channel(let wait): try rest(channel, receipt, wait: wait)
    case .marketing: try noteOptOut(receipt, of: message, channel: channel)
    case .message, nil: break
    }
  }

  private func rest(
    _ channel: ChannelAccount,
    _ receipt: InboundReceipt,
    wait: Int64?
  ) throws {
    guard let failure = receipt.failure, now - receipt.at < Self.newsFor else { return }
    try database.note(
      ChannelTrouble(
        channel: channel.id,
        kind: channel.kind,
        cause: wait == nil ? .delivery : .limit,
        code: failure.code,
        reason: failure.title,
        since: now,
        until: wait.map { now + $0 }
      ),
      rev: rev
    )
  }

  private mutating func noteOptOut(
    _ receipt: InboundReceipt,
    of message: Int64?,
    channel: ChannelAccount
  ) throws {
    if let message {
      try database.noteOptOut(message: message, at: receipt.at, rev: rev)
    } else {
      let entry = Consent.Entry.marketingOff(at: receipt.at)
      try apply(InboundConsent(person: receipt.recipient, entry: entry), channel: channel)
    }
  }
}

extension Database {
  /// A message that left after the trouble began got through: the channel delivers again.
  func proveDelivery(message: Int64, channel: String) throws {
    try cachedStatement(
      sql: """
        DELETE FROM channel_state WHERE channel_id = ? AND cause = 'delivery'
          AND since < (SELECT sent_at FROM message WHERE id = ?)
        """
    ).execute(arguments: [channel, message])
  }

  /// The one to whom `message` was, wants no marketing: the provider says so by refusing it.
  func noteOptOut(message: Int64, at time: Timestamp, rev: Int64) throws {
    let row = try Row.fetchOne(
      cachedStatement(
        sql: """
          SELECT message.thread_id, message.gym_id, thread.person_id, channel.kind FROM message
          JOIN thread ON thread.id = message.thread_id JOIN channel ON channel.id = thread.channel_id
          WHERE message.id = ?
          """
      ),
      arguments: [message]
    )
    guard let row, let kind = ChannelKind(rawValue: row[3]) else { return }
    let entry = Consent.Entry.marketingOff(at: time)
    guard try keepConsent(of: row[2], on: kind, entry), let lead = try lead(ofThread: row[0])
    else { return }
    try touch(LeadID(lead), rev: rev)
    try record(
      .system,
      lead: LeadID(lead),
      gym: row[1],
      verb: entry.verb,
      after: entry.words(on: kind),
      at: time
    )
  }
}

extension Consent.Entry {
  fileprivate static func marketingOff(at time: Timestamp) -> Consent.Entry {
    Consent.Entry(category: .marketing, decision: .optedOut, at: time, source: .preference)
  }
}
