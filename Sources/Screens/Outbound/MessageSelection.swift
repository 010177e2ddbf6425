// Choosing a message of the conversation: to quote it, react to it, copy it, or take back one that was
// written for later. Called for the keys of the context "message".
import Model
import TerminalUI

/// The message that a reply quotes.
struct Quote: Equatable {
  var providerID: String
  /// Who wrote it, and its beginning, for one line above the text.
  var author: String
  var text: String
}

extension AppState {
  /// The chosen message, while one is chosen.
  var selectedMessage: Message? {
    guard let id = opened?.thread.selected else { return nil }
    return opened?.thread.messages.first { $0.id == id }
  }

  /// From the chat, or with Up in an empty composer: the newest message is chosen.
  mutating func selectMessage() {
    guard let newest = opened?.thread.messages.last else {
      return say("There is no message here to choose")
    }
    if isTyping { leaveComposer() }
    opened?.thread.selected = newest.id
    revealSelected()
  }

  mutating func moveSelection(by step: Int) {
    guard let thread = opened?.thread, let id = thread.selected,
      let place = thread.messages.firstIndex(where: { $0.id == id })
    else { return endSelection() }
    // Below the newest is the composer again.
    guard place + step < thread.messages.count else {
      endSelection()
      return startReply()
    }
    let target = max(0, place + step)
    opened?.thread.selected = thread.messages[target].id
    revealSelected()
    if target == 0, step < 0 { scrollThread(by: 1) }
  }

  mutating func endSelection() { opened?.thread.selected = nil }

  /// Scrolls as little as it takes to have the whole message on screen.
  private mutating func revealSelected() {
    guard let thread = opened?.thread, let id = thread.selected else { return }
    var below = 0
    for block in thread.blocks.reversed() {
      if block.message.id == id {
        let top = below + block.height
        var scroll = min(thread.scroll, below)
        scroll = max(scroll, top - threadHeight)
        opened?.thread.scroll = max(0, min(scroll, below))
        return
      }
      below += block.height
    }
  }

  /// Answers the chosen message: it stands above the text until that is sent.
  mutating func quoteSelected() {
    guard let message = selectedMessage else { return }
    guard let id = message.providerID else {
      return complain("This message has not been sent yet, so it can't be quoted")
    }
    endSelection()
    startReply()
    guard isTyping else { return }
    let quote = Quote(
      providerID: id,
      author: author(of: message),
      text: Sanitizer.line(message.words, limit: 300)
    )
    opened?.composer.quote = quote
  }

  private func author(of message: Message) -> String {
    if message.direction == .inbound { return opened.map { firstName($0.summary) } ?? "They" }
    if message.author == session?.user.id { return "You" }
    return userName(message.author) ?? "Gym"
  }

  mutating func copySelected() {
    guard let message = selectedMessage else { return }
    effects.append(.copy(message.text))
    endSelection()
    say("Copied the message")
  }
}
