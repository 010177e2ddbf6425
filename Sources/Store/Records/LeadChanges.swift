// Stage, owner and "no reply needed" of one lead or of many: one transaction, one history line a
// lead. What was changed comes back, so that the desk can take it back.
import GRDB
import Model

/// A value of a lead that changes.
package struct LeadChange<Value: Equatable & Sendable>: Equatable, Sendable {
  package var lead: LeadID
  /// What has to stand for the change to be made; nil takes whatever stands.
  package var from: Value?
  package var to: Value

  package init(_ lead: LeadID, from: Value? = nil, to: Value) {
    self.lead = lead
    self.from = from
    self.to = to
  }
}

extension LeadStore {
  /// Moves leads; returns the moves that were made, with where each lead was.
  @discardableResult
  package func setStages(
    _ changes: [LeadChange<StagePlace>],
    by actor: Actor
  ) throws -> [LeadChange<StagePlace>] {
    try make(changes) { database, lead in
      let row = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT stage_id, close_reason FROM lead WHERE id = ?"),
        arguments: [lead.rawValue]
      )
      guard let row else { throw StoreError.noSuchLead(lead) }
      return StagePlace(stage: StageID(row[0]), reason: row[1])
    } set: { database, lead, before, after, rev in
      try database.setStage(lead, from: before, to: after, by: actor, at: clock.now(), rev: rev)
    }
  }

  /// Hands leads over; returns what was changed, with who had each.
  @discardableResult
  package func setOwners(
    _ changes: [LeadChange<UserID?>],
    by actor: Actor
  ) throws -> [LeadChange<UserID?>] {
    try make(changes) { database, lead in
      let row = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT owner_id FROM lead WHERE id = ?"),
        arguments: [lead.rawValue]
      )
      guard let row else { throw StoreError.noSuchLead(lead) }
      let owner: Int64? = row[0]
      return owner.map(UserID.init)
    } set: { database, lead, before, after, rev in
      try database.cachedStatement(sql: "UPDATE lead SET owner_id = ?, rev = ? WHERE id = ?")
        .execute(arguments: [after?.rawValue, rev, lead.rawValue])
      try database.record(
        actor,
        lead: lead,
        gym: try database.gym(of: lead),
        verb: "assign",
        before: try database.email(of: before),
        after: try database.email(of: after),
        at: clock.now()
      )
    }
  }

  /// Takes what they wrote up to a moment out of "needs reply" (nil brings it back); returns what
  /// was changed.
  @discardableResult
  package func setNoReplyNeeded(
    _ changes: [LeadChange<Timestamp?>],
    by actor: Actor
  ) throws -> [LeadChange<Timestamp?>] {
    try make(changes) { database, lead in
      let row = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT no_reply_at FROM lead WHERE id = ?"),
        arguments: [lead.rawValue]
      )
      guard let row else { throw StoreError.noSuchLead(lead) }
      let mark: Int64? = row[0]
      return mark.map(Timestamp.init(milliseconds:))
    } set: { database, lead, _, after, rev in
      try database.cachedStatement(sql: "UPDATE lead SET no_reply_at = ? WHERE id = ?")
        .execute(arguments: [after?.milliseconds, lead.rawValue])
      try database.summarise(lead: lead.rawValue, rev: rev)
      try database.countAnswered(lead: lead.rawValue)
      try database.record(
        actor,
        lead: lead,
        gym: try database.gym(of: lead),
        verb: after == nil ? "reply_needed" : "no_reply_needed",
        at: clock.now()
      )
    }
  }

  private func make<Value>(
    _ changes: [LeadChange<Value>],
    current: (Database, LeadID) throws -> Value,
    set: (Database, LeadID, _ before: Value, _ after: Value, _ rev: Int64) throws -> Void
  ) throws -> [LeadChange<Value>] {
    try write { database, rev in
      var made: [LeadChange<Value>] = []
      for change in changes {
        // One that was merged or erased since has nothing to take back.
        guard try database.isAlive(change.lead) else {
          if change.from != nil { continue }
          throw StoreError.noSuchLead(change.lead)
        }
        let before = try current(database, change.lead)
        if let from = change.from, from != before { continue }
        try set(database, change.lead, before, change.to, rev)
        made.append(LeadChange(change.lead, from: before, to: change.to))
      }
      return made
    }
  }
}

extension Database {
  /// Neither merged nor erased.
  func isAlive(_ lead: LeadID) throws -> Bool {
    try Bool.fetchOne(
      cachedStatement(sql: "SELECT 1 FROM lead WHERE id = ? AND erased_at IS NULL"),
      arguments: [lead.rawValue]
    ) ?? false
  }

  fileprivate func setStage(
    _ lead: LeadID,
    from before: StagePlace,
    to after: StagePlace,
    by actor: Actor,
    at now: Timestamp,
    rev: Int64
  ) throws {
    let gym = try gym(of: lead)
    let stages = try cachedStatement(
      sql: "SELECT name, kind FROM stage WHERE id = ? AND gym_id = ?"
    )
    let old = try Row.fetchOne(stages, arguments: [before.stage.rawValue, gym])
    guard let new = try Row.fetchOne(stages, arguments: [after.stage.rawValue, gym]) else {
      throw StoreError.noSuchStage(after.stage.description)
    }
    let kind: String = new[1]
    let closes = kind == Stage.Kind.won.rawValue || kind == Stage.Kind.lost.rawValue
    try cachedStatement(
      sql: """
        UPDATE lead SET stage_id = ?, is_open = ?, close_reason = ?, rev = ?,
          closed_at = CASE WHEN ? THEN ifnull(closed_at, ?) END
        WHERE id = ?
        """
    ).execute(arguments: [
      after.stage.rawValue, !closes, after.reason, rev, closes, now.milliseconds, lead.rawValue,
    ])
    let name: String = new[0]
    try record(
      actor,
      lead: lead,
      gym: gym,
      verb: "stage",
      before: old?[0],
      after: after.reason.map { "\(name): \($0)" } ?? name,
      at: now
    )
  }

  fileprivate func email(of user: UserID?) throws -> String? {
    guard let user else { return nil }
    return try String.fetchOne(
      cachedStatement(sql: "SELECT email FROM user WHERE id = ?"),
      arguments: [user.rawValue]
    )
  }
}
