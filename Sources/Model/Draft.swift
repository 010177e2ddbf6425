// A text that is typed and not sent or saved yet. One a user, lead and kind.

/// Where a draft belongs, for the user who types it.
package struct DraftKey: Hashable, Sendable {
  /// What it is to become; a note never becomes a reply.
  package enum Kind: String, CaseIterable, Sendable {
    case reply
    case note
    /// Fields of questions and forms that are not answered yet, one JSON object a line.
    case form
  }

  package var kind: Kind
  package var lead: LeadID

  package init(kind: Kind, lead: LeadID) {
    self.kind = kind
    self.lead = lead
  }

  package static func reply(_ lead: LeadID) -> DraftKey { DraftKey(kind: .reply, lead: lead) }

  package static func note(_ lead: LeadID) -> DraftKey { DraftKey(kind: .note, lead: lead) }

  package static func form(_ lead: LeadID) -> DraftKey { DraftKey(kind: .form, lead: lead) }

  /// One text out of two that were written apart, the earlier above.
  package static func joined(_ above: String, _ below: String) -> String {
    above.isEmpty || below.isEmpty ? above + below : above + "\n" + below
  }
}
