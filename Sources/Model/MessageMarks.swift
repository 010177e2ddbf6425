// What stands on a bubble beside its own words: the quoted message, reactions.

/// The message that another one answers, as the bubble above it shows it.
package struct Quote: Equatable, Sendable {
  package var direction: MessageDirection
  /// Its beginning; empty when it was deleted.
  package var text: String
  package var isDeleted: Bool

  package init(direction: MessageDirection, text: String, isDeleted: Bool = false) {
    self.direction = direction
    self.text = text
    self.isDeleted = isDeleted
  }
}

/// An emoji that somebody put on a message.
package struct Reaction: Equatable, Sendable {
  /// `customer`, `gym`, or the e-mail of the user who chose it.
  package var from: String
  package var emoji: String

  package init(from: String, emoji: String) {
    self.from = from
    self.emoji = emoji
  }

  /// Reads the column `message.reactions`; none for anything that is not such a list.
  package static func list(_ text: String?) -> [Reaction] {
    guard let text, let list = try? JSONValue.parse(text) else { return [] }
    return list.array.compactMap { item in
      guard let from = item["from"].text, let emoji = item["emoji"].text else { return nil }
      return Reaction(from: from, emoji: emoji)
    }
  }

  package var json: JSONValue { ["from": .string(from), "emoji": .string(emoji)] }
}
