// The reply being written for the opened lead. What is typed is a draft until it is sent.
import Model
import TerminalUI

struct ComposerState: Equatable {
  var text = TextEditor()
  /// Keys are text.
  var isActive = false
  /// The store's draft has come, or a reply was sent before it did.
  var isDraftKnown = false
  /// Something was typed since it was opened or a message left.
  var isTouched = false
  /// The store's draft when it was last looked at.
  var seen: String?
  /// The message that the reply answers.
  var quote: Quote?

  /// The text that stood here when a message was last sent or called back.
  private(set) var textWhenSent: String?

  /// Nothing was typed since: the message is newer than every edit.
  var isAsWhenSent: Bool { text.text == textWhenSent }

  mutating func markSent() { textWhenSent = text.text }

  var isEmpty: Bool { text.text.allSatisfy(\.isWhitespace) }

  /// The first `{name}` that nobody filled in; it blocks sending.
  var openPlaceholder: String? {
    Placeholder.first(in: text.text, from: text.text.startIndex)?.name
  }

  /// The gap that the cursor stands before: what is typed takes its place.
  var chosenGap: Range<String.Index>? {
    Placeholder(in: text.text, at: text.cursor)?.range
  }

  /// The cursor goes to the next gap, around the end.
  mutating func moveToNextGap() {
    let start = chosenGap?.upperBound ?? text.cursor
    guard let gap = Placeholders.gap(in: text.text, from: start) else { return }
    text.moveCursor(to: gap.lowerBound)
  }

  /// Typed or pasted text.
  mutating func insert(_ added: String) {
    if let gap = chosenGap { text.replace(gap, with: added) } else { text.insert(added) }
  }
}
