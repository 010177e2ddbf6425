// What a webhook says of a message template: a change of its state, quality or category, or only that it
// has been edited.

package struct TemplateNotice: Equatable, Sendable {
  package enum Change: Equatable, Sendable {
    case status(WhatsAppTemplate.Status, reason: String?)
    case quality(String)
    case category(WhatsAppTemplate.Category)
    /// Its parts are others now: only a sync tells them.
    case components
  }

  package var name: String
  package var language: String
  package var providerID: String?
  package var change: Change
  package var at: Timestamp

  package init(
    name: String,
    language: String,
    providerID: String?,
    change: Change,
    at: Timestamp
  ) {
    self.name = name
    self.language = language
    self.providerID = providerID
    self.change = change
    self.at = at
  }
}
