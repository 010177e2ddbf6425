// What people do with a lead: move, hand over, note, and take out of those that wait.
import Model
import Store

extension FrontDesk {
  package func setStage(
    _ lead: LeadID,
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
    try require(lead, for: seat)
    let place = StagePlace(stage: stage, reason: given.isEmpty ? nil : given)
    let before = try store.setStage(lead, to: stage, reason: place.reason, by: seat.actor)
    undoLog.did(.stage(lead, from: before, to: place), by: seat)
    return "Moved to \(target.name)"
  }

  package func assign(_ lead: LeadID, to owner: UserID?, by seat: Seat) throws -> String {
    let users = try store.users()
    let user = users.first { $0.id == owner }
    if let owner {
      guard let user else { throw StoreError.noSuchUser(owner.description) }
      guard !user.isDisabled else {
        throw Refusal(rule: "disabled", text: "\(user.name)'s account is switched off")
      }
    }
    try require(lead, for: seat)
    let before = try store.assign(lead, to: owner, by: seat.actor)
    undoLog.did(.assign(lead, from: before, to: owner), by: seat)
    return user.map { "Assigned to \($0.name)" } ?? "Assigned to nobody"
  }

  package func addNote(_ lead: LeadID, text: String, by seat: Seat) throws -> String {
    let words = text.trimmed
    guard !words.isEmpty else { throw Refusal(rule: "note", text: "the note is empty") }
    try require(lead, for: seat)
    let note = try store.addNote(lead, text: words, by: seat.actor)
    undoLog.did(.note(lead, note), by: seat)
    return "Note added"
  }

  package func noReplyNeeded(_ lead: LeadID, by seat: Seat) throws -> String {
    let summary = try require(lead, for: seat)
    guard summary.needsReply else {
      throw Refusal(rule: "no_reply", text: "nobody waits for a reply here")
    }
    // What is on screen, and no more: a message on its way is older than the moment of the key.
    let mark = summary.lastMessageAt
    let before = try store.setNoReplyNeeded(lead, at: mark, by: seat.actor)
    undoLog.did(.noReply(lead, from: before, to: mark), by: seat)
    return "No reply needed"
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
