// What comes of a post, of a worker's end and of a person's word: the shell around OutboxMachine. Each
// is one transaction that moves the row and what the thread shows together.
import GRDB
import Model

extension LeadStore {
  /// Records what came of a claimed message.
  ///
  /// `attempt` is the try that the answer is for: one that comes after a person had the message
  /// sent again speaks for the first try only, so it can say that it was taken and nothing else.
  package func finish(_ message: MessageID, attempt: Int? = nil, _ result: SendResult) throws {
    let now = clock.now()
    let id = message.rawValue
    try write { database, rev in
      if case .accepted(let providerID) = result {
        return try database.accept(message: id, providerID: providerID, at: now, rev: rev)
      }
      if let attempt, try database.attempts(of: id) != attempt { return }
      // A receipt may have settled it in the meantime, and knows better.
      guard try database.move(id, result.event, rev: rev) else { return }
      switch result {
      case .accepted: break
      case .failed(let failure):
        try database.execute(
          sql: """
            UPDATE message SET error_code = ?, error_title = ?, failed_at = ? WHERE id = ?
            """,
          arguments: [failure.code, failure.title, now.milliseconds, id]
        )
        if failure.reach == .marketing {
          try database.noteOptOut(message: id, at: now, rev: rev)
        }
      case .retry(let at, let reason, let isFailure):
        try database.execute(
          sql: """
            UPDATE outbox SET not_before = ?, last_error = ?, failures = failures + ?
            WHERE message_id = ?
            """,
          arguments: [at.milliseconds, reason, isFailure, id]
        )
      case .unknown(let reason):
        try database.execute(
          sql: "UPDATE outbox SET last_error = ? WHERE message_id = ?",
          arguments: [reason, id]
        )
      }
    }
  }

  /// A new lease holder calls this first: what the last one was posting may or may not have left.
  @discardableResult
  package func distrustClaims() throws -> Int {
    let claimed = "SELECT message_id FROM outbox WHERE state = 'sending'"
    guard try read({ try Int64.fetchOne($0, sql: claimed) }) != nil else { return 0 }
    return try write { database, rev in
      let messages = try Int64.fetchAll(database, sql: claimed)
      for message in messages {
        _ = try database.move(message, .abandoned, rev: rev)
        try database.execute(
          sql: "UPDATE outbox SET last_error = ? WHERE message_id = ?",
          arguments: ["the worker stopped while sending", message]
        )
      }
      return messages.count
    }
  }

  /// A person's word on an unconfirmed message: it was sent, or it is to be sent again.
  package func resolve(_ message: MessageID, sendAgain: Bool, by actor: Actor) throws {
    let now = clock.now()
    let id = message.rawValue
    try write { database, rev in
      // Our reference stays with the message: the provider's own word may come yet.
      if !sendAgain { try database.keepReference(of: id) }
      guard try database.move(id, sendAgain ? .saidAgain : .saidSent, rev: rev) else { return }
      if sendAgain {
        try database.execute(
          sql: """
            UPDATE outbox SET not_before = max(?, ifnull(scheduled_at, 0)), last_error = NULL,
              failures = 0
            WHERE message_id = ?
            """,
          arguments: [now.milliseconds, id]
        )
      }
      let row = try Row.fetchOne(
        database,
        sql: "SELECT thread_id, gym_id FROM message WHERE id = ?",
        arguments: [id]
      )
      guard let row, let lead = try database.lead(ofThread: row[0]) else { return }
      try database.record(
        actor,
        lead: LeadID(lead),
        gym: row[1],
        verb: sendAgain ? "send_again" : "was_sent",
        at: now
      )
    }
  }

  /// Those of our newest messages that failed one after the other since they last wrote, newest
  /// first; two are enough to judge by.
  package func failedSends(in thread: ThreadID) throws -> [(code: Int?, at: Timestamp)] {
    try read { try $0.failedSends(in: thread) }
  }

  /// What the gate asks of a message that is about to leave: earlier failures, and what they said of being
  /// written to.
  package func standing(
    of thread: ThreadID
  ) throws -> (failures: [(code: Int?, at: Timestamp)], consent: Consent) {
    try readBetweenWrites { (try $0.failedSends(in: thread), try $0.consent(ofThread: thread)) }
  }

  /// Messages of unknown fate on channels that give no reference of ours back, newest claim first.
  package func unconfirmedSends(on channels: [String], since time: Timestamp) throws -> [OpenSend] {
    guard !channels.isEmpty else { return [] }
    return try read { database in
      let request: SQLRequest<Row> = """
        SELECT message.id, message.channel_id, message.text, outbox.claimed_at, identity.value
        FROM outbox JOIN message ON message.id = outbox.message_id
        JOIN thread ON thread.id = outbox.thread_id
        JOIN identity ON identity.id = thread.reply_identity_id
        WHERE outbox.state = 'unconfirmed' AND outbox.claimed_at >= \(time.milliseconds)
          AND message.channel_id IN \(channels) ORDER BY outbox.claimed_at DESC LIMIT 20
        """
      return try request.fetchAll(database).map { row in
        OpenSend(
          message: MessageID(row[0]),
          channel: row[1],
          text: row[2],
          claimedAt: Timestamp(milliseconds: row[3]),
          person: row[4]
        )
      }
    }
  }

  /// The provider has these messages of ours: the first that stands for nothing else here is the
  /// one asked about; true when it was settled by that.
  package func settle(_ message: MessageID, asOneOf providerIDs: [String]) throws -> Bool {
    let now = clock.now()
    return try write { database, rev in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT message.channel_id FROM outbox JOIN message ON message.id = outbox.message_id
          WHERE outbox.message_id = ? AND outbox.state = 'unconfirmed'
          """,
        arguments: [message.rawValue]
      )
      guard let channel: String = row?[0] else { return false }
      for id in providerIDs {
        let known = try Int64.fetchOne(
          database,
          sql: "SELECT id FROM message WHERE channel_id = ? AND provider_id = ?",
          arguments: [channel, id]
        )
        guard known == nil else { continue }
        try database.accept(message: message.rawValue, providerID: id, at: now, rev: rev)
        return true
      }
      return false
    }
  }
}

/// A message that the provider may have.
package struct OpenSend: Equatable, Sendable {
  package var message: MessageID
  package var channel: String
  package var text: String
  package var claimedAt: Timestamp
  /// The one it is for, as the channel knows them.
  package var person: String
}

extension Database {
  fileprivate func failedSends(in thread: ThreadID) throws -> [(code: Int?, at: Timestamp)] {
    let rows = try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT direction, status, error_code, failed_at FROM message WHERE thread_id = ?
            AND status NOT IN ('queued', 'sending')
          ORDER BY provider_at DESC, id DESC LIMIT 2
          """
      ),
      arguments: [thread.rawValue]
    )
    return rows.prefix { $0[0] == "out" && $0[1] == "failed" }.map { row in
      let at: Int64? = row[3]
      return (row[2], Timestamp(milliseconds: at ?? 0))
    }
  }

  /// Keeps our reference with a message whose outbox row is about to go.
  fileprivate func keepReference(of message: Int64) throws {
    try execute(
      sql: """
        UPDATE message SET callback_data =
          (SELECT callback_data FROM outbox WHERE message_id = message.id)
        WHERE id = ? AND status = 'unconfirmed'
        """,
      arguments: [message]
    )
  }

  /// Moves a message by the machine's table; false when the event changes nothing.
  ///
  /// What came with the event is the caller's to write.
  func move(_ message: Int64, _ event: OutboxEvent, rev: Int64) throws -> Bool {
    let row = try Row.fetchOne(
      cachedStatement(sql: "SELECT state, thread_id FROM outbox WHERE message_id = ?"),
      arguments: [message]
    )
    guard let row, let state = OutboxState(rawValue: row[0]),
      let step = OutboxMachine.step(state, event)
    else { return false }
    if step.state == .settled {
      try cachedStatement(sql: "DELETE FROM outbox WHERE message_id = ?")
        .execute(arguments: [message])
    } else {
      try cachedStatement(sql: "UPDATE outbox SET state = ? WHERE message_id = ?")
        .execute(arguments: [step.state.rawValue, message])
    }
    switch step.shown {
    case .status(let status):
      try setStatus(status, message: message, thread: row[1], rev: rev)
    case .removed:
      try execute(sql: "DELETE FROM message WHERE id = ?", arguments: [message])
    case .asReported: break
    }
    return true
  }

  fileprivate func attempts(of message: Int64) throws -> Int? {
    try Int.fetchOne(
      cachedStatement(sql: "SELECT attempts FROM outbox WHERE message_id = ?"),
      arguments: [message]
    )
  }
}
