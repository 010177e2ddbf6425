// The worker's side of the outbox: claiming what is due, recording what came of it, and what a person
// says of a message whose fate nobody knows.
import GRDB
import Model

extension LeadStore {
  /// Claims the next message that is due, oldest first; nil when none is.
  ///
  /// A thread's messages leave in order: one that waits, or that nobody knows the fate of, holds
  /// those behind it. `paused` names channels that must not send now.
  package func claim(paused: Set<String> = []) throws -> OutboxItem? {
    let now = clock.now()
    guard try nextDue(paused: paused).map({ $0 <= now }) ?? false else { return nil }
    return try write { database, rev in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT message.id, message.thread_id, message.channel_id, message.kind, message.text,
            message.reply_to, outbox.callback_data, outbox.attempts, thread.last_inbound_at,
            identity.kind, identity.value, message.content, outbox.scheduled_at
          FROM outbox JOIN message ON message.id = outbox.message_id
          JOIN thread ON thread.id = outbox.thread_id
          LEFT JOIN identity ON identity.id = thread.reply_identity_id
          WHERE outbox.state = 'queued' AND outbox.not_before <= ?
            AND \(Self.isHead) \(Self.isNot(paused))
          ORDER BY outbox.priority, outbox.not_before, outbox.message_id LIMIT 1
          """,
        arguments: [now.milliseconds]
      )
      guard let row else { return nil }
      let id: Int64 = row[0]
      let thread: Int64 = row[1]
      if row[12] != nil { try database.moveToNow(id, now: now) }
      try database.execute(
        sql: """
          UPDATE outbox SET state = 'sending', claimed_at = ?, attempts = attempts + 1
          WHERE message_id = ?
          """,
        arguments: [now.milliseconds, id]
      )
      try database.setStatus(.sending, message: id, thread: thread, rev: rev)
      let inbound: Int64? = row[8]
      let identityKind: String = row[9] ?? ""
      let attempts: Int = row[7]
      let kind = MessageKind(rawValue: row[3]) ?? .text
      let content: String? = row[11]
      return OutboxItem(
        message: MessageID(id),
        lead: try database.lead(ofThread: thread).map(LeadID.init),
        thread: ThreadID(thread),
        channel: row[2],
        kind: kind,
        text: row[4],
        content: OutboundContent(
          json: content.flatMap { try? JSONValue.parse($0) } ?? .null,
          kind: kind
        ),
        file: try database.file(of: id),
        to: Identity(kind: Identity.Kind(rawValue: identityKind) ?? .phone, value: row[10] ?? ""),
        replyTo: row[5],
        callbackData: row[6],
        attempt: attempts + 1,
        lastInboundAt: inbound.map(Timestamp.init(milliseconds:))
      )
    }
  }

  /// When the next message may leave; nil when nothing is queued.
  package func nextDue(paused: Set<String> = []) throws -> Timestamp? {
    try read { database in
      try Int64.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT min(outbox.not_before)
            FROM outbox JOIN message ON message.id = outbox.message_id
            WHERE outbox.state = 'queued' AND \(Self.isHead) \(Self.isNot(paused))
            """
        )
      ).map(Timestamp.init(milliseconds:))
    }
  }

  /// Records what came of a claimed message.
  package func finish(_ message: MessageID, _ result: SendResult) throws {
    let now = clock.now()
    try write { database, rev in
      guard
        let row = try Row.fetchOne(
          database,
          sql: """
            SELECT message.thread_id, outbox.state FROM message
            LEFT JOIN outbox ON outbox.message_id = message.id WHERE message.id = ?
            """,
          arguments: [message.rawValue]
        )
      else { return }
      let thread: Int64 = row[0]
      let state: String? = row[1]
      let id = message.rawValue
      if case .accepted(let providerID) = result {
        return try database.accept(message: id, providerID: providerID, at: now, rev: rev)
      }
      // A receipt has settled it in the meantime, and knows better.
      guard state != nil else { return }
      switch result {
      case .accepted: break
      case .failed(let failure):
        try database.execute(
          sql: """
            UPDATE message SET error_code = ?, error_title = ?, failed_at = ? WHERE id = ?
            """,
          arguments: [failure.code, failure.title, now.milliseconds, id]
        )
        try database.execute(sql: "DELETE FROM outbox WHERE message_id = ?", arguments: [id])
        try database.setStatus(.failed, message: id, thread: thread, rev: rev)
      case .retry(let at, let reason):
        try database.execute(
          sql: """
            UPDATE outbox SET state = 'queued', not_before = ?, last_error = ?
            WHERE message_id = ?
            """,
          arguments: [at.milliseconds, reason, id]
        )
        try database.setStatus(.queued, message: id, thread: thread, rev: rev)
      case .unknown(let reason):
        try database.execute(
          sql: "UPDATE outbox SET state = 'unconfirmed', last_error = ? WHERE message_id = ?",
          arguments: [reason, id]
        )
        try database.setStatus(.unconfirmed, message: id, thread: thread, rev: rev)
      }
    }
  }

  /// A new lease holder calls this first: what the last one was posting may or may not have left.
  @discardableResult
  package func distrustClaims() throws -> Int {
    let claimed = try read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM outbox WHERE state = 'sending'") ?? 0
    }
    guard claimed > 0 else { return 0 }
    return try write { database, rev in
      let rows = try Row.fetchAll(
        database,
        sql: """
          UPDATE outbox SET state = 'unconfirmed', last_error = 'the worker stopped while sending'
          WHERE state = 'sending' RETURNING message_id, thread_id
          """
      )
      for row in rows {
        try database.setStatus(.unconfirmed, message: row[0], thread: row[1], rev: rev)
      }
      return rows.count
    }
  }

  /// A person's word on an unconfirmed message: it was sent, or it is to be sent again.
  package func resolve(_ message: MessageID, sendAgain: Bool, by actor: Actor) throws {
    let now = clock.now()
    try write { database, rev in
      guard
        let row = try Row.fetchOne(
          database,
          sql: """
            SELECT thread_id, gym_id FROM outbox WHERE message_id = ? AND state = 'unconfirmed'
            """,
          arguments: [message.rawValue]
        )
      else { return }
      let thread: Int64 = row[0]
      if sendAgain {
        try database.execute(
          sql: "UPDATE outbox SET state = 'queued', not_before = ? WHERE message_id = ?",
          arguments: [now.milliseconds, message.rawValue]
        )
        try database.setStatus(.queued, message: message.rawValue, thread: thread, rev: rev)
      } else {
        try database.execute(
          sql: "DELETE FROM outbox WHERE message_id = ?",
          arguments: [message.rawValue]
        )
        try database.setStatus(.sent, message: message.rawValue, thread: thread, rev: rev)
      }
      if let lead = try database.lead(ofThread: thread) {
        try database.record(
          actor,
          lead: LeadID(lead),
          gym: row[1],
          verb: sendAgain ? "send_again" : "was_sent",
          at: now
        )
      }
    }
  }

  private static let isHead = """
    NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.thread_id = outbox.thread_id
      AND (earlier.position, earlier.message_id) < (outbox.position, outbox.message_id))
    """

  private static func isNot(_ paused: Set<String>) -> String {
    guard !paused.isEmpty else { return "" }
    let names = paused.sorted().map { "'" + $0.replacing("'", with: "''") + "'" }
    return "AND message.channel_id NOT IN (\(names.joined(separator: ", ")))"
  }
}

extension Database {
  /// A message that was written for later stands in the thread where it is said: now.
  fileprivate func moveToNow(_ message: Int64, now: Timestamp) throws {
    try execute(
      sql: "UPDATE message SET provider_at = max(provider_at, ?) WHERE id = ?",
      arguments: [now.milliseconds, message]
    )
    try execute(
      sql: "UPDATE outbox SET scheduled_at = NULL WHERE message_id = ?",
      arguments: [message]
    )
  }
}
