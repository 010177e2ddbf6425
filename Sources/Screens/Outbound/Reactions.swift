// Reacting to a message with an emoji, and taking that back.
import Model
import TerminalUI

extension AppState {
  /// What people at a gym's desk answer with; others can be typed in a message.
  private static let reactions = [
    ("👍", "thumbs up"), ("❤️", "heart"), ("😂", "laughing"), ("😮", "surprised"), ("😢", "sad"),
    ("🙏", "thanks"), ("💪", "strong"), ("🎉", "party"), ("🔥", "fire"),
  ]

  mutating func pickReaction() {
    guard let message = selectedMessage, let lead = opened?.summary else { return }
    guard let id = message.providerID else {
      return complain("This message has not been sent yet, so there is nothing to react to")
    }
    if let reason = opened?.thread.closedReason { return complain(reason) }
    // Instagram takes one reaction from an app.
    let offered = Self.reactions.filter { message.channelKind != .instagram || $0.0 == "❤️" }
    var items = offered.map {
      PickerState.Item(title: $0.1, detail: $0.0, choice: .reaction($0.0, of: id))
    }
    items.append(
      PickerState.Item(
        title: "take my reaction back",
        choice: .reaction(nil, of: id)
      )
    )
    overlays.append(.picker(PickerState(title: "React", subject: lead, items: items)))
  }

  mutating func react(_ emoji: String?, to target: String, lead: LeadID?) {
    guard let lead else { return }
    endSelection()
    effects.append(
      .sendMessages(
        lead,
        [OutboundMessage(.reaction(emoji: emoji), text: emoji ?? "", replyTo: target)]
      )
    )
    say(emoji.map { "Reacted with \($0)" } ?? "Reaction taken back")
  }
}
