// `:smile:` while writing: the closing colon puts the emoji in, Tab completes a name begun. Words
// are never changed: only a name between colons, at a word's beginning, is one.
import TerminalUI

extension ComposerState {
  private static let longestName = 50

  /// The name begun before the cursor, and where its colon stands; nil when there is none.
  var emojiBegun: (typed: Substring, start: String.Index)? {
    let all = text.text
    // No name is longer, and this is asked for at every key.
    let start = all.index(text.cursor, offsetBy: -Self.longestName, limitedBy: all.startIndex)
    let before = all[(start ?? all.startIndex)..<text.cursor]
    guard let colon = before.lastIndex(of: ":") else { return nil }
    let name = before[before.index(after: colon)...]
    let startsWord =
      colon == before.startIndex || !(Self.isNamePart(before[before.index(before: colon)]))
    guard startsWord, name.count >= 2, name.allSatisfy(Self.isNamePart) else { return nil }
    return (name, colon)
  }

  /// What Tab would put in, the best first.
  var emojiChoices: [EmojiNames.Entry] {
    emojiBegun.map { Array(EmojiNames.matching($0.typed).prefix(5)) } ?? []
  }

  /// Puts the best match in; false when no name is begun.
  mutating func completeEmoji() -> Bool {
    guard let begun = emojiBegun, let best = EmojiNames.matching(begun.typed).first else {
      return false
    }
    text.replace(begun.start..<text.cursor, with: best.emoji)
    return true
  }

  /// After a typed `:`, a whole name before it becomes its emoji.
  mutating func closeEmoji() -> Bool {
    guard let begun = emojiBegun, let emoji = EmojiNames.emoji(begun.typed.lowercased()) else {
      return false
    }
    text.replace(begun.start..<text.cursor, with: emoji)
    return true
  }

  private static func isNamePart(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "_+-".contains(character))
  }
}
