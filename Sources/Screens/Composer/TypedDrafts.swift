// What is typed and not stored yet, and how it meets what the store and refused sends bring back: the
// screen's text alone never replaces words that the screen has not seen. Kept by the effect runner.
import Model

/// Drafts between the keys and the store.
package struct TypedDrafts {
  package struct Draft: Equatable, Sendable {
    package var text: String
    package var isTyping: Bool

    package init(_ text: String, isTyping: Bool = false) {
      self.text = text
      self.isTyping = isTyping
    }
  }

  private var typed: [LeadID: Draft] = [:]
  /// Their stored drafts are being read: what is typed waits.
  private var unread: Set<LeadID> = []
  /// Texts on their way into the screen's draft, until it is kept with them.
  private var returning: [LeadID: [String]] = [:]

  package init() {}

  /// Nothing waits for the store.
  package var isEmpty: Bool { typed.isEmpty }

  /// The newest text of a lead's composer.
  package mutating func keep(_ draft: Draft, for lead: LeadID) { typed[lead] = draft }

  /// What was typed until now is sent; what comes after it is a draft of its own.
  package mutating func send(_ lead: LeadID) { typed[lead] = nil }

  /// The stored draft will be read; returns what has to be stored before.
  package mutating func startReading(_ lead: LeadID) -> Draft? {
    unread.insert(lead)
    return typed.removeValue(forKey: lead)
  }

  /// The screen will hear of `stored`, and put what was typed meanwhile below it.
  package mutating func read(_ lead: LeadID, stored: String) {
    endReading(lead)
    if let draft = typed[lead], draft.text.allSatisfy(\.isWhitespace) { typed[lead] = nil }
    returning[lead] = typed[lead] == nil || stored.isEmpty ? nil : [stored]
  }

  /// The same, also where the store could not say it.
  package mutating func endReading(_ lead: LeadID) { unread.remove(lead) }

  /// The screen will hear that a text could not be sent, and take it back into its draft.
  package mutating func giveBack(_ text: String, to lead: LeadID) {
    returning[lead, default: []].append(text)
    if typed[lead] == nil { typed[lead] = Draft("") }
  }

  /// What is to be stored now.
  package mutating func take() -> [LeadID: Draft] {
    let ready = typed.filter { !unread.contains($0.key) }
    typed = typed.filter { unread.contains($0.key) }
    return Dictionary(uniqueKeysWithValues: ready.map { ($0, whole($1, for: $0)) })
  }

  private mutating func whole(_ draft: Draft, for lead: LeadID) -> Draft {
    let missing = (returning[lead] ?? []).filter { !draft.text.contains($0) }
    returning[lead] = missing.isEmpty ? nil : missing
    let parts = missing + (draft.text.isEmpty ? [] : [draft.text])
    return Draft(parts.joined(separator: "\n"), isTyping: draft.isTyping)
  }
}
