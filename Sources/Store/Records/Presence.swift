// What customers may see of us beside messages: whose newest message was opened, and whom somebody is
// writing to.
import GRDB
import Model

/// A conversation and the newest message of theirs in it.
package struct Presence: Equatable, Sendable {
  package var thread: ThreadID
  package var channel: String
  package var person: Identity
  /// The provider's id of that message.
  package var message: String
}

extension LeadStore {
  /// Conversations that were opened since the change `rev` with nothing left unread, and the newest
  /// change there is, to go on from; messages older than `time` are left out.
  package func opened(
    after rev: Int64,
    since time: Timestamp
  ) throws -> (conversations: [Presence], rev: Int64) {
    try read { database in
      let newest = try Int64.fetchOne(database, sql: "SELECT rev FROM counter") ?? 0
      let rows = try Row.fetchAll(
        database.cachedStatement(
          sql: """
            \(Presence.select) FROM lead \(Presence.joins)
            WHERE lead.rev > ? AND lead.opened_count >= lead.inbound_count
              AND lead.inbound_count > 0
              AND message.provider_at >= ?
            """
        ),
        arguments: [rev, time.milliseconds]
      )
      return (rows.map(Presence.init), newest)
    }
  }

  /// Conversations that somebody has typed in since `time`.
  package func typed(since time: Timestamp) throws -> [Presence] {
    try read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            \(Presence.select) FROM draft JOIN lead ON lead.id = draft.lead_id \(Presence.joins)
            WHERE draft.typing_at >= ?
            """
        ),
        arguments: [time.milliseconds]
      ).map(Presence.init)
    }
  }
}

extension Presence {
  fileprivate static let select = """
    SELECT thread.id, thread.channel_id, identity.kind, identity.value, message.provider_id
    """

  fileprivate static let joins = """
    JOIN thread ON thread.id = lead.thread_id
    JOIN identity ON identity.id = thread.reply_identity_id
    JOIN message ON message.id = (SELECT id FROM message AS newest
      WHERE newest.thread_id = thread.id AND newest.direction = 'in'
        AND newest.provider_id IS NOT NULL AND newest.is_history = 0
      ORDER BY newest.provider_at DESC, newest.id DESC LIMIT 1)
    """

  fileprivate init(row: Row) {
    thread = ThreadID(row[0])
    channel = row[1]
    person = Identity(kind: Identity.Kind(rawValue: row[2]) ?? .phone, value: row[3])
    message = row[4]
  }
}
