// Rows of the command table: notices about the gym's accounts.
import Model

extension Commands {
  static let notices = [
    Command(
      .goNotices,
      "Go to the notices",
      keys: "g n",
      in: Context.browse,
      word: "notices",
      help: "What the provider says of your accounts: quality, limits, templates, bans."
    ),
    Command(
      .openNotice,
      "Open the notice",
      keys: "<Enter>,l,<Right>",
      in: [.notices],
      hint: "Enter open",
      help: "The notice in full: what it means and what to do.",
      disabled: needsNotice
    ),
    Command(
      .readNotice,
      "Mark the notice as read",
      keys: "r",
      in: [.notices],
      hint: "r read",
      help: "For everybody; it is kept who read it.",
      disabled: { state in
        needsNotice(state)
          ?? (state.notices.subject?.isUnread == false ? "This notice is read" : nil)
      }
    ),
    Command(
      .readAllNotices,
      "Mark all notices as read",
      keys: "A",
      in: [.notices],
      hint: "A all read",
      help: "Takes the badge out of the status bar.",
      disabled: { $0.notices.unread == 0 ? "No notice is unread" : nil }
    ),
  ]

  @Sendable static func needsNotice(_ state: AppState) -> String? {
    state.notices.subject == nil ? "There is no notice under the cursor" : nil
  }
}
