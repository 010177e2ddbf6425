// What somebody has typed and not sent, one draft a user and lead, and who else has one there.
import GRDB
import Model

extension DraftKey.Kind {
  var table: String {
    switch self {
    case .reply: "draft"
    case .note: "note_draft"
    case .form: "form_draft"
    }
  }
}

extension LeadStore {
  package func draft(_ key: DraftKey, of user: UserID) throws -> String? {
    try read { try $0.draft(key, of: user) }
  }

  /// Keeps the draft; an empty one is dropped, and so is what is written to somebody who was erased.
  ///
  /// Where the lead was merged meanwhile, the text goes on in the draft of the lead that remains. `known` are
  /// the texts that the writer has seen there: one that is not among them was typed in another
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
      guard let lead = try database.survivor(of: key.lead) else { return nil }
      let place = DraftKey(kind: key.kind, lead: lead)
      let before = try database.draft(place, of: user) ?? ""
      let isMoved = lead != key.lead
      let above =
        isMoved
        ? Self.without(known ?? [], atEndOf: before)
        : before == text || known?.contains(before) ?? true ? "" : before
      let whole = DraftKey.joined(above, text)
      if whole.isEmpty {
        try database.dropDraft(place, of: user)
      } else {
        let isKept = try database.keepDraft(place, of: user, whole, at: now, isTyping: isTyping)
        guard isKept else { return nil }
      }
      if key.kind == .reply, before.isEmpty != whole.isEmpty {
        try database.touch(lead, rev: try database.nextRev())
      }
      return above.isEmpty || isMoved ? nil : above
    }
  }

  /// What stood in the remaining lead's draft before a merge put one of these texts below it.
  private static func without(_ known: [String], atEndOf draft: String) -> String {
    for text in known where !text.isEmpty {
      if draft == text { return "" }
      if draft.hasSuffix("\n" + text) { return String(draft.dropLast(text.count + 1)) }
    }
    return draft
  }

  /// The lead that remains of one that may have been merged since; nil when there is none.
  package func survivor(of lead: LeadID) throws -> LeadID? {
    try read { try $0.survivor(of: lead) }
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
  func survivor(of lead: LeadID) throws -> LeadID? {
    var lead = lead
    // A merge is never into one that was merged before: the way has an end.
    while try Bool.fetchOne(
      cachedStatement(sql: "SELECT 1 FROM lead WHERE id = ?"),
      arguments: [lead.rawValue]
    ) == nil {
      let into = try Int64.fetchOne(
        cachedStatement(
          sql: """
            SELECT into_lead_id FROM merge WHERE lead_id = ? AND undone_at IS NULL
            ORDER BY id DESC LIMIT 1
            """
        ),
        arguments: [lead.rawValue]
      )
      guard let into else { return nil }
      lead = LeadID(into)
    }
    return lead
  }

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
