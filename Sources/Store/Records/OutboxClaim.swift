// Which message leaves next: people before rules before bulk, each thread in its order, nothing on a
// channel that rests. The worker asks, weighs its rate limits, and claims the one it will post.
import GRDB
import Model

/// The next message in line, not claimed yet.
package struct OutboxCandidate: Equatable, Sendable {
  package var message: MessageID
  package var thread: ThreadID
  package var channel: String
  package var priority: SendPriority
}

/// What narrows a look at the outbox.
package struct OutboxFilter: Equatable, Sendable {
  /// Channels that must not send now for reasons that the store doesn't know.
  package var paused: Set<String>
  /// Channels that rest until somebody has acted, of which one message is tried all the same.
  package var tried: Set<String>
  /// Nothing of a lower rank.
  package var lowest: SendPriority

  package init(
    paused: Set<String> = [],
    tried: Set<String> = [],
    lowest: SendPriority = .bulk
  ) {
    self.paused = paused
    self.tried = tried
    self.lowest = lowest
  }
}

extension LeadStore {
  /// The next message that is due, oldest first within its rank; nil when none is.
  ///
  /// A thread's messages leave in order: one that waits, or that nobody knows the fate of, holds
  /// those behind it.
  package func nextToSend(_ filter: OutboxFilter = OutboxFilter()) throws -> OutboxCandidate? {
    let now = clock.now()
    return try readBetweenWrites { database in
      for priority in SendPriority.allCases where priority.rawValue <= filter.lowest.rawValue {
        let row = try Row.fetchOne(
          database.cachedStatement(
            sql: """
              SELECT message.id, message.thread_id, message.channel_id
              FROM outbox JOIN message ON message.id = outbox.message_id
              WHERE outbox.state = 'queued' AND outbox.priority = :priority
                AND outbox.not_before <= :now AND \(Self.isHead) AND \(Self.mayLeave(filter))
              ORDER BY outbox.not_before, outbox.message_id LIMIT 1
              """
          ),
          arguments: ["priority": priority.rawValue, "now": now.milliseconds]
        )
        guard let row else { continue }
        return OutboxCandidate(
          message: MessageID(row[0]),
          thread: ThreadID(row[1]),
          channel: row[2],
          priority: priority
        )
      }
      return nil
    }
  }

  /// When the next message may leave, or a channel's hold ends; nil when nothing is queued.
  package func nextDue(paused: Set<String> = []) throws -> Timestamp? {
    let now = clock.now().milliseconds
    let filter = OutboxFilter(paused: paused)
    return try readBetweenWrites { database in
      var next: [Int64] = []
      for priority in SendPriority.allCases {
        let due = try Int64.fetchOne(
          database.cachedStatement(
            sql: """
              SELECT outbox.not_before FROM outbox JOIN message ON message.id = outbox.message_id
              WHERE outbox.state = 'queued' AND outbox.priority = :priority
                AND \(Self.isHead) AND \(Self.mayLeave(filter))
              ORDER BY outbox.not_before, outbox.message_id LIMIT 1
              """
          ),
          arguments: ["priority": priority.rawValue, "now": now]
        )
        if let due { next.append(due) }
      }
      next += try Int64.fetchAll(
        database.cachedStatement(sql: "SELECT until FROM channel_state WHERE until > ?"),
        arguments: [now]
      )
      return next.min().map(Timestamp.init(milliseconds:))
    }
  }

  /// Marks a message as being posted and returns what the post needs; nil when it is no longer
  /// queued.
  ///
  /// Committed before the request leaves: after a crash everybody knows what may have left.
  package func claim(_ message: MessageID) throws -> OutboxItem? {
    let now = clock.now()
    return try write { database, rev in
      guard try database.move(message.rawValue, .claimed, rev: rev) else { return nil }
      try database.moveToNow(message.rawValue, now: now)
      try database.cachedStatement(
        sql: "UPDATE outbox SET claimed_at = ?, attempts = attempts + 1 WHERE message_id = ?"
      ).execute(arguments: [now.milliseconds, message.rawValue])
      return try database.item(message.rawValue)
    }
  }

  /// A message waits for a rate limit: it is due again at `time`, and says why.
  package func postpone(_ message: MessageID, until time: Timestamp, reason: String) throws {
    try write { database, rev in
      try database.execute(
        sql: """
          UPDATE outbox SET not_before = ?, last_error = ?
          WHERE message_id = ? AND state = 'queued'
          """,
        arguments: [time.milliseconds, reason, message.rawValue]
      )
      try database.execute(
        sql: "UPDATE message SET rev = ? WHERE id = ?",
        arguments: [rev, message.rawValue]
      )
    }
  }

  /// When we wrote to a thread since `time`, oldest first: what its rate limit has counted.
  package func sends(in thread: ThreadID, since time: Timestamp) throws -> [Timestamp] {
    try readBetweenWrites { database in
      try Int64.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT sent_at FROM message
            WHERE thread_id = ? AND provider_at >= ? AND direction = 'out' AND sent_at IS NOT NULL
            ORDER BY provider_at
            """
        ),
        arguments: [thread.rawValue, time.milliseconds]
      ).map(Timestamp.init(milliseconds:))
    }
  }

  /// Channels that have messages waiting.
  package func channelsToSend() throws -> Set<String> {
    try read { database in
      Set(
        try String.fetchAll(
          database,
          sql: """
            SELECT DISTINCT thread.channel_id FROM outbox JOIN thread ON thread.id = outbox.thread_id
            WHERE outbox.state = 'queued'
            """
        )
      )
    }
  }

  private static let isHead = """
    NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.thread_id = outbox.thread_id
      AND (earlier.position, earlier.message_id) < (outbox.position, outbox.message_id))
    """

  /// The channel has no reason to rest, or only one that is being tried.
  private static func mayLeave(_ filter: OutboxFilter) -> String {
    func list(_ channels: Set<String>) -> String {
      channels.sorted().map { "'" + $0.replacing("'", with: "''") + "'" }.joined(separator: ", ")
    }
    var condition = """
      NOT EXISTS (SELECT 1 FROM channel_state WHERE channel_state.channel_id = message.channel_id
        AND (channel_state.until IS NULL OR channel_state.until > :now)
      """
    if !filter.tried.isEmpty {
      condition += """

          AND NOT (channel_state.cause IN ('token', 'setup', 'delivery')
            AND message.channel_id IN (\(list(filter.tried))))
        """
    }
    condition += ")"
    if !filter.paused.isEmpty {
      condition += " AND message.channel_id NOT IN (\(list(filter.paused)))"
    }
    return condition
  }
}

extension Database {
  /// A message that was written for later stands in the thread where it is said: now.
  fileprivate func moveToNow(_ message: Int64, now: Timestamp) throws {
    try cachedStatement(
      sql: """
        UPDATE message SET provider_at = max(provider_at, ?) WHERE id = ?
          AND (SELECT scheduled_at FROM outbox WHERE message_id = message.id) IS NOT NULL
        """
    ).execute(arguments: [now.milliseconds, message])
    guard changesCount > 0 else { return }
    try cachedStatement(sql: "UPDATE outbox SET scheduled_at = NULL WHERE message_id = ?")
      .execute(arguments: [message])
  }

  fileprivate func item(_ message: Int64) throws -> OutboxItem? {
    let row = try Row.fetchOne(
      cachedStatement(
        sql: """
          SELECT message.thread_id, message.channel_id, message.kind, message.text,
            message.reply_to, outbox.callback_data, outbox.attempts, thread.last_inbound_at,
            identity.kind, identity.value, message.content, message.received_at,
            outbox.failures, outbox.position
          FROM outbox JOIN message ON message.id = outbox.message_id
          JOIN thread ON thread.id = outbox.thread_id
          LEFT JOIN identity ON identity.id = thread.reply_identity_id
          WHERE outbox.message_id = ?
          """
      ),
      arguments: [message]
    )
    guard let row else { return nil }
    let kind = MessageKind(rawValue: row[2]) ?? .text
    let inbound: Int64? = row[7]
    let identityKind: String = row[8] ?? ""
    let content: String? = row[10]
    return OutboxItem(
      message: MessageID(message),
      lead: try lead(ofThread: row[0]).map(LeadID.init),
      thread: ThreadID(row[0]),
      channel: row[1],
      kind: kind,
      text: row[3],
      content: OutboundContent(
        json: content.flatMap { try? JSONValue.parse($0) } ?? .null,
        kind: kind
      ),
      file: try file(of: message),
      to: Identity(kind: Identity.Kind(rawValue: identityKind) ?? .phone, value: row[9] ?? ""),
      replyTo: row[4],
      callbackData: row[5],
      attempt: row[6],
      failures: row[12],
      lastInboundAt: inbound.map(Timestamp.init(milliseconds:)),
      writtenAt: Timestamp(milliseconds: max(row[11], row[13]))
    )
  }
}
