// Rows of the command table: the journal of webhooks.
import Model

extension Commands {
  static let journal = [
    Command(
      .goJournal,
      "Go to the journal",
      keys: "g j",
      in: Context.browse,
      word: "journal",
      help: "What came in, what it became, and what could not be understood."
    ),
    Command(
      .openEvent,
      "Open the event",
      keys: "<Enter>,l,<Right>",
      in: [.journal],
      hint: "Enter open",
      help: "The event with its raw body; personal data is hidden.",
      disabled: needsEvent
    ),
    Command(
      .showRaw,
      "Show what is hidden",
      keys: "v",
      in: [.journal],
      hint: "v show all",
      help: "The event's body with nothing hidden, and back; it is written down who looked.",
      disabled: needsEvent
    ),
    Command(
      .replayEvent,
      "Apply the event again",
      keys: "r",
      in: [.journal],
      hint: "r replay",
      help: "What is there already changes nothing.",
      disabled: needsEvent
    ),
    Command(
      .replayParked,
      "Apply all parked events again",
      keys: "P",
      in: [.journal],
      hint: "P replay parked",
      word: "replay",
      help: "After an update, or once a channel was added to the config.",
      disabled: { ($0.journal.page?.parked ?? 0) == 0 ? "No event is parked" : nil }
    ),
    Command(
      .filterJournal,
      "Parked events only, or all",
      keys: "f",
      in: [.journal],
      hint: "f parked",
      help: "Shows only events that could not be applied, and back."
    ),
    Command(
      .openEventLead,
      "Open the event's lead",
      keys: "o",
      in: [.journal],
      hint: "o lead",
      help: "The conversation that the event added to.",
      disabled: { state in
        needsEvent(state)
          ?? (state.journal.subject?.lead == nil ? "No conversation came of this event" : nil)
      }
    ),
  ]

  @Sendable static func needsEvent(_ state: AppState) -> String? {
    state.journal.subject == nil ? "There is no event under the cursor" : nil
  }
}
