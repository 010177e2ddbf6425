// The provider's word on messages of ours. Delivery only moves up; each step keeps its own time;
// what comes before the send's answer waits for it.
import GRDB
import Model

extension Application {
  mutating func apply(_ receipt: InboundReceipt, channel: ChannelAccount) throws {
    if let message = try target(of: receipt, channel: channel) {
      let isNews = try database.advance(message: message, receipt, rev: rev)
      if receipt.status != .failed {
        try database.proveDelivery(message: message, channel: channel.id)
      } else if isNews {
        try carryOut(receipt, of: message, channel: channel)
      }
      return
    }
    try database.cachedStatement(
      sql: """
        INSERT INTO early_receipt
          (channel_id, provider_id, status, at, error_code, error_title, received_at)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """
    ).execute(arguments: [
      channel.id, receipt.providerID, receipt.status.rawValue, receipt.at.milliseconds,
      receipt.failure?.code, receipt.failure?.title, receivedAt.milliseconds,
    ])
    // Told once: what it means for more than its message doesn't wait for the message.
    if receipt.status == .failed, database.changesCount > 0 {
      try carryOut(receipt, of: nil, channel: channel)
    }
  }

  /// The message a receipt speaks of: by the provider's id, or by our own reference while the
  /// send's answer is still out, or while it waits to be sent again and the receipt proves that it need not.
  private func target(of receipt: InboundReceipt, channel: ChannelAccount) throws -> Int64? {
    let known = try Int64.fetchOne(
      database.cachedStatement(
        sql: "SELECT id FROM message WHERE channel_id = ? AND provider_id = ?"
      ),
      arguments: [channel.id, receipt.providerID]
    )
    if let known { return known }
    guard let reference = receipt.callbackData else { return nil }
    let claimed = try Int64.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT message_id FROM outbox WHERE callback_data = ?1 AND (state IN ('sending', 'unconfirmed')
            OR state = 'queued' AND attempts > 0 AND ?2 <> 'failed')
          UNION ALL SELECT id FROM message WHERE callback_data = ?1 AND provider_id IS NULL
          """
      ),
      arguments: [reference, receipt.status.rawValue]
    )
    guard let claimed else { return nil }
    // The provider has it: what the answer would have said is known now.
    try database.accept(
      message: claimed,
      providerID: receipt.providerID,
      at: receipt.at,
      rev: rev
    )
    return claimed
  }

  /// We know of a send when its answer is here, the provider some time before; our own allowance.
  private static let answerTime: Int64 = 5 * .second

  func takeEarlyReceipts(channel: String, providerID: String) throws {
    try database.takeEarlyReceipts(channel: channel, providerID: providerID, rev: rev)
  }

  /// They have seen everything up to `time`, or up to the message that `providerID` names.
  ///
  /// A message whose send is not answered yet has no id: the mark waits for it.
  mutating func applyRead(
    _ identities: [Identity],
    at time: Timestamp,
    providerID: String?,
    channel: ChannelAccount
  ) throws {
    guard let person = try known(identities, channel: channel) else { return }
    let thread = try thread(Found(person: person, identity: 0, isNew: false), channel: channel)
    try database.cachedStatement(
      sql: "UPDATE thread SET seen_at = max(ifnull(seen_at, 0), ?) WHERE id = ?"
    ).execute(arguments: [time.milliseconds, thread])
    if let providerID {
      let mark = InboundReceipt(providerID: providerID, status: .read, at: time)
      try apply(mark, channel: channel)
    }
    try database.cachedStatement(
      sql: """
        UPDATE message SET status = 'read', read_at = ifnull(read_at, ?), rev = ?
        WHERE thread_id = ? AND direction = 'out' AND provider_at <= ?
          AND ifnull(sent_at, provider_at) <= ? AND status IN ('sent', 'delivered')
        """
    ).execute(arguments: [
      time.milliseconds, rev, thread, time.milliseconds, time.milliseconds + Self.answerTime,
    ])
    guard database.changesCount > 0 else { return }
    if let lead = try currentLead(person: person) {
      try database.summarise(lead: lead, rev: rev)
    }
  }
}

extension Database {
  /// Moves a message up to what the receipt says; lower or equal news only keeps its time and is
  /// answered with false.
  @discardableResult
  func advance(message: Int64, _ receipt: InboundReceipt, rev: Int64) throws -> Bool {
    guard
      let row = try Row.fetchOne(
        cachedStatement(sql: "SELECT status, thread_id, shown_on FROM message WHERE id = ?"),
        arguments: [message]
      ),
      let current = MessageStatus(rawValue: row[0])
    else { return false }
    let next = current.after(receipt.status)
    let timeColumn: String? =
      switch receipt.status {
      case .sent: "sent_at"
      case .delivered: "delivered_at"
      case .read: "read_at"
      case .failed: "failed_at"
      default: nil
      }
    if let timeColumn {
      try cachedStatement(
        sql: "UPDATE message SET \(timeColumn) = ifnull(\(timeColumn), ?) WHERE id = ?"
      ).execute(arguments: [receipt.at.milliseconds, message])
    }
    // Only what ended it: a failure told after the delivery is kept as a time.
    if let failure = receipt.failure, next == .failed, current != .failed {
      try execute(
        sql: "UPDATE message SET error_code = ?, error_title = ? WHERE id = ?",
        arguments: [failure.code, failure.title, message]
      )
    }
    guard next != current else { return false }
    try cachedStatement(sql: "UPDATE message SET status = ?, rev = ? WHERE id = ?")
      .execute(arguments: [next.rawValue, rev, message])
    try cachedStatement(sql: "DELETE FROM outbox WHERE message_id = ?")
      .execute(arguments: [message])
    if next == .failed, let bubble: Int64 = row[2] { try deriveMarks(of: bubble, rev: rev) }
    if let lead = try lead(ofThread: row[1]) { try summarise(lead: lead, rev: rev) }
    return true
  }

  /// The provider has taken the message under this id.
  func accept(message: Int64, providerID: String, at time: Timestamp, rev: Int64) throws {
    guard
      let row = try Row.fetchOne(
        cachedStatement(
          sql: """
            SELECT message.channel_id, message.provider_id, message.thread_id, outbox.claimed_at
            FROM message LEFT JOIN outbox ON outbox.message_id = message.id WHERE message.id = ?
            """
        ),
        arguments: [message]
      )
    else { return }
    // A receipt came before the answer and has said so, and perhaps how it went on.
    let known: String? = row[1]
    guard known != providerID else { return }
    let channel: String = row[0]
    // An echo may have come first and stand in the thread: ours says who wrote it.
    let echo = try Row.fetchOne(
      cachedStatement(
        sql: "SELECT id, status FROM message WHERE channel_id = ? AND provider_id = ? AND id <> ?"
      ),
      arguments: [channel, providerID, message]
    )
    if let echo {
      let id: Int64 = echo[0]
      try replaceEcho(id, with: message)
    }
    try cachedStatement(
      sql: """
        UPDATE message SET provider_id = ?, sent_at = ifnull(sent_at, ?), rev = ?,
          error_code = NULL, error_title = NULL,
          status = CASE WHEN status IN ('queued', 'sending', 'unconfirmed', 'failed')
            THEN 'sent' ELSE status END
        WHERE id = ?
        """
    ).execute(arguments: [providerID, time.milliseconds, rev, message])
    try cachedStatement(sql: "DELETE FROM outbox WHERE message_id = ?")
      .execute(arguments: [message])
    if let echo, let status = MessageStatus(rawValue: echo[1]) {
      let receipt = InboundReceipt(providerID: providerID, status: status, at: time)
      try advance(message: message, receipt, rev: rev)
    }
    try takeEarlyReceipts(channel: channel, providerID: providerID, rev: rev)
    try takeReadMark(message: message, claimedAt: row[3], rev: rev)
    try adoptMarks(message: message, channel: channel, providerID: providerID, rev: rev)
    try showReaction(message, channel: channel, rev: rev)
    if let lead = try lead(ofThread: row[2]) { try summarise(lead: lead, rev: rev) }
  }

  /// Ours takes the place of the echo that overtook its answer, with what stands on that.
  private func replaceEcho(_ echo: Int64, with message: Int64) throws {
    try cachedStatement(sql: "UPDATE message SET shown_on = NULL WHERE shown_on = ?")
      .execute(arguments: [echo])
    try cachedStatement(
      sql: "UPDATE OR IGNORE message_repeat SET message_id = ? WHERE message_id = ?"
    ).execute(arguments: [message, echo])
    try cachedStatement(sql: "DELETE FROM message WHERE id = ?").execute(arguments: [echo])
  }

  /// What they saw while the send's answer was out: a mark that names no message covers what had left
  /// before it.
  private func takeReadMark(message: Int64, claimedAt: Int64?, rev: Int64) throws {
    guard let claimedAt else { return }
    let seen = try Int64.fetchOne(
      cachedStatement(
        sql: """
          SELECT thread.seen_at FROM message JOIN thread ON thread.id = message.thread_id
          JOIN channel ON channel.id = thread.channel_id
          WHERE message.id = ? AND channel.kind = 'messenger'
          """
      ),
      arguments: [message]
    )
    guard let seen, seen >= claimedAt else { return }
    let mark = InboundReceipt(
      providerID: "",
      status: .read,
      at: Timestamp(milliseconds: seen)
    )
    try advance(message: message, mark, rev: rev)
  }

  /// Applies the receipts that waited for this id.
  func takeEarlyReceipts(channel: String, providerID: String, rev: Int64) throws {
    let rows = try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT status, at, error_code, error_title FROM early_receipt
          WHERE channel_id = ? AND provider_id = ?
          """
      ),
      arguments: [channel, providerID]
    )
    guard !rows.isEmpty else { return }
    try cachedStatement(sql: "DELETE FROM early_receipt WHERE channel_id = ? AND provider_id = ?")
      .execute(arguments: [channel, providerID])
    let message = try Int64.fetchOne(
      cachedStatement(sql: "SELECT id FROM message WHERE channel_id = ? AND provider_id = ?"),
      arguments: [channel, providerID]
    )
    guard let message else { return }
    for row in rows {
      guard let status = MessageStatus(rawValue: row[0]) else { continue }
      let title: String? = row[3]
      let receipt = InboundReceipt(
        providerID: providerID,
        status: status,
        at: Timestamp(milliseconds: row[1]),
        failure: title.map { MessageFailure(code: row[2], title: $0) }
      )
      if try advance(message: message, receipt, rev: rev), status != .failed {
        try proveDelivery(message: message, channel: channel)
      }
    }
  }
}

extension MessageStatus {
  /// What a message in this state becomes when the provider says `news`.
  ///
  /// queued < sending < sent < delivered < read; `failed` ends what has not been delivered; a late
  /// `delivered` after `failed` is kept as a time only.
  package func after(_ news: MessageStatus) -> MessageStatus {
    switch (self, news) {
    case (.received, _), (.failed, _): return self
    case (.delivered, .failed), (.read, .failed): return self
    case (_, .failed): return .failed
    case (.unconfirmed, .sent), (.unconfirmed, .delivered), (.unconfirmed, .read): return news
    default:
      guard let rank = deliveryRank, let newRank = news.deliveryRank else { return self }
      return newRank > rank ? news : self
    }
  }
}
