// Rows of the command table: choosing messages, and what can be sent beside a plain reply.
import Model

extension Commands {
  static let outbound = [
    Command(
      .selectMessage,
      "Choose a message",
      keys: "v",
      in: [.chat],
      word: "select",
      help: "To quote it, react to it or copy it; Up in an empty reply does the same.",
      disabled: needsOpened
    ),
    Command(
      .selectUp,
      "The message above",
      keys: "k,<Up>",
      in: [.message],
      help: "The older message."
    ),
    Command(
      .selectDown,
      "The message below",
      keys: "j,<Down>",
      in: [.message],
      help: "The newer message; below the newest the reply begins."
    ),
    Command(
      .quote,
      "Reply to this message",
      keys: "r,<Enter>",
      in: [.message],
      hint: "r quote",
      help: "Starts a reply that quotes it.",
      disabled: closedReason
    ),
    Command(
      .react,
      "React",
      keys: "e",
      in: [.message],
      hint: "e react",
      help: "Answers it with an emoji, or takes that back.",
      disabled: closedReason
    ),
    Command(
      .copySelected,
      "Copy this message",
      keys: "y",
      in: [.message],
      hint: "y copy",
      help: "To the terminal's clipboard."
    ),
    Command(
      .endSelection,
      "Back to the chat",
      keys: "<Esc>,h,q",
      in: [.message],
      hint: "Esc back",
      help: "No message is chosen any more."
    ),
    Command(
      .sendLater,
      "Send later",
      keys: "<C-X> l",
      in: [.chat, .compose],
      word: "later",
      short: "Later",
      help: "Asks for a time such as fri 9:00; u takes it back."
    ),
    Command(
      .attach,
      "Attach a file",
      keys: "<C-X> a",
      in: [.chat, .compose],
      word: "attach",
      short: "File",
      help: "Sends a picture, video, sound or document; what is typed is its caption.",
      disabled: { needsOpened($0) ?? closedReason($0) }
    ),
    Command(
      .choices,
      "Answers to choose from",
      keys: "<C-X> b",
      in: [.compose],
      word: "buttons",
      short: "Answers",
      help: "Buttons or a list under what is typed: Yes | No.",
      disabled: closedReason
    ),
    Command(
      .place,
      "Send a place",
      keys: "<C-X> p",
      in: [.chat, .compose],
      word: "place",
      short: "Place",
      help: "A point on the map, by its coordinates.",
      disabled: { needsOpened($0) ?? closedReason($0) }
    ),
    Command(
      .whatsAppTemplate,
      "WhatsApp template",
      keys: "W",
      in: Context.aboutLead,
      word: "wa",
      help: "Picks an approved template, fills in its gaps and sends it, also outside the window.",
      disabled: { state in
        if let reason = needsSubject(state) { return reason }
        guard let lead = state.subject, !state.takesTemplates(lead) else { return nil }
        return [.instagram, .messenger].contains(lead.channelKind)
          ? "\(lead.channelKind.title) has no templates"
          : "No approved template of WhatsApp can reach this lead: g t shows them"
      }
    ),
  ]
}
