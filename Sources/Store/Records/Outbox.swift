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
