// What a search found: a lead, and the place where the words stand.

/// One thing found.
package struct SearchHit: Equatable, Sendable {
  package enum Kind: String, Sendable {
    /// The lead's name.
    case name
    case phone
    /// A user name or an address.
    case username
    case note
    case message
  }

  package var lead: LeadID
  /// Set for messages alone.
  package var message: MessageID?
  package var kind: Kind
  package var name: String
  /// The part of the text that has the words.
  package var snippet: String
  package var at: Timestamp

  package init(
    lead: LeadID,
    message: MessageID? = nil,
    kind: Kind,
    name: String,
    snippet: String,
    at: Timestamp
  ) {
    self.lead = lead
    self.message = message
    self.kind = kind
    self.name = name
    self.snippet = snippet
    self.at = at
  }
}
