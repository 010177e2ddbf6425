// What somebody has typed and not sent, one draft a user and lead, and who else has one there.
import GRDB
import Model

extension DraftKey.Kind {
  var table: String {
    switch self {
    case .reply: "draft"
    case .note: "note_draft"
    }
  }
}

extension LeadStore {
  package func draft(_ key: DraftKey, of user: UserID) throws -> String? {
    try read { try $0.draft(key, of: user) }
  }

  /// Keeps the draft; an empty one is dropped, and so is what is written to somebody who was erased.
  ///
  /// `known` are the texts that the writer has seen there: one that is not among them was typed in another
  /// of the user's terminals, stays above the new text, and is returned. Without `known` the new
  /// text replaces what is there. Lists change only when a reply's draft comes or goes: what is being
  /// typed changes too often.
  @discardableResult
  package func saveDraft(
    _ key: DraftKey,
    of user: UserID,
    text: String,
    isTyping: Bool = false,
    known: [String]? = nil
  ) throws -> String? {
    let now = clock.now().milliseconds
    return try writeQuietly { database in
      let before = try database.draft(key, of: user)
      let unknown = before.flatMap { text in
        known.map { !$0.contains(text) } ?? false ? text : nil
      }
      .flatMap { $0 == text ? nil : $0 }
      let whole = DraftKey.joined(unknown ?? "", text)
      if whole.isEmpty {
        try database.dropDraft(key, of: user)
      } else {
        let isKept = try database.keepDraft(key, of: user, whole, at: now, isTyping: isTyping)
        guard isKept else { return nil }
      }
      if key.kind == .reply, (before == nil) != whole.isEmpty {
        try database.touch(key.lead, rev: try database.nextRev())
      }
      return unknown
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

extension Database {
  func draft(_ key: DraftKey, of user: UserID) throws -> String? {
    try String.fetchOne(
      cachedStatement(
        sql: "SELECT text FROM \(key.kind.table) WHERE user_id = ? AND lead_id = ?"
      ),
      arguments: [user.rawValue, key.lead.rawValue]
    )
  }

  func dropDraft(_ key: DraftKey, of user: UserID) throws {
    try cachedStatement(sql: "DELETE FROM \(key.kind.table) WHERE user_id = ? AND lead_id = ?")
      .execute(arguments: [user.rawValue, key.lead.rawValue])
  }

  /// False when the lead was erased.
  fileprivate func keepDraft(
    _ key: DraftKey,
    of user: UserID,
    _ text: String,
    at now: Int64,
    isTyping: Bool
  ) throws -> Bool {
    try cachedStatement(
      sql: """
        INSERT INTO \(key.kind.table) (user_id, lead_id, text, updated_at)
        SELECT ?1, ?2, ?3, ?4
        WHERE NOT EXISTS (SELECT 1 FROM lead WHERE id = ?2 AND erased_at IS NOT NULL)
        ON CONFLICT DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at
        """
    ).execute(arguments: [user.rawValue, key.lead.rawValue, text, now])
    guard changesCount > 0 else { return false }
    // Colleagues are told of replies only.
    guard key.kind == .reply else { return true }
    try cachedStatement(
      sql: "UPDATE draft SET typing_at = ? WHERE user_id = ? AND lead_id = ?"
    ).execute(arguments: [isTyping ? now : nil, user.rawValue, key.lead.rawValue])
    return true
  }
}
