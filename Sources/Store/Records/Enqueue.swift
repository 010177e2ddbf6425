// Puts a composed message into its thread and into the outbox, in the caller's transaction.
import GRDB
import Model

extension Database {
  func enqueue(
    _ lead: LeadID,
    _ message: OutboundMessage,
    undo: Int64,
    by actor: Actor,
    now: Timestamp,
    rev: Int64
  ) throws -> MessageID {
    // Nothing is written to somebody who was erased meanwhile.
    guard try isAlive(lead) else { throw StoreError.noSuchLead(lead) }
    let gym = try gym(of: lead)
    let thread = try replyThread(of: lead, channel: message.channel, rev: rev)
    let until = now.milliseconds + undo
    let id = try insert(message, thread: thread, gym: gym, undoUntil: until, by: actor, now, rev)
    if let file = message.file { try attach(file, to: id, rev: rev) }
    let notBefore = max(until, message.sendAt?.milliseconds ?? 0)
    try execute(
      sql: """
        INSERT INTO outbox (message_id, gym_id, thread_id, state, not_before, scheduled_at,
          callback_data, priority, position)
        VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, gym, thread.id, notBefore, message.sendAt?.milliseconds, Self.newReference(),
        message.priority.rawValue, try position(of: message, in: thread.id, now: now),
      ]
    )
    if let user = actor.user, message.content.kind.takesDraft {
      try dropDraft(.reply(lead), of: user)
    }
    let verb = message.sendAt == nil ? "reply" : "scheduled"
    try record(actor, lead: lead, gym: gym, verb: verb, after: message.text, at: now)
    try summarise(lead: lead.rawValue, rev: rev)
    return MessageID(id)
  }

  /// Where a message stands among its thread's: at its planned time, else behind everything that
  /// was written before, whatever the clock did since.
  private func position(
    of message: OutboundMessage,
    in thread: Int64,
    now: Timestamp
  ) throws -> Int64 {
    if let planned = message.sendAt { return planned.milliseconds }
    let last = try Int64.fetchOne(
      cachedStatement(
        sql: "SELECT max(position) FROM outbox WHERE thread_id = ? AND scheduled_at IS NULL"
      ),
      arguments: [thread]
    )
    return max(now.milliseconds, last ?? 0)
  }

  private func insert(
    _ message: OutboundMessage,
    thread: (id: Int64, channel: String),
    gym: Int64,
    undoUntil: Int64,
    by actor: Actor,
    _ now: Timestamp,
    _ rev: Int64
  ) throws -> Int64 {
    // Never before what the thread shows last: the reader's order is the order of writing.
    let newest =
      try Int64.fetchOne(
        self,
        sql: """
          SELECT provider_at FROM message WHERE thread_id = ?
          ORDER BY provider_at DESC, id DESC LIMIT 1
          """,
        arguments: [thread.id]
      ) ?? 0
    let at = max(now.milliseconds, min(newest, now.milliseconds + .minute))
    let hasUndo = undoUntil > now.milliseconds && message.sendAt == nil
    return try Int64.fetchOne(
      self,
      sql: """
        INSERT INTO message (gym_id, thread_id, channel_id, direction, kind, text, content,
          reply_to, provider_at, received_at, status, author_id, author_label, undo_until, rev)
        VALUES (?, ?, ?, 'out', ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?) RETURNING id
        """,
      arguments: [
        gym, thread.id, thread.channel, message.content.kind.rawValue, message.text,
        message.content.json?.encoded(), message.replyTo, at, now.milliseconds,
        actor.user?.rawValue, actor.label, hasUndo ? undoUntil : nil, rev,
      ]
    ) ?? 0
  }

  /// Where a reply goes: the thread the lead wrote in last, or the one on `channel`, begun when
  /// there is none and the channel can reach the person by a name that is known.
  private func replyThread(
    of lead: LeadID,
    channel: String?,
    rev: Int64
  ) throws -> (id: Int64, channel: String) {
    let row = try Row.fetchOne(
      self,
      sql: """
        SELECT thread.id, thread.channel_id FROM lead
        JOIN thread ON (:channel IS NULL AND thread.id = lead.thread_id)
          OR (thread.channel_id = :channel AND thread.person_id = lead.person_id)
        WHERE lead.id = :lead
        """,
      arguments: ["channel": channel, "lead": lead.rawValue]
    )
    if let row { return (row[0], row[1]) }
    guard let channel else { throw StoreError.noThread(lead) }
    let begun = try Int64.fetchOne(
      self,
      sql: """
        INSERT INTO thread (gym_id, person_id, channel_id, reply_identity_id, rev)
        SELECT lead.gym_id, lead.person_id, channel.id, identity.id, :rev
        FROM lead JOIN channel ON channel.id = :channel AND channel.kind = 'whatsapp'
        JOIN identity ON identity.person_id = lead.person_id AND identity.retired_at IS NULL
          AND identity.kind IN ('phone', 'bsuid')
        WHERE lead.id = :lead ORDER BY identity.kind DESC, identity.last_seen_at DESC LIMIT 1
        RETURNING id
        """,
      arguments: ["channel": channel, "lead": lead.rawValue, "rev": rev]
    )
    guard let begun else { throw StoreError.noThread(lead) }
    return (begun, channel)
  }

  private func attach(_ file: OutboundFile, to message: Int64, rev: Int64) throws {
    try execute(
      sql: """
        INSERT INTO attachment (message_id, kind, state, mime, name, bytes, sha256, path, rev)
        VALUES (?, ?, 'stored', ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        message, file.kind.rawValue, file.mime, file.name, file.bytes, file.sha256, file.path, rev,
      ]
    )
  }

  /// 128 random bits: never the same twice, and nothing that says anything about anybody.
  private static func newReference() -> String {
    var generator = SystemRandomNumberGenerator()
    let high = String(generator.next() as UInt64, radix: 16)
    return "inbox-" + high + String(generator.next() as UInt64, radix: 16)
  }
}

extension LeadStore {
  /// The file of a message of ours; nil when it has none.
  package func file(of message: MessageID) throws -> OutboundFile? {
    try read { try $0.file(of: message.rawValue) }
  }

  /// Remembers what the provider calls an uploaded file, so that a repeated send doesn't upload again.
  package func keepUpload(_ attachment: Int64, providerID: String) throws {
    let now = clock.now()
    try write { database, rev in
      try database.execute(
        sql: """
          UPDATE attachment SET state = 'uploaded', provider_id = ?, uploaded_at = ?,
            sent_bytes = NULL, rev = ? WHERE id = ?
          """,
        arguments: [providerID, now.milliseconds, rev, attachment]
      )
    }
  }

  /// Says how far an upload has come, for the screens; `bytes` of the file, nil for one that begins anew.
  package func noteUpload(_ attachment: Int64, bytes: Int64?) throws {
    try write { database, rev in
      try database.execute(
        sql: "UPDATE attachment SET sent_bytes = ?, rev = ? WHERE id = ? AND state = 'stored'",
        arguments: [bytes, rev, attachment]
      )
    }
  }

  /// The provider no longer has the file: the next try uploads it again.
  package func forgetUpload(_ attachment: Int64) throws {
    try write { database, rev in
      try database.execute(
        sql: """
          UPDATE attachment SET state = 'stored', provider_id = NULL, uploaded_at = NULL,
            sent_bytes = NULL, rev = ? WHERE id = ?
          """,
        arguments: [rev, attachment]
      )
    }
  }
}

extension Database {
  func file(of message: Int64) throws -> OutboundFile? {
    guard
      let row = try Row.fetchOne(
        cachedStatement(
          sql: """
            SELECT id, kind, path, mime, name, bytes, sha256, provider_id, uploaded_at
            FROM attachment WHERE message_id = ? AND position = 0 AND path IS NOT NULL
            """
        ),
        arguments: [message]
      )
    else { return nil }
    let uploadedAt: Int64? = row[8]
    return OutboundFile(
      id: row[0],
      kind: MessageKind(rawValue: row[1]) ?? .document,
      path: row[2],
      mime: row[3] ?? "application/octet-stream",
      name: row[4] ?? "",
      bytes: row[5] ?? 0,
      sha256: row[6] ?? "",
      providerID: row[7],
      uploadedAt: uploadedAt.map(Timestamp.init(milliseconds:))
    )
  }
}
