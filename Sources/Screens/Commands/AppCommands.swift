// Rows of the command table: the app itself, and the composer.

extension Commands {
  static let app = [
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
      .tour,
      "Take the tour",
      keys: "T",
      in: Context.browse,
      word: "tour",
      help: "Five steps on made-up leads; nothing is stored or sent.",
      disabled: AppState.noTour
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
      .theme,
      "Colour theme",
      in: Context.browse,
      word: "theme",
      help: "Picks the screen's colours; each is shown while the cursor is on it."
    ),
    Command(
      .enter,
      "Enter sends, or begins a new line",
      in: Context.browse,
      word: "enter",
      help: "Your own choice; while Enter begins a new line, `Ctrl-X Ctrl-X` sends."
    ),
    Command(
      .refresh,
      "Refresh",
      keys: "R",
      in: Context.browse,
      hint: "R refresh",
      word: "refresh",
      help: "Reads everything on screen again; in a chat also files that could not be fetched."
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
      help: "Back to the login form.",
      disabled: AppState.onTour
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

  static let composing = [
    Command(
      .send,
      "Send",
      keys: "<Enter>,<C-X> <C-X>",
      in: [.compose],
      hint: "Enter send",
      help: "Sends the reply; it can be called back for a few seconds.",
      disabled: { state in
        state.opened?.composer.openPlaceholder.map { "Fill in {\($0)} before sending" }
      }
    ),
    Command(
      .writeToNext,
      "Write to the next waiting lead",
      keys: "<C-N>",
      in: [.compose],
      hint: "Ctrl-N next waiting",
      help: "Goes on to the next lead that waits; what is typed here stays a draft."
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
      .nextGap,
      "Next gap, or the emoji begun",
      keys: "<Tab>",
      in: [.compose],
      help: "To the next {gap} of a saved reply; after `:smi` puts the emoji in."
    ),
    Command(
      .editOutside,
      "Write in your editor",
      keys: "<C-X> <C-E>",
      in: [.compose, .chat],
      word: "edit",
      short: "Editor",
      help: "Opens the draft in $VISUAL or $EDITOR; what it saves comes back.",
      disabled: { needsOpened($0) ?? closedReason($0) }
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
      "Pick a saved reply",
      keys: "<C-T>",
      in: [.compose],
      hint: "Ctrl-T saved reply",
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
}
