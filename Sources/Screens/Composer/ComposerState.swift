// The reply being written for the opened lead. What is typed is a draft until it is sent.
import TerminalUI

struct ComposerState: Equatable {
  var text = TextEditor()
  /// Keys are text.
  var isActive = false
  /// The store's draft has come, or a reply was sent before it did.
  var isDraftKnown = false

  var isEmpty: Bool { text.text.allSatisfy(\.isWhitespace) }

  /// `{names}` that nobody filled in; they block sending.
  var openPlaceholders: [String] { Placeholders.unresolved(in: text.text) }
}
