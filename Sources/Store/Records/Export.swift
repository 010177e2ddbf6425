// Whole tables for files that leave the house: every message, every act, each handed on as it is
// read. Called by `inbox export`.
import GRDB
import Model

/// A message as a row of a file.
package struct ExportedMessage: Sendable {
  package var id: MessageID
  package var lead: LeadID?
  package var direction: String
  package var kind: String
  package var text: String
  package var providerID: String?
  package var providerAt: Timestamp
  package var status: String
  /// The e-mail of whoever wrote it, or a script's name.
  package var author: String?
  package var channel: String
}

/// What somebody did, as a row of a file.
package struct ExportedActivity: Sendable {
  package var id: Int64
  package var lead: LeadID?
  package var at: Timestamp
  package var actor: String?
  package var verb: String
  package var before: String?
  package var after: String?
}

extension LeadStore {
  /// Every message within `scope`, in the order in which they came to be stored.
  package func eachMessage(scope: Scope, _ body: (ExportedMessage) throws -> Void) throws {
    try read { database in
      let request: SQLRequest<Row> = """
        SELECT message.id,
          (SELECT lead.id FROM lead WHERE lead.person_id = thread.person_id
            AND lead.gym_id = message.gym_id ORDER BY lead.is_open DESC, lead.id DESC LIMIT 1),
          message.direction, message.kind, message.text, message.provider_id,
          message.provider_at, message.status, ifnull(user.email, message.author_label),
          message.channel_id
        FROM message JOIN thread ON thread.id = message.thread_id
        LEFT JOIN user ON user.id = message.author_id
        WHERE \(scope.gyms("message")) ORDER BY message.id
        """
      let cursor = try request.fetchCursor(database)
      while let row = try cursor.next() {
        let lead: Int64? = row[1]
        try body(
          ExportedMessage(
            id: MessageID(row[0]),
            lead: lead.map(LeadID.init),
            direction: row[2],
            kind: row[3],
            text: row[4],
            providerID: row[5],
            providerAt: Timestamp(milliseconds: row[6]),
            status: row[7],
            author: row[8],
            channel: row[9]
          )
        )
      }
    }
  }

  /// Every act within `scope`, oldest first.
  package func eachActivity(scope: Scope, _ body: (ExportedActivity) throws -> Void) throws {
    try read { database in
      let request: SQLRequest<Row> = """
        SELECT activity.id, activity.lead_id, activity.at,
          ifnull(user.email, activity.actor_label), activity.verb, activity.before, activity.after
        FROM activity LEFT JOIN user ON user.id = activity.actor_id
        WHERE \(scope.gyms("activity")) ORDER BY activity.id
        """
      let cursor = try request.fetchCursor(database)
      while let row = try cursor.next() {
        let lead: Int64? = row[1]
        try body(
          ExportedActivity(
            id: row[0],
            lead: lead.map(LeadID.init),
            at: Timestamp(milliseconds: row[2]),
            actor: row[3],
            verb: row[4],
            before: row[5],
            after: row[6]
          )
        )
      }
    }
  }
}
