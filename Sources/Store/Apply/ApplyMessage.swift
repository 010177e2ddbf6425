// Puts a customer's message, or an echo of ours, into its thread.
import GRDB
import Model

extension Application {
  mutating func apply(_ message: InboundMessage, channel: ChannelAccount) throws {
    guard !message.person.isEmpty else { return }
    let known = try Bool.fetchOne(
      database.cachedStatement(
        sql: "SELECT 1 FROM message WHERE channel_id = ? AND provider_id = ?"
      ),
      arguments: [channel.id, message.providerID]
    )
    // The same message again: nothing new follows from it.
    guard known == nil else { return }
    let found = try person(
      message.person,
      profileName: message.profileName,
      channel: channel,
      at: message.providerAt
    )
    let lead = try lead(
      person: found.person,
      touch: message.referral,
      channel: channel,
      at: message.providerAt
    )
    let thread = try thread(found, channel: channel)
    if message.isEcho, let ours = try awaiting(message, thread: thread) {
      return try database.accept(
        message: ours,
        providerID: message.providerID,
        at: message.providerAt,
        rev: rev
      )
    }
    guard try insert(message, thread: thread, channel: channel) else { return }
    let id = database.lastInsertedRowID
    if let merge = found.merge { try database.markMerged("message", row: id, merge: merge) }
    try attach(message.media, to: id)
    if message.isEcho {
      try takeEarlyReceipts(channel: channel.id, providerID: message.providerID)
      try database.summarise(lead: lead, rev: rev)
      return
    }
    if message.kind.isTheirs {
      try noteInbound(message, thread: thread, identity: found.identity)
      try noteConsent(message, person: found.person, channel: channel)
    }
    guard !message.isHistory, message.kind.isTheirs else {
      try database.summarise(lead: lead, rev: rev)
      return
    }
    try database.cachedStatement(
      sql: "UPDATE lead SET inbound_count = inbound_count + 1 WHERE id = ?"
    ).execute(arguments: [lead])
    try database.summariseInbound(
      lead: lead,
      thread: thread,
      kind: channel.kind.rawValue,
      text: message.text,
      at: message.providerAt.milliseconds,
      rev: rev
    )
    newMessages += 1
  }

  /// The message of ours that an echo repeats, when nobody knows yet whether it has left.
  ///
  /// Instagram and Messenger give no reference of ours back, so the words and the time say it.
  private func awaiting(_ echo: InboundMessage, thread: Int64) throws -> Int64? {
    try Int64.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT message.id FROM outbox JOIN message ON message.id = outbox.message_id
          WHERE outbox.thread_id = ? AND outbox.state IN ('sending', 'unconfirmed')
            AND message.text = ? AND outbox.claimed_at <= ?
          ORDER BY message.id LIMIT 1
          """
      ),
      // A minute for clocks that differ.
      arguments: [thread, echo.text, echo.providerAt.milliseconds + .minute]
    )
  }

  /// False when another process has put it there in the meantime.
  private func insert(
    _ message: InboundMessage,
    thread: Int64,
    channel: ChannelAccount
  ) throws -> Bool {
    let status: MessageStatus = message.isEcho ? .sent : .received
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO message (gym_id, thread_id, channel_id, provider_id, direction, kind, text,
          provider_at, received_at, status, reply_to, is_history, sent_at, journal_id, rev)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """
    )
    try statement.execute(arguments: [
      channel.gym.rawValue, thread, channel.id, message.providerID,
      message.isEcho ? MessageDirection.outbound.rawValue : MessageDirection.inbound.rawValue,
      message.kind.rawValue, message.text, message.providerAt.milliseconds,
      receivedAt.milliseconds, status.rawValue, message.replyTo, message.isHistory,
      message.isEcho ? message.providerAt.milliseconds : nil, journal, rev,
    ])
    return database.changesCount == 1
  }

  /// Their newest message opens the reply window and says which name to answer.
  private func noteInbound(
    _ message: InboundMessage,
    thread: Int64,
    identity: Int64
  ) throws {
    try database.cachedStatement(
      sql: """
        UPDATE thread SET last_inbound_at = ?, rev = ?,
          reply_identity_id = CASE WHEN ? = 0 THEN reply_identity_id ELSE ? END
        WHERE id = ? AND (last_inbound_at IS NULL OR last_inbound_at < ?)
        """
    ).execute(arguments: [
      message.providerAt.milliseconds, rev, identity, identity, thread,
      message.providerAt.milliseconds,
    ])
  }
}

extension MessageKind {
  /// Whether the customer says something by it: that opens the reply window and asks for an
  /// answer.
  ///
  /// The provider's own notices, and a message taken back or changed, do not.
  var isTheirs: Bool {
    switch self {
    case .system, .revoke, .edit: false
    default: true
    }
  }
}
