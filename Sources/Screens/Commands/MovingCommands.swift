// Rows of the command table: moving about in lists, chats and panes.
import Model

extension Commands {
  static let moving = [
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

  static let panes = [
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
      short: "Lead",
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
      .openTroubled,
      "Show the sends in trouble",
      keys: "<Enter>",
      in: [.dashboard],
      hint: "Enter sends in trouble",
      help: "The leads whose last message failed or is maybe sent.",
      disabled: { $0.dashboard.numbers?.troubledSends ?? 0 == 0 ? "No send is in trouble" : nil }
    ),
    Command(
      .zoom,
      "Zoom the pane",
      keys: "+,_",
      in: Context.browse,
      word: "zoom",
      help: "The focused pane fills the screen, and back."
    ),
    Command(
      .narrower,
      "Narrower list",
      keys: "<lt>",
      in: Context.browse,
      word: "narrower",
      help: "Moves the border beside the list, or beside the lead's details when they are focused."
    ),
    Command(
      .wider,
      "Wider list",
      keys: ">",
      in: Context.browse,
      word: "wider",
      help: "The same the other way; the mouse drags the border too. The width is remembered."
    ),
  ]
}
