// Puts a customer's message, or an echo of ours, into its thread.
import GRDB
import Model

extension Application {
  mutating func apply(_ message: InboundMessage, channel: ChannelAccount) throws {
    guard !message.person.isEmpty else { return }
    // The same message again: nothing new follows from it.
    guard try !isKnown(message, channel: channel) else { return }
    let found = try person(
      message.person,
      profileName: message.profileName,
      channel: channel,
      at: message.providerAt
    )
    let thread = try thread(found, channel: channel)
    let isOpening = found.isNew && message.isNews
    let lead = try lead(
      person: found.person,
      touch: message.referral,
      channel: channel,
      at: message.providerAt,
      opening: isOpening ? (thread, message.text) : nil
    )
    if message.isEcho, let ours = try awaiting(message, thread: thread) {
      return try database.accept(
        message: ours,
        providerID: message.providerID,
        at: message.providerAt,
        rev: rev
      )
    }
    guard let id = try insert(message, thread: thread, channel: channel) else { return }
    if let merge = found.merge { try database.markMerged("message", row: id, merge: merge) }
    try attach(message.media, to: id)
    if message.isEcho {
      try takeEarlyReceipts(channel: channel.id, providerID: message.providerID)
    } else if message.isTheirs {
      try noteInbound(message, thread: thread, identity: found.identity)
      try noteConsent(message, person: found.person, channel: channel)
    }
    let marked = try applyMarks(message, id: id, channel: channel)
    if message.isNews {
      newMessages += 1
      if isOpening && !marked { return }
      if marked && !isOpening { try database.countInbound(lead: lead) }
    }
    guard message.isNews, !marked else { return try database.summarise(lead: lead, rev: rev) }
    try database.summariseInbound(
      lead: lead,
      thread: thread,
      kind: channel.kind.rawValue,
      text: message.text,
      at: message.providerAt.milliseconds,
      rev: rev
    )
  }

  /// Whether the message is here already.
  ///
  /// The journal row that repeats it is remembered, so that a deletion finds all copies of the words.
  private func isKnown(_ message: InboundMessage, channel: ChannelAccount) throws -> Bool {
    let known = try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT message.id, message.journal_id, ifnull(message.deleted_at, bubble.deleted_at)
          FROM message LEFT JOIN message AS bubble
            ON bubble.id = message.shown_on AND message.kind = 'edit'
          WHERE message.channel_id = ? AND message.provider_id = ?
          """
      ),
      arguments: [channel.id, message.providerID]
    )
    guard let known else { return false }
    guard (known[1] as Int64?) != journal else { return true }
    if (known[2] as Int64?) != nil, message.kind != .reaction {
      // An edit brings the words of the message that it names.
      let about = message.kind == .edit ? message.replyTo : nil
      try database.eraseFromJournal([journal], mentioning: [about ?? message.providerID])
    } else {
      try database.cachedStatement(
        sql:
          "INSERT INTO message_repeat (message_id, journal_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
      ).execute(arguments: [known[0] as Int64, journal])
    }
    return true
  }

  /// Puts reactions, edits and deletions on their bubble, from either side; true when this changed more
  /// than the new message itself.
  private func applyMarks(
    _ message: InboundMessage,
    id: Int64,
    channel: ChannelAccount
  ) throws -> Bool {
    guard message.kind.isMark, let target = message.replyTo else {
      return try database.adoptMarks(
        message: id,
        channel: channel.id,
        providerID: message.providerID,
        rev: rev
      )
    }
    try database.attach(mark: id, channel: channel.id, about: target, rev: rev)
    return true
  }

  /// The message of ours that an echo repeats, when nobody knows yet whether it has left, only a person said
  /// so, or it is to be sent again.
  ///
  /// Instagram and Messenger give no reference of ours back, so the words and the time say it.
  private func awaiting(_ echo: InboundMessage, thread: Int64) throws -> Int64? {
    try Int64.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT message.id FROM message LEFT JOIN outbox ON outbox.message_id = message.id
          WHERE message.thread_id = ? AND message.direction = 'out'
            AND message.provider_id IS NULL AND message.text = ?
            AND (outbox.state IN ('sending', 'unconfirmed') AND outbox.claimed_at <= ?
              OR outbox.state = 'queued' AND outbox.attempts > 0 AND outbox.claimed_at <= ?
              OR outbox.state IS NULL AND message.status = 'sent')
          ORDER BY message.id LIMIT 1
          """
      ),
      // A minute for clocks that differ.
      arguments: [
        thread, echo.text, echo.providerAt.milliseconds + .minute,
        echo.providerAt.milliseconds + .minute,
      ]
    )
  }

  /// Nil when another process has put it there in the meantime.
  private func insert(
    _ message: InboundMessage,
    thread: Int64,
    channel: ChannelAccount
  ) throws -> Int64? {
    let status: MessageStatus = message.isEcho ? message.echoStatus ?? .sent : .received
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO message (gym_id, thread_id, channel_id, provider_id, direction, kind, text,
          provider_at, received_at, status, reply_to, is_history, sent_at, content, journal_id, rev)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """
    )
    try statement.execute(arguments: [
      channel.gym.rawValue, thread, channel.id, message.providerID,
      message.isEcho ? MessageDirection.outbound.rawValue : MessageDirection.inbound.rawValue,
      message.kind.rawValue, message.text, message.providerAt.milliseconds,
      receivedAt.milliseconds, status.rawValue, message.replyTo, message.isHistory,
      message.isEcho ? message.providerAt.milliseconds : nil, message.content?.encoded(), journal,
      rev,
    ])
    return database.changesCount == 1 ? database.lastInsertedRowID : nil
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

extension InboundMessage {
  /// Whether the customer says something by it: that opens the reply window and asks for an
  /// answer.
  ///
  /// The provider's own notices, a message taken back or changed, and a reaction taken back do not.
  var isTheirs: Bool {
    switch kind {
    case .system, .revoke, .edit: false
    case .reaction: !text.isEmpty
    default: true
    }
  }

  /// Whether it is theirs and new: it counts as unread and is waiting for an answer.
  var isNews: Bool { isTheirs && !isEcho && !isHistory }
}

extension Database {
  /// The same of a stored message.
  static let isTheirs = """
    (direction = 'in' AND kind NOT IN ('system', 'revoke', 'edit')
      AND (kind <> 'reaction' OR text <> ''))
    """

  /// The same of a stored message; what was taken back since was news when it came.
  static let isNews = "(\(isTheirs) AND is_history = 0)"
}

extension MessageKind {
  /// Says something about another message, whose bubble shows it.
  package var isMark: Bool {
    switch self {
    case .reaction, .edit, .revoke: true
    default: false
    }
  }
}
