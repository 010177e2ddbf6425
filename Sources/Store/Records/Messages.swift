// Reading conversations: a lead's messages over all its person's threads, in provider time.
import GRDB
import Model

/// A window of a lead's messages, oldest first.
package struct Conversation: Sendable {
  package var messages: [Message]
  package var hasOlder: Bool
  package var hasNewer: Bool
  package var person: PersonID
  /// Where a reply goes; nil when they have written nowhere.
  package var answered: ThreadSummary?
  /// The person was erased.
  package var isErased: Bool
}

extension LeadStore {
  /// The newest `limit` messages of the lead, oldest first.
  package func messages(
    of lead: LeadID,
    limit: Int,
    scope: Scope
  ) throws -> [Message]? {
    try conversation(of: lead, in: .newest(limit), scope: scope)?.messages
  }

  /// A window of the lead's messages; nil when there is no such lead within `scope`.
  ///
  /// Around a message that isn't the lead's, the newest.
  package func conversation(
    of lead: LeadID,
    in window: ThreadWindow,
    scope: Scope
  ) throws -> Conversation? {
    try read { database in
      let request = SQLRequest<Row>(
        literal: """
          SELECT lead.person_id, lead.thread_id, lead.erased_at IS NOT NULL FROM lead
          WHERE lead.id = \(lead.rawValue) AND \(scope.leads("lead"))
          """,
        cached: true
      )
      guard let row = try request.fetchOne(database) else { return nil }
      let person: Int64 = row[0]
      let answered: Int64? = row[1]
      let threads = try threads(database, person: person)
      let reader = ThreadReader(database: database, lead: lead, threads: threads)
      var page = try reader.page(window)
      try database.addMedia(to: &page.messages)
      return Conversation(
        messages: page.messages,
        hasOlder: page.hasOlder,
        hasNewer: page.hasNewer,
        person: PersonID(person),
        answered: threads.first { $0.id.rawValue == answered },
        isErased: row[2]
      )
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
            FROM \(Message.tables) JOIN channel ON channel.id = message.channel_id
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
}

/// One read of a lead's conversation, inside one transaction.
private struct ThreadReader {
  let database: Database
  let lead: LeadID
  let threads: [ThreadSummary]

  typealias Page = (messages: [Message], hasOlder: Bool, hasNewer: Bool)

  func page(_ window: ThreadWindow) throws -> Page {
    switch window {
    case .newest(let count):
      let rows = try older(than: nil, count: count)
      return (rows.messages, rows.isCut, false)
    case .oldest(let count):
      let rows = try newer(than: nil, count: count)
      return (rows.messages, false, rows.isCut)
    case .around(let message, let older, let newer):
      guard let place = try place(of: message) else { return try page(.newest(older + newer)) }
      let before = try self.older(than: place, count: older + 1)
      let after = try self.newer(than: place, count: newer)
      return (before.messages + after.messages, before.isCut, after.isCut)
    }
  }

  private struct Place {
    var at: Int64
    var id: Int64
  }

  private func place(of message: MessageID) throws -> Place? {
    let row = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT provider_at, id, thread_id FROM message WHERE id = ?"),
      arguments: [message.rawValue]
    )
    guard let row, threads.contains(where: { $0.id.rawValue == row[2] as Int64 }) else {
      return nil
    }
    return Place(at: row[0], id: row[1])
  }

  /// Up to and with `place`, the newest `count`, oldest first.
  private func older(
    than place: Place?,
    count: Int
  ) throws -> (messages: [Message], isCut: Bool) {
    let rows = try rows(
      place.map { ("<=", $0) },
      order: "DESC",
      limit: count == .max ? count : count + 1
    )
    .sorted { ($0.providerAt, $0.id) < ($1.providerAt, $1.id) }
    return (Array(rows.suffix(count)), rows.count > count)
  }

  /// After `place`, the oldest `count`, oldest first.
  private func newer(
    than place: Place?,
    count: Int
  ) throws -> (messages: [Message], isCut: Bool) {
    let rows = try rows(
      place.map { (">", $0) },
      order: "ASC",
      limit: count == .max ? count : count + 1
    )
    .sorted { ($0.providerAt, $0.id) < ($1.providerAt, $1.id) }
    return (Array(rows.prefix(count)), rows.count > count)
  }

  private func rows(
    _ from: (comparison: String, place: Place)?,
    order: String,
    limit: Int
  ) throws -> [Message] {
    var condition = "message.thread_id = ?"
    if let from {
      condition += " AND (message.provider_at, message.id) \(from.comparison) (?, ?)"
    }
    let statement = try database.cachedStatement(
      sql: """
        SELECT \(Message.columns)
        FROM \(Message.tables) WHERE \(condition) AND \(Message.isLine)
        ORDER BY message.provider_at \(order), message.id \(order) LIMIT ?
        """
    )
    var rows: [Message] = []
    for thread in threads {
      let bounds = from.map { [$0.place.at, $0.place.id] } ?? []
      let cursor = try Row.fetchCursor(
        statement,
        arguments: StatementArguments([thread.id.rawValue] + bounds + [Int64(limit)])
      )
      while let row = try cursor.next() {
        rows.append(Message(row: row, lead: lead, thread: thread))
      }
    }
    return rows
  }
}

extension Message {
  static let columns = """
    message.id, message.direction, message.kind, message.text, message.provider_id,
    message.provider_at, message.received_at, message.status, message.error_code,
    message.error_title, message.author_id, message.reply_to, message.undo_until,
    outbox.last_error, outbox.attempts, outbox.scheduled_at, outbox.not_before, message.content,
    message.first_text, message.edited_at, message.deleted_at, message.reactions,
    CASE WHEN message.status = 'failed' THEN ifnull(message.delivered_at, message.read_at) END,
    quoted.direction, substr(\(words("quoted")), 1, 200), quoted.deleted_at IS NOT NULL
    """

  /// `Message.words` in SQL.
  static func words(_ table: String) -> String {
    """
    CASE WHEN \(table).direction = 'out' AND \(table).text NOT LIKE '[%'
        AND \(table).kind IN ('image', 'video', 'audio', 'document')
      THEN rtrim('[' || replace(\(table).kind, 'image', 'photo') || '] '
        || iif(\(table).kind = 'document', ifnull(
          (SELECT name || ' ' FROM attachment WHERE message_id = \(table).id AND position = 0), ''), '')
        || \(table).text)
      ELSE \(table).text END
    """
  }

  /// The message with what it quotes and how its sending goes.
  static let tables = """
    message LEFT JOIN outbox ON outbox.message_id = message.id
    LEFT JOIN message AS quoted ON quoted.channel_id = message.channel_id
      AND quoted.provider_id = message.reply_to AND message.reply_to IS NOT NULL
    """

  /// What is a line of its own in the thread: not what shows on another bubble, unless a person has
  /// to look at it.
  static let isLine = """
    (message.shown_on IS NULL OR message.status IN ('failed', 'unconfirmed'))
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
    readMarks(row)
  }

  /// The columns that few messages fill.
  private mutating func readMarks(_ row: Row) {
    content = row[17]
    firstText = row[18]
    editedAt = (row[19] as Int64?).map(Timestamp.init(milliseconds:))
    deletedAt = (row[20] as Int64?).map(Timestamp.init(milliseconds:))
    reactions = Reaction.list(row[21])
    deliveredAfterAll = (row[22] as Int64?).map(Timestamp.init(milliseconds:))
    quote = (row[23] as String?).flatMap(MessageDirection.init(rawValue:)).map {
      Quote(direction: $0, text: row[24] ?? "", isDeleted: row[25])
    }
  }
}
