// What somebody has typed and not sent, one draft a user and lead.
import GRDB
import Model

extension LeadStore {
  package func draft(_ lead: LeadID, of user: UserID) throws -> String? {
    try read {
      try String.fetchOne(
        $0,
        sql: "SELECT text FROM draft WHERE user_id = ? AND lead_id = ?",
        arguments: [user.rawValue, lead.rawValue]
      )
    }
  }

  /// Keeps the draft; an empty one is dropped.
  package func saveDraft(_ lead: LeadID, of user: UserID, text: String) throws {
    let now = clock.now()
    try writeQuietly { database in
      if text.isEmpty {
        try database.execute(
          sql: "DELETE FROM draft WHERE user_id = ? AND lead_id = ?",
          arguments: [user.rawValue, lead.rawValue]
        )
      } else {
        try database.execute(
          sql: """
            INSERT INTO draft (user_id, lead_id, text, updated_at) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at
            """,
          arguments: [user.rawValue, lead.rawValue, text, now.milliseconds]
        )
      }
    }
  }
}
