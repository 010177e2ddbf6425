// What has still to leave. The worker claims one message at a time, immediately before its POST,
// so that after a crash everybody knows which single message may have left.
//
//   state        event                        becomes
//   queued       recalled by its author       gone (the text is a draft again)
//   queued       claimed by the worker        sending
//   sending      accepted                     gone; message sent
//   sending      refused for good             gone; message failed
//   sending      refused for now, not reached queued, not before the time given
//   sending      no answer, or found by a     unconfirmed
//                new lease holder
//   unconfirmed  a receipt, an echo or the    gone; message sent or further
//                provider's list names it
//   unconfirmed  a late answer to the post    as from sending
//   unconfirmed  somebody says "sent"         gone; message sent
//   unconfirmed  somebody says "send again"   queued
//   queued again a late "accepted" comes, or  gone; message sent
//                a receipt or echo of before
//
// OutboxMachine.swift is this table as a function; every other pair changes nothing.
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
  package var content: OutboundContent
  package var file: OutboundFile?
  /// The name to write to.
  package var to: Identity
  package var replyTo: String?
  /// Our reference, which the provider gives back in receipts.
  package var callbackData: String
  /// This try's number, from 1.
  package var attempt: Int
  /// Tries that failed at the provider's end.
  package var failures: Int
  package var lastInboundAt: Timestamp?
  package var writtenAt: Timestamp
}

/// What came of a post.
package enum SendResult: Equatable, Sendable {
  case accepted(providerID: String)
  case failed(MessageFailure)
  /// `isFailure` uses up one of its tries; waiting for a limit or a connection doesn't.
  case retry(at: Timestamp, reason: String, isFailure: Bool = false)
  /// Nobody knows whether the provider took it.
  case unknown(reason: String)
}

/// The outbox as the status bar and `worker --once` count it.
package struct OutboxCounts: Equatable, Sendable {
  /// Those that leave as soon as they can.
  package var queued: Int
  /// Those with a chosen time that is still to come.
  package var planned = 0
  package var sending: Int
  package var unconfirmed: Int
}

extension LeadStore {
  /// Writes a message and its outbox row, and drops the draft it came from, in one transaction.
  ///
  /// It leaves `undo` milliseconds from now at the earliest, or at the time somebody chose for it.
  package func enqueue(
    _ lead: LeadID,
    _ message: OutboundMessage,
    undo: Int64,
    by actor: Actor
  ) throws -> MessageID {
    let now = clock.now()
    return try write { database, rev in
      try database.enqueue(lead, message, undo: undo, by: actor, now: now, rev: rev)
    }
  }

  /// Parts of one long text, queued in their order or not at all.
  package func enqueue(
    _ lead: LeadID,
    parts: [OutboundMessage],
    undo: Int64,
    by actor: Actor
  ) throws -> [MessageID] {
    let now = clock.now()
    return try write { database, rev in
      try parts.map {
        try database.enqueue(lead, $0, undo: undo, by: actor, now: now, rev: rev)
      }
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
            SELECT status, text, thread_id, gym_id FROM message WHERE id = ?
            """,
          arguments: [message.rawValue]
        )
      else { throw StoreError.noSuchMessage(message) }
      let text: String = row[1]
      guard let lead = try database.lead(ofThread: row[2]) else {
        throw StoreError.noSuchMessage(message)
      }
      guard try database.move(message.rawValue, .recalled, rev: rev) else {
        throw StoreError.notRecallable(MessageStatus(rawValue: row[0]) ?? .sent)
      }
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
        sql: """
          SELECT CASE WHEN state = 'queued' AND scheduled_at > ? THEN 'planned' ELSE state END AS fate,
            count(*)
          FROM outbox GROUP BY fate
          """,
        arguments: [clock.now().milliseconds]
      )
      var counts: [String: Int] = [:]
      for row in rows { counts[row[0]] = row[1] }
      return OutboxCounts(
        queued: counts["queued"] ?? 0,
        planned: counts["planned"] ?? 0,
        sending: counts["sending"] ?? 0,
        unconfirmed: counts["unconfirmed"] ?? 0
      )
    }
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
