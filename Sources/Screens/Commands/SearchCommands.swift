// Rows of the command table: finding leads, marking them.
import Model

extension Commands {
  static let finding = [
    Command(
      .find,
      "Find a lead",
      keys: "/",
      in: Context.browse,
      hint: "/ find",
      word: "search",
      help: "By name, a part of the phone number, or words of messages and notes."
    ),
    Command(
      .nextFound,
      "Next place found",
      keys: "n",
      in: Context.aboutLead,
      hint: "n next found",
      help: "The next lead found; in a chat the next older message with the words.",
      disabled: needsSearch
    ),
    Command(
      .previousFound,
      "Previous place found",
      keys: "N",
      in: Context.aboutLead,
      help: "The one before.",
      disabled: needsSearch
    ),
    Command(
      .openFound,
      "Open what was found",
      keys: "<Enter>",
      in: [.search],
      hint: "Enter open",
      help: "Opens the lead, in the chat at the words."
    ),
    Command(
      .foundDown,
      "Next in the list",
      keys: "<Down>,<C-N>",
      in: [.search],
      hint: "↑↓ move",
      help: "The next lead found."
    ),
    Command(
      .foundUp,
      "Previous in the list",
      keys: "<Up>,<C-P>",
      in: [.search],
      help: "The lead found before."
    ),
    Command(
      .keepFound,
      "To the list",
      keys: "<Tab>",
      in: [.search],
      hint: "Tab to the list",
      help: "Keeps what was found; the keys of the inbox work on it."
    ),
    Command(
      .endSearch,
      "End the search",
      keys: "<Esc>,<C-C>",
      in: [.search],
      hint: "Esc back",
      help: "The list as it was."
    ),
  ]

  @Sendable static func needsSearch(_ state: AppState) -> String? {
    state.searchTerms == nil ? "Search first: / and a word" : nil
  }
}
