// Searching: the list follows what is typed, Enter opens at the words, Esc brings the list back.
import Model
import TerminalUI

extension AppState {
  /// `/`: begins a search, or goes on with the one there is.
  mutating func startSearch(_ text: String = "") {
    focus(.inbox)
    if search == nil {
      inboxBefore = inbox
      search = SearchState()
    }
    search?.isTyping = text.isEmpty
    guard !text.isEmpty else { return }
    search?.field.replace(with: text)
    searchChanged()
  }

  mutating func pressSearch(_ key: Key) {
    let before = search?.field.text
    _ = search?.field.handle(key)
    if search?.field.text != before { searchChanged() }
  }

  mutating func searchChanged() {
    inbox.jump = .first
    askInbox(.top)
  }

  /// The list as it was, with the cursor where it stood.
  mutating func endSearch() {
    guard search != nil else { return }
    search = nil
    opened?.thread.found = nil
    guard var before = inboxBefore else { return }
    inboxBefore = nil
    before.loading = inbox.loading
    before.jump = nil
    inbox = before
    refreshInbox()
  }

  /// Opens what the cursor is on, at the words where it was found by them.
  mutating func openFound() {
    guard inbox.cursorRow != nil else {
      return say(searchTerms == nil ? "Type a name, a number or a word" : "Nothing to open")
    }
    search?.isTyping = false
    openCursorLead()
  }

  /// The opened lead's places with the words, and the one that was found.
  mutating func seekFound(_ hit: SearchHit?) {
    guard let lead = opened?.id, let terms = searchTerms else { return }
    opened?.thread.found = FoundPlaces(terms: terms, current: hit?.message)
    effects.append(.findInThread(lead, terms))
    if let message = hit?.message { goTo(message) }
  }

  mutating func receiveFound(_ lead: LeadID, _ terms: SearchTerms, _ messages: [MessageID]) {
    guard opened?.id == lead, opened?.thread.found?.terms == terms else { return }
    opened?.thread.found?.messages = messages
  }

  /// `n` and `N`: in the list the next lead found, in a chat the next older place.
  mutating func nextFound(by step: Int) {
    guard focus == .thread, let found = opened?.thread.found else { return moveInbox(by: step) }
    guard !found.messages.isEmpty else { return say("The words are not in this chat") }
    let here = found.current.flatMap { found.messages.firstIndex(of: $0) }
    let next = here.map { $0 + step } ?? 0
    guard found.messages.indices.contains(next) else {
      return say(step > 0 ? "No older place with these words" : "No newer place with these words")
    }
    let message = found.messages[next]
    opened?.thread.found?.current = message
    goTo(message)
    say("\(next + 1) of \(found.messages.count)")
  }

  /// Scrolls to a message, however far back it is.
  mutating func goTo(_ message: MessageID) {
    opened?.thread.goal = .message(message)
    guard opened?.thread.messages.contains(where: { $0.id == message }) != true else { return }
    opened?.thread.window = .around(
      message,
      older: ThreadState.page / 2,
      newer: ThreadState.page / 2
    )
    askThread()
  }
}
