// The table of commands. To add one: a row here, a case in Command.ID, a case in AppState.run.
// Footer, `?`, `:` and docs/keys.md follow by themselves.
import Model
import TerminalUI

enum Commands {
  static let all: [Command] = moving + panes + leads + thread + app + composing

  static func command(_ id: Command.ID) -> Command? { all.first { $0.id == id } }

  private static let moving = [
    Command(
      .down,
      "Move down",
      keys: "j,<Down>",
      in: Context.browse,
      hint: "j/k move",
      help: "The next row or line."
    ),
    Command(
      .up,
      "Move up",
      keys: "k,<Up>",
      in: Context.browse,
      help: "The previous row or line."
    ),
    Command(
      .first,
      "Go to the top",
      keys: "g g,<Home>",
      in: Context.browse,
      help: "The first row; in a chat the oldest message."
    ),
    Command(
      .last,
      "Go to the end",
      keys: "G,<End>",
      in: Context.browse,
      help: "The last row; in a chat the newest message."
    ),
    Command(
      .halfDown,
      "Half a page down",
      keys: "<C-d>",
      in: Context.browse,
      help: "Half a screen further."
    ),
    Command(
      .halfUp,
      "Half a page up",
      keys: "<C-U>",
      in: Context.browse,
      help: "Half a screen back."
    ),
    Command(
      .pageDown,
      "Page down",
      keys: "<PgDn>,<C-F>",
      in: Context.browse,
      help: "A screen further."
    ),
    Command(
      .pageUp,
      "Page up",
      keys: "<PgUp>,<C-B>",
      in: Context.browse,
      help: "A screen back."
    ),
  ]

  private static let panes = [
    Command(
      .open,
      "Open the lead",
      keys: "<Enter>,l,<Right>",
      in: [.inbox],
      hint: "Enter open",
      help: "Opens the lead under the cursor; the chat and lead panes keep it until the next.",
      disabled: { $0.inbox.cursorRow == nil ? "There is no lead under the cursor" : nil }
    ),
    Command(
      .forward,
      "To the lead's details",
      keys: "l,<Right>",
      in: [.chat],
      help: "Moves on to the lead pane.",
      disabled: needsOpened
    ),
    Command(
      .back,
      "Back",
      keys: "<Esc>,h,<Left>",
      in: Context.browse,
      hint: "Esc back",
      help: "Back to where you came from."
    ),
    Command(
      .nextPane,
      "Next pane",
      keys: "<Tab>",
      in: Context.browse,
      help: "The focus moves to the next pane."
    ),
    Command(
      .previousPane,
      "Previous pane",
      keys: "<S-Tab>",
      in: Context.browse,
      help: "The focus moves to the previous pane."
    ),
    Command(
      .goInbox,
      "Go to the inbox",
      keys: "1,g i",
      in: Context.browse,
      word: "inbox",
      help: "The list of leads."
    ),
    Command(
      .goChat,
      "Go to the chat",
      keys: "2,g c",
      in: Context.browse,
      word: "chat",
      help: "The opened lead's conversation."
    ),
    Command(
      .goLead,
      "Go to the lead's details",
      keys: "3,g l",
      in: Context.browse,
      word: "lead",
      help: "Contact, source, notes and timeline of the opened lead."
    ),
    Command(
      .goDashboard,
      "Go to the dashboard",
      keys: "4,g d",
      in: Context.browse,
      word: "dashboard",
      help: "The gym's numbers now."
    ),
    Command(
      .zoom,
      "Zoom the pane",
      keys: "+,_",
      in: Context.browse,
      word: "zoom",
      help: "The focused pane fills the screen, and back."
    ),
  ]

  private static let leads = [
    Command(
      .reply,
      "Reply",
      keys: "r,i",
      in: Context.aboutLead,
      hint: "r reply",
      word: "reply",
      help: "Opens the lead and starts writing.",
      disabled: { needsSubject($0) ?? closedReason($0) }
    ),
    Command(
      .answer,
      "Reply",
      keys: "<Enter>",
      in: [.chat],
      help: "Starts writing.",
      disabled: { needsOpened($0) ?? closedReason($0) }
    ),
    Command(
      .nextWaiting,
      "Next waiting lead",
      keys: "]",
      in: Context.browse,
      hint: "] next waiting",
      word: "next",
      help: "The cursor goes to the next lead that waits for an answer."
    ),
    Command(
      .previousWaiting,
      "Previous waiting lead",
      keys: "[",
      in: Context.browse,
      word: "previous",
      help: "The cursor goes to the previous lead that waits for an answer."
    ),
    Command(
      .filter,
      "Filter the inbox",
      keys: "f",
      in: [.inbox],
      hint: "f filter",
      word: "filter",
      help: "Open, mine, unassigned, needs reply or all leads."
    ),
    Command(
      .stage,
      "Change the stage",
      keys: "s",
      in: Context.aboutLead,
      hint: "s stage",
      word: "stage",
      help: "Moves the lead in the pipeline; digits pick directly, Lost asks for a reason.",
      disabled: needsSubject
    ),
    Command(
      .assign,
      "Assign to",
      keys: "a",
      in: Context.aboutLead,
      hint: "a assign",
      word: "assign",
      help: "Gives the lead to somebody, or to nobody.",
      disabled: needsSubject
    ),
    Command(
      .assignToMe,
      "Assign to me",
      keys: "A",
      in: Context.aboutLead,
      word: "mine",
      help: "Takes the lead.",
      disabled: { state in
        needsSubject(state)
          ?? (state.subject?.owner == state.session?.user.id ? "The lead is yours already" : nil)
      }
    ),
    Command(
      .note,
      "Add a note",
      keys: "c",
      in: Context.aboutLead,
      hint: "c note",
      word: "note",
      help: "A remark that only the gym sees.",
      disabled: needsSubject
    ),
    Command(
      .noReplyNeeded,
      "No reply needed",
      keys: "e",
      in: Context.aboutLead,
      word: "done",
      help: "Takes the lead out of those that wait.",
      disabled: { state in
        needsSubject(state)
          ?? (state.subject?.needsReply ?? false ? nil : "Nothing of theirs waits for an answer")
      }
    ),
    Command(
      .copyPhone,
      "Copy the phone number",
      keys: "y p",
      in: Context.aboutLead,
      help: "To the terminal's clipboard.",
      disabled: { needsDetail($0) }
    ),
    Command(
      .copyLink,
      "Copy a link to the lead",
      keys: "y l",
      in: Context.aboutLead,
      help: "The newest link in the chat, else the profile's address.",
      disabled: { needsDetail($0) }
    ),
    Command(
      .copyMessage,
      "Copy the newest message",
      keys: "y m",
      in: Context.aboutLead,
      help: "Their newest message, as they wrote it.",
      disabled: needsOpened
    ),
  ]

  private static let thread = [
    Command(
      .quickReply,
      "Quick replies",
      keys: "t",
      in: Context.aboutLead,
      hint: "t quick reply",
      word: "template",
      help: "Picks a saved reply and fills in its gaps.",
      disabled: { needsSubject($0) ?? closedReason($0) }
    ),
    Command(
      .confirmSent,
      "It was sent",
      keys: "m",
      in: [.chat],
      help: "For a message that is maybe sent: it was.",
      disabled: { $0.unconfirmed == nil ? "No message here is unconfirmed" : nil }
    ),
    Command(
      .sendAgain,
      "Send it again",
      keys: "M",
      in: [.chat],
      help: "For a message that is maybe sent, or failed: send it again.",
      disabled: { state in
        state.unconfirmed == nil && state.failed == nil ? "No message here failed" : nil
      }
    ),
    Command(
      .undo,
      "Undo",
      keys: "u",
      in: Context.browse,
      hint: "u undo",
      word: "undo",
      help: "Calls back a reply in its undo window, else reverses your last act."
    ),
    Command(
      .redo,
      "Redo",
      keys: "U",
      in: Context.browse,
      word: "redo",
      help: "Does again what was undone."
    ),
  ]

  private static let app = [
    Command(
      .help,
      "Help",
      keys: "?",
      in: Context.browse,
      hint: "? help",
      word: "help",
      help: "The keys that work here; type to search, Enter runs."
    ),
    Command(
      .palette,
      "Command line",
      keys: ":",
      in: Context.browse,
      help: "Any command by name, with an argument: `:stage won`."
    ),
    Command(
      .search,
      "Find a command",
      keys: "<C-P>",
      in: Context.browse,
      help: "Any command by a few of its letters."
    ),
    Command(
      .mouse,
      "Mouse on or off",
      keys: "%",
      in: Context.browse,
      word: "mouse",
      help: "Off lets the terminal select text."
    ),
    Command(
      .refresh,
      "Refresh",
      keys: "R",
      in: Context.browse,
      hint: "R refresh",
      word: "refresh",
      help: "Reads everything on screen again."
    ),
    Command(
      .redraw,
      "Redraw the screen",
      keys: "<C-L>",
      in: Context.browse + [.compose],
      help: "Paints every cell again."
    ),
    Command(
      .suspend,
      "Suspend",
      keys: "<C-Z>",
      in: Context.browse + [.compose],
      help: "Back to the shell; `fg` returns."
    ),
    Command(
      .cancel,
      "Cancel",
      keys: "<C-C>",
      in: Context.browse,
      help: "Cancels what is under way; twice within two seconds offers to quit."
    ),
    Command(
      .signOut,
      "Sign out",
      in: Context.browse,
      word: "logout",
      help: "Back to the login form."
    ),
    Command(
      .quit,
      "Back, or quit",
      keys: "q",
      in: Context.browse,
      word: "quit",
      help: "Back; in the inbox it quits, and asks only when a reply is not sent yet."
    ),
  ]

  private static let composing = [
    Command(
      .send,
      "Send",
      keys: "<Enter>",
      in: [.compose],
      hint: "Enter send",
      help: "Sends the reply; it can be called back for a few seconds.",
      disabled: { state in
        state.opened?.composer.openPlaceholders.first.map { "Fill in {\($0)} before sending" }
      }
    ),
    Command(
      .newline,
      "New line",
      keys: "<C-J>,<A-Enter>",
      in: [.compose],
      hint: "Ctrl-J new line",
      help: "A new line in the reply."
    ),
    Command(
      .leave,
      "Leave, keep the draft",
      keys: "<Esc>",
      in: [.compose],
      hint: "Esc leave",
      help: "Back to the chat; the draft stays."
    ),
    Command(
      .insertQuickReply,
      "Quick replies",
      keys: "<C-T>",
      in: [.compose],
      hint: "Ctrl-T quick reply",
      help: "Puts a saved reply in at the cursor."
    ),
    Command(
      .clear,
      "Clear the text",
      keys: "<C-C>",
      in: [.compose],
      hint: "Ctrl-C clear",
      help: "Empties the composer."
    ),
    Command(
      .undoTyping,
      "Bring back",
      keys: "<C-_>",
      in: [.compose],
      help: "Brings back cleared text, or calls back the reply just sent."
    ),
  ]

  @Sendable private static func needsSubject(_ state: AppState) -> String? {
    state.subject == nil ? "Put the cursor on a lead first" : nil
  }

  @Sendable private static func needsOpened(_ state: AppState) -> String? {
    state.opened == nil ? "Open a lead first: Enter in the inbox" : nil
  }

  @Sendable private static func needsDetail(_ state: AppState) -> String? {
    needsSubject(state)
      ?? (state.subject?.id == state.opened?.detail?.summary.id ? nil : "Open the lead first")
  }

  @Sendable private static func closedReason(_ state: AppState) -> String? {
    state.subject?.id == state.opened?.id ? state.opened?.thread.closedReason : nil
  }
}
