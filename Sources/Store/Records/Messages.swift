// Reading conversations: a lead's messages over all its person's threads, in provider time.
import GRDB
import Model

extension LeadStore {
  /// The newest `limit` messages of the lead, oldest first, and whether there are older ones.
  package func messages(
    of lead: LeadID,
    limit: Int,
    scope: Scope
  ) throws -> (messages: [Message], hasOlder: Bool)? {
    try read { database in
      let request: SQLRequest<Int64> = """
        SELECT lead.person_id FROM lead
        WHERE lead.id = \(lead.rawValue) AND \(scope.leads("lead"))
        """
      guard let person = try request.fetchOne(database) else { return nil }
      var rows: [Message] = []
      for thread in try threads(database, person: person) {
        rows += try messages(database, lead: lead, thread: thread, limit: limit + 1)
      }
      rows.sort { ($0.providerAt, $0.id) < ($1.providerAt, $1.id) }
      var page = Array(rows.suffix(limit))
      try database.addMedia(to: &page)
      return (page, rows.count > limit)
    }
  }

  /// One message; nil when it isn't there.
  package func message(_ id: MessageID) throws -> Message? {
    try read { database in
      guard
        let row = try Row.fetchOne(
          database,
          sql: """
            SELECT \(Message.columns), message.thread_id, message.channel_id, channel.kind
            FROM message LEFT JOIN outbox ON outbox.message_id = message.id
            JOIN channel ON channel.id = message.channel_id
            WHERE message.id = ?
            """,
          arguments: [id.rawValue]
        )
      else { return nil }
      // Behind the message's own columns.
      let rest = row.count - 3
      let thread: Int64 = row[rest]
      var found = [
        Message(
          row: row,
          lead: LeadID(try database.lead(ofThread: thread) ?? 0),
          thread: ThreadSummary(
            id: ThreadID(thread),
            channel: row[rest + 1],
            channelKind: ChannelKind(rawValue: row[rest + 2]) ?? .whatsapp,
            lastInboundAt: nil
          )
        )
      ]
      try database.addMedia(to: &found)
      return found.first
    }
  }

  private func messages(
    _ database: Database,
    lead: LeadID,
    thread: ThreadSummary,
    limit: Int
  ) throws -> [Message] {
    let cursor = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT \(Message.columns)
          FROM message LEFT JOIN outbox ON outbox.message_id = message.id
          WHERE message.thread_id = ? ORDER BY message.provider_at DESC, message.id DESC LIMIT ?
          """
      ),
      arguments: [thread.id.rawValue, limit]
    )
    var rows: [Message] = []
    while let row = try cursor.next() { rows.append(Message(row: row, lead: lead, thread: thread)) }
    return rows
  }
}

extension Message {
  static let columns = """
    message.id, message.direction, message.kind, message.text, message.provider_id,
    message.provider_at, message.received_at, message.status, message.error_code,
    message.error_title, message.author_id, message.reply_to, message.undo_until,
    outbox.last_error, outbox.attempts, outbox.scheduled_at, outbox.not_before
    """

  init(row: Row, lead: LeadID, thread: ThreadSummary) {
    let status = MessageStatus(rawValue: row[7]) ?? .received
    let title: String? = row[9] ?? row[13]
    let author: Int64? = row[10]
    let undo: Int64? = row[12]
    let scheduled: Int64? = row[15]
    self.init(
      id: MessageID(row[0]),
      lead: lead,
      thread: thread.id,
      channel: thread.channel,
      channelKind: thread.channelKind,
      direction: MessageDirection(rawValue: row[1]) ?? .inbound,
      kind: MessageKind(rawValue: row[2]) ?? .other,
      text: row[3],
      providerID: row[4],
      providerAt: Timestamp(milliseconds: row[5]),
      receivedAt: Timestamp(milliseconds: row[6]),
      status: status,
      failure: title.map { MessageFailure(code: row[8], title: $0) },
      author: author.map(UserID.init),
      replyTo: row[11],
      undoUntil: status == .queued ? undo.map(Timestamp.init(milliseconds:)) : nil,
      scheduledAt: scheduled.map(Timestamp.init(milliseconds:))
    )
    let notBefore: Int64? = row[16]
    if status == .queued { self.notBefore = notBefore.map(Timestamp.init(milliseconds:)) }
  }
}
