// Who else is busy at a lead, so that two people don't answer it at once.

/// What colleagues do at a lead, and the viewer's own draft, which another session may have changed.
package struct Company: Equatable, Sendable {
  /// A colleague with something typed and not sent.
  package struct Other: Equatable, Sendable {
    package var user: UserID
    package var name: String
    /// The last key, while they are at it.
    package var typedAt: Timestamp?

    package init(user: UserID, name: String, typedAt: Timestamp?) {
      self.user = user
      self.name = name
      self.typedAt = typedAt
    }

    /// Drafts are stored 300 ms after a key: a mark this old is somebody who paused, or whose
    /// process is gone.
    package var typingEnds: Timestamp? { typedAt.map { $0 + 6 * .second } }
  }

  package var lead: LeadID
  /// Nil while what is typed here is newer.
  package var draft: String?
  package var others: [Other]

  package init(lead: LeadID, draft: String?, others: [Other]) {
    self.lead = lead
    self.draft = draft
    self.others = others
  }
}
