// Two leads that are one person: what may be so, and what was done about it.

/// A merge that was carried out, and can be taken back.
package struct LeadMerge: Equatable, Sendable {
  package var id: MergeID
  /// The lead that is no more.
  package var lead: LeadID
  package var name: String
  package var into: LeadID
  package var intoName: String
  package var at: Timestamp
  package var actor: String?
  package var isUndone: Bool

  package init(
    id: MergeID,
    lead: LeadID,
    name: String,
    into: LeadID,
    intoName: String,
    at: Timestamp,
    actor: String?,
    isUndone: Bool
  ) {
    self.id = id
    self.lead = lead
    self.name = name
    self.into = into
    self.intoName = intoName
    self.at = at
    self.actor = actor
    self.isUndone = isUndone
  }
}

/// Another lead that a name points to as well: perhaps the same person, which a human decides.
package struct PossibleTwin: Equatable, Sendable {
  package var lead: LeadID
  package var name: String
  /// The names that belong to both, such as `phone 4915112345678`.
  package var reason: String

  package init(lead: LeadID, name: String, reason: String) {
    self.lead = lead
    self.name = name
    self.reason = reason
  }
}
