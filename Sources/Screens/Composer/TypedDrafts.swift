// What is typed and not stored yet, and how it meets what the store, refused sends and the user's other
// terminals bring: the screen's text alone never replaces words that the screen has not seen. Kept
// by the effect runner.
import Model

/// Drafts between the keys and the store.
package struct TypedDrafts {
  package struct Draft: Equatable, Sendable {
    package var text: String
    package var isTyping: Bool
    /// What stood in the store when the screen last looked.
    package var seen: String?

    package init(_ text: String, isTyping: Bool = false, seen: String? = nil) {
      self.text = text
      self.isTyping = isTyping
      self.seen = seen
    }
  }

  private var typed: [DraftKey: Draft] = [:]
  /// Being read or sent, so often: what is typed waits.
  private var held: [DraftKey: Int] = [:]
  /// Texts on their way into the screen's draft, until it is kept with them.
  private var returning: [DraftKey: [String]] = [:]
  /// What was last stored from here, where that is a text.
  private var written: [DraftKey: String] = [:]

  package init() {}

  /// Nothing waits for the store.
  package var isEmpty: Bool { typed.isEmpty }

  /// The screen's text is newer than the store's.
  package func isAhead(_ key: DraftKey) -> Bool { typed[key] != nil || held[key] != nil }

  /// The newest text of a field.
  package mutating func keep(_ draft: Draft, for key: DraftKey) { typed[key] = draft }

  /// What was typed until now is on its way; what comes after it is a draft of its own.
  package mutating func startSending(_ key: DraftKey) {
    typed[key] = nil
    hold(key)
  }

  /// The stored draft will be read; returns what has to be stored before.
  package mutating func startReading(_ key: DraftKey) -> Draft? {
    hold(key)
    return typed.removeValue(forKey: key)
  }

  /// The screen will hear of `stored`, and put what was typed meanwhile below it.
  package mutating func read(_ key: DraftKey, stored: String) {
    if let draft = typed[key], draft.text.allSatisfy(\.isWhitespace) { typed[key] = nil }
    returning[key] = typed[key] == nil || stored.isEmpty ? nil : [stored]
    typed[key]?.seen = stored
  }

  /// What was typed since may be stored, also where reading or sending failed.
  package mutating func release(_ key: DraftKey) {
    let count = (held[key] ?? 0) - 1
    held[key] = count > 0 ? count : nil
  }

  /// The screen will hear of a text, not sent or typed elsewhere, and take it into its draft.
  package mutating func giveBack(_ text: String, to key: DraftKey) {
    returning[key, default: []].append(text)
    if typed[key] == nil { typed[key] = Draft("") }
  }

  /// What is to be stored now.
  package mutating func take() -> [DraftKey: Draft] {
    let ready = typed.filter { held[$0.key] == nil }
    typed = typed.filter { held[$0.key] != nil }
    return Dictionary(uniqueKeysWithValues: ready.map { ($0, whole($1, for: $0)) })
  }

  /// The texts that may be replaced by `draft`.
  package func known(_ draft: Draft, for key: DraftKey) -> [String] {
    [draft.seen, written[key]].compactMap { $0 }
  }

  /// `draft` is stored, below `other` that was typed in another terminal and that the screen will
  /// hear of.
  package mutating func stored(_ draft: Draft, below other: String?, for key: DraftKey) {
    let whole = DraftKey.joined(other ?? "", draft.text)
    written[key] = whole.isEmpty ? nil : whole
    if let other { returning[key, default: []].append(other) }
  }

  private mutating func hold(_ key: DraftKey) { held[key, default: 0] += 1 }

  private mutating func whole(_ draft: Draft, for key: DraftKey) -> Draft {
    let missing = (returning[key] ?? []).filter { !draft.text.contains($0) }
    returning[key] = missing.isEmpty ? nil : missing
    var draft = draft
    draft.text = missing.reversed().reduce(draft.text) { DraftKey.joined($1, $0) }
    return draft
  }
}
