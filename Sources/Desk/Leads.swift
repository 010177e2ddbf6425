// What people do with a lead: move, hand over, note, and take out of those that wait.
import Model
import Store

extension FrontDesk {
  package func setStage(
    _ leads: [LeadID],
    to stage: StageID,
    reason: String?,
    by seat: Seat
  ) throws -> String {
    let stages = try store.stages(seat.scope)
    guard let target = stages.first(where: { $0.id == stage }) else {
      throw StoreError.noSuchStage(stage.description)
    }
    let given = reason?.trimmed ?? ""
    if target.kind == .lost, given.isEmpty {
      throw Refusal(
        rule: "reason",
        text: "\(target.name) needs a reason, so that you learn from it"
      )
    }
    for lead in leads { try require(lead, for: seat) }
    let place = StagePlace(stage: stage, reason: given.isEmpty ? nil : given)
    let moves = try store.setStages(leads.map { LeadChange($0, to: place) }, by: seat.actor)
    undoLog.did(.stages(moves), by: seat)
    return "Moved\(Self.several(leads)) to \(target.name)"
  }

  package func setStage(
    _ lead: LeadID,
    to stage: StageID,
    reason: String?,
    by seat: Seat
  ) throws -> String { try setStage([lead], to: stage, reason: reason, by: seat) }

  package func assign(_ leads: [LeadID], to owner: UserID?, by seat: Seat) throws -> String {
    let users = try store.users()
    let user = users.first { $0.id == owner }
    if let owner {
      guard let user else { throw StoreError.noSuchUser(owner.description) }
      guard !user.isDisabled else {
        throw Refusal(rule: "disabled", text: "\(user.name)'s account is switched off")
      }
    }
    for lead in leads { try require(lead, for: seat) }
    let changes = try store.setOwners(leads.map { LeadChange($0, to: owner) }, by: seat.actor)
    undoLog.did(.owners(changes), by: seat)
    return "Assigned\(Self.several(leads)) to \(user?.name ?? "nobody")"
  }

  package func assign(_ lead: LeadID, to owner: UserID?, by seat: Seat) throws -> String {
    try assign([lead], to: owner, by: seat)
  }

  /// `" 12 leads"` where an act is about more than the one in front of the person.
  private static func several(_ leads: [LeadID]) -> String {
    leads.count == 1 ? "" : " \(leads.count) leads"
  }

  package func addNote(_ lead: LeadID, text: String, by seat: Seat) throws -> String {
    let words = text.trimmed
    guard !words.isEmpty else { throw Refusal(rule: "note", text: "the note is empty") }
    // Merged while it was written: what is known of one is known of both.
    let lead = try store.survivor(of: lead) ?? lead
    try require(lead, for: seat)
    let note = try store.addNote(lead, text: words, by: seat.actor)
    undoLog.did(.note(lead, note), by: seat)
    return "Note added"
  }

  /// Those among `leads` that wait; with one lead only, a refusal when it doesn't.
  package func noReplyNeeded(_ leads: [LeadID], by seat: Seat) throws -> String {
    // What is on screen, and no more: a message on its way is older than the moment of the key.
    let marks = try leads.map { try require($0, for: seat) }.filter(\.needsReply)
      .map { LeadChange<Timestamp?>($0.id, to: $0.lastMessageAt) }
    guard !marks.isEmpty else {
      throw Refusal(rule: "no_reply", text: "nobody waits for a reply here")
    }
    let changes = try store.setNoReplyNeeded(marks, by: seat.actor)
    undoLog.did(.noReply(changes), by: seat)
    return leads.count == 1 ? "No reply needed" : "No reply needed: \(changes.count) leads"
  }

  package func noReplyNeeded(_ lead: LeadID, by seat: Seat) throws -> String {
    try noReplyNeeded([lead], by: seat)
  }

  package func markRead(_ lead: LeadID, by user: UserID) throws {
    try store.markRead(lead, by: user)
  }

  /// The lead, if it is there and the seat may see it.
  @discardableResult
  func require(_ lead: LeadID, for seat: Seat) throws -> LeadSummary {
    guard let detail = try store.lead(lead, scope: seat.scope) else {
      throw StoreError.noSuchLead(lead)
    }
    return detail.summary
  }
}
