// What has still to leave. The worker claims one message at a time, immediately before its POST,
// so that after a crash everybody knows which single message may have left.
//
//   state        event                      becomes
//   queued       recalled                   gone (the text is a draft again)
//   queued       claimed by the worker      sending
//   sending      accepted                   gone; message sent
//   sending      refused for good           gone; message failed
//   sending      refused for now            queued, not before the time given
//   sending      unknown, or found by a     unconfirmed
//                new lease holder
//   unconfirmed  a receipt or echo names it gone; message sent or further
//   unconfirmed  somebody says "sent"       gone; message sent
//   unconfirmed  somebody says "send again" queued
import GRDB
import Model

/// One message the worker is to post now.
package struct OutboxItem: Equatable, Sendable {
  package var message: MessageID
  package var lead: LeadID?
  package var thread: ThreadID
  package var channel: String
  package var kind: MessageKind
  package var text: String
  /// The name to write to.
  package var to: Identity
  package var replyTo: String?
  /// Our reference, which the provider gives back in receipts.
  package var callbackData: String
  /// This try's number, from 1.
  package var attempt: Int
  package var lastInboundAt: Timestamp?
}

/// What came of a post.
package enum SendResult: Equatable, Sendable {
  case accepted(providerID: String)
  case failed(MessageFailure)
  case retry(at: Timestamp, reason: String)
  /// Nobody knows whether the provider took it.
  case unknown(reason: String)
}

/// The outbox as the status bar and `worker --once` count it.
package struct OutboxCounts: Equatable, Sendable {
  package var queued: Int
  package var sending: Int
  package var unconfirmed: Int
}

extension LeadStore {
  /// Writes the message and its outbox row, and drops the draft it came from, in one transaction.
  ///
  /// It leaves `undo` milliseconds from now at the earliest.
  package func enqueue(
    _ lead: LeadID,
    kind: MessageKind,
    text: String,
    undo: Int64,
    by actor: Actor
  ) throws -> MessageID {
    let now = clock.now()
    let reference = Self.newReference()
    return try write { database, rev in
      let gym = try database.gym(of: lead)
      guard
        let row = try Row.fetchOne(
          database,
          sql: """
            SELECT thread.id, thread.channel_id FROM lead JOIN thread ON thread.id = lead.thread_id
            WHERE lead.id = ?
            """,
          arguments: [lead.rawValue]
        )
      else { throw StoreError.noThread(lead) }
      let thread: Int64 = row[0]
      let channel: String = row[1]
      // Never before what the thread shows last: the reader's order is the order of writing.
      let newest =
        try Int64.fetchOne(
          database,
          sql: """
            SELECT provider_at FROM message WHERE thread_id = ?
            ORDER BY provider_at DESC, id DESC LIMIT 1
            """,
          arguments: [thread]
        ) ?? 0
      let at = max(now.milliseconds, min(newest, now.milliseconds + .minute))
      let until = now.milliseconds + undo
      let id =
        try Int64.fetchOne(
          database,
          sql: """
            INSERT INTO message (gym_id, thread_id, channel_id, direction, kind, text, provider_at,
              received_at, status, author_id, author_label, undo_until, rev)
            VALUES (?, ?, ?, 'out', ?, ?, ?, ?, 'queued', ?, ?, ?, ?) RETURNING id
            """,
          arguments: [
            gym, thread, channel, kind.rawValue, text, at, now.milliseconds,
            actor.user?.rawValue, actor.label, undo > 0 ? until : nil, rev,
          ]
        ) ?? 0
      try database.execute(
        sql: """
          INSERT INTO outbox (message_id, gym_id, thread_id, state, not_before, callback_data)
          VALUES (?, ?, ?, 'queued', ?, ?)
          """,
        arguments: [id, gym, thread, until, reference]
      )
      if let user = actor.user {
        try database.execute(
          sql: "DELETE FROM draft WHERE user_id = ? AND lead_id = ?",
          arguments: [user.rawValue, lead.rawValue]
        )
      }
      try database.record(actor, lead: lead, gym: gym, verb: "reply", after: text, at: now)
      try database.summarise(lead: lead.rawValue, rev: rev)
      return MessageID(id)
    }
  }

  /// Calls a message back that has not left; returns its lead and text.
  ///
  /// Throws `StoreError.notRecallable` once the worker has claimed it.
  package func recall(_ message: MessageID, by actor: Actor) throws -> (lead: LeadID, text: String)
  {
    let now = clock.now()
    return try write { database, rev in
      guard
        let row = try Row.fetchOne(
          database,
          sql: """
            SELECT message.status, message.text, message.thread_id, message.gym_id, outbox.state
            FROM message LEFT JOIN outbox ON outbox.message_id = message.id WHERE message.id = ?
            """,
          arguments: [message.rawValue]
        )
      else { throw StoreError.noSuchMessage(message) }
      let state: String? = row[4]
      guard state == "queued" else {
        throw StoreError.notRecallable(MessageStatus(rawValue: row[0]) ?? .sent)
      }
      let text: String = row[1]
      guard let lead = try database.lead(ofThread: row[2]) else {
        throw StoreError.noSuchMessage(message)
      }
      try database.execute(
        sql: "DELETE FROM outbox WHERE message_id = ?",
        arguments: [message.rawValue]
      )
      try database.execute(
        sql: "DELETE FROM message WHERE id = ?",
        arguments: [message.rawValue]
      )
      try database.record(
        actor,
        lead: LeadID(lead),
        gym: row[3],
        verb: "recalled",
        before: text,
        at: now
      )
      try database.summarise(lead: lead, rev: rev)
      return (LeadID(lead), text)
    }
  }

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
            identity.kind, identity.value
          FROM outbox JOIN message ON message.id = outbox.message_id
          JOIN thread ON thread.id = outbox.thread_id
          LEFT JOIN identity ON identity.id = thread.reply_identity_id
          WHERE outbox.state = 'queued' AND outbox.not_before <= ?
            AND \(Self.isHead) \(Self.isNot(paused))
          ORDER BY outbox.not_before, outbox.message_id LIMIT 1
          """,
        arguments: [now.milliseconds]
      )
      guard let row else { return nil }
      let id: Int64 = row[0]
      let thread: Int64 = row[1]
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
      return OutboxItem(
        message: MessageID(id),
        lead: try database.lead(ofThread: thread).map(LeadID.init),
        thread: ThreadID(thread),
        channel: row[2],
        kind: MessageKind(rawValue: row[3]) ?? .text,
        text: row[4],
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

  package func outboxCounts() throws -> OutboxCounts {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT state, count(*) FROM outbox GROUP BY state"
      )
      var counts: [String: Int] = [:]
      for row in rows { counts[row[0]] = row[1] }
      return OutboxCounts(
        queued: counts["queued"] ?? 0,
        sending: counts["sending"] ?? 0,
        unconfirmed: counts["unconfirmed"] ?? 0
      )
    }
  }

  private static let isHead = """
    NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.thread_id = outbox.thread_id
      AND earlier.message_id < outbox.message_id)
    """

  private static func isNot(_ paused: Set<String>) -> String {
    guard !paused.isEmpty else { return "" }
    let names = paused.sorted().map { "'" + $0.replacing("'", with: "''") + "'" }
    return "AND message.channel_id NOT IN (\(names.joined(separator: ", ")))"
  }

  /// 128 random bits: never the same twice, and nothing that says anything about anybody.
  private static func newReference() -> String {
    var generator = SystemRandomNumberGenerator()
    let high = String(generator.next() as UInt64, radix: 16)
    return "inbox-" + high + String(generator.next() as UInt64, radix: 16)
  }
}

extension Database {
  /// Sets a message's state and what follows from it.
  func setStatus(_ status: MessageStatus, message: Int64, thread: Int64, rev: Int64) throws {
    try cachedStatement(
      sql: """
        UPDATE message SET status = ?, rev = ?,
          sent_at = CASE WHEN ? = 'sent' THEN ifnull(sent_at, provider_at) ELSE sent_at END
        WHERE id = ?
        """
    ).execute(arguments: [status.rawValue, rev, status.rawValue, message])
    if let lead = try lead(ofThread: thread) { try summarise(lead: lead, rev: rev) }
  }
}
