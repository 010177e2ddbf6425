// Finding a lead: what is typed after `/`, and the list as it was before.
import Model
import TerminalUI

struct SearchState: Equatable {
  var field = TextEditor(kind: .singleLine)
  /// Keys go to the field; else to the list of what was found.
  var isTyping = true

  var terms: SearchTerms { SearchTerms(field.text) }
}

/// Where the words stand in the opened conversation.
struct FoundPlaces: Equatable {
  var terms: SearchTerms
  /// Newest first.
  var messages: [MessageID] = []
  /// The one that was gone to.
  var current: MessageID?
}

extension AppState {
  /// The words being searched for; nil when the whole list is shown.
  var searchTerms: SearchTerms? {
    guard let terms = search?.terms, !terms.isEmpty else { return nil }
    return terms
  }

  var isSearching: Bool { focus == .inbox && (search?.isTyping ?? false) }

  /// Rows that the search line takes of the list.
  var inboxSearchRows: Int { search == nil ? 0 : 1 }
}
