// What somebody has typed and not sent, one draft a user and lead, and who else has one there.
import GRDB
import Model

extension LeadStore {
  package func draft(_ lead: LeadID, of user: UserID) throws -> String? {
    try read {
      try String.fetchOne(
        $0.cachedStatement(sql: "SELECT text FROM draft WHERE user_id = ? AND lead_id = ?"),
        arguments: [user.rawValue, lead.rawValue]
      )
    }
  }

  /// Keeps the draft; an empty one is dropped, and so is what is written to somebody who was erased.
  ///
  /// Lists change only when one comes or goes: what is being typed changes too often.
  package func saveDraft(
    _ lead: LeadID,
    of user: UserID,
    text: String,
    isTyping: Bool = false
  ) throws {
    let now = clock.now().milliseconds
    try writeQuietly { database in
      let before = try Bool.fetchOne(
        database.cachedStatement(sql: "SELECT 1 FROM draft WHERE user_id = ? AND lead_id = ?"),
        arguments: [user.rawValue, lead.rawValue]
      )
      if text.isEmpty {
        try database.cachedStatement(sql: "DELETE FROM draft WHERE user_id = ? AND lead_id = ?")
          .execute(arguments: [user.rawValue, lead.rawValue])
      } else {
        try database.cachedStatement(
          sql: """
            INSERT INTO draft (user_id, lead_id, text, updated_at, typing_at)
            SELECT ?1, ?2, ?3, ?4, ?5
            WHERE NOT EXISTS (SELECT 1 FROM lead WHERE id = ?2 AND erased_at IS NOT NULL)
            ON CONFLICT DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at,
              typing_at = excluded.typing_at
            """
        ).execute(arguments: [user.rawValue, lead.rawValue, text, now, isTyping ? now : nil])
        guard database.changesCount > 0 else { return }
      }
      guard (before == nil) != text.isEmpty else { return }
      try database.touch(lead, rev: try database.nextRev())
    }
  }

  /// Who else types or has a draft at the lead, and the viewer's own draft.
  package func company(at lead: LeadID, of viewer: UserID) throws -> Company {
    try read { database in
      let rows = try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT draft.user_id, draft.text, draft.typing_at, user.name
            FROM draft JOIN user ON user.id = draft.user_id
            WHERE draft.lead_id = ? ORDER BY draft.updated_at DESC
            """
        ),
        arguments: [lead.rawValue]
      )
      var company = Company(lead: lead, draft: "", others: [])
      for row in rows {
        let user = UserID(row[0])
        if user == viewer {
          company.draft = row[1]
        } else {
          let typing: Int64? = row[2]
          company.others.append(
            Company.Other(
              user: user,
              name: row[3],
              typedAt: typing.map(Timestamp.init(milliseconds:))
            )
          )
        }
      }
      return company
    }
  }
}
