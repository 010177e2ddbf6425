// Rows of the command table: what is done to a lead and to the messages of its chat.
import Model

extension Commands {
  static let leads = [
    Command(
      .reply,
      "Reply",
      keys: "r,i",
      in: Context.aboutLead,
      hint: "r reply",
      word: "reply",
      help: "Opens the lead and starts writing; outside the window it offers WhatsApp's templates.",
      disabled: { needsSubject($0) ?? silenced($0) }
    ),
    Command(
      .answer,
      "Reply",
      keys: "<Enter>",
      in: [.chat],
      help: "Starts writing.",
      disabled: { needsOpened($0) ?? silenced($0) }
    ),
    Command(
      .nextWaiting,
      "Next waiting lead",
      keys: "]",
      in: Context.browse,
      hint: "] next waiting",
      word: "next",
      help: "The next lead that waits for an answer: the inbox goes to it, a chat opens it."
    ),
    Command(
      .previousWaiting,
      "Previous waiting lead",
      keys: "[",
      in: Context.browse,
      word: "previous",
      help: "The lead before that waits for an answer."
    ),
    Command(
      .filter,
      "Filter the inbox",
      keys: "f",
      in: [.inbox],
      hint: "f filter",
      word: "filter",
      help: "Open, mine, unassigned, needs reply, send trouble or all leads."
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
          ?? (state.markedLeads == nil && state.subject?.owner == state.session?.user.id
            ? "The lead is yours already" : nil)
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
      hint: "e no reply needed",
      word: "done",
      help: "Takes the lead out of those that wait.",
      disabled: { state in
        needsSubject(state)
          ?? (state.markedLeads != nil || state.subject?.needsReply ?? false
            ? nil : "Nothing of theirs waits for an answer")
      }
    ),
    Command(
      .copyPhone,
      "Copy the phone number",
      keys: "y p",
      in: Context.aboutLead,
      short: "Phone number",
      help: "To the terminal's clipboard.",
      disabled: { needsDetail($0) }
    ),
    Command(
      .copyLink,
      "Copy a link to the lead",
      keys: "y l",
      in: Context.aboutLead,
      short: "Link",
      help: "The newest link in the chat, else the profile's address.",
      disabled: { needsDetail($0) }
    ),
    Command(
      .copyMessage,
      "Copy the newest message",
      keys: "y m",
      in: Context.aboutLead,
      short: "Newest message",
      help: "Their newest message, as they wrote it.",
      disabled: needsOpened
    ),
  ]

  static let thread = [
    Command(
      .quickReply,
      "Pick a saved reply",
      keys: "t",
      in: Context.aboutLead,
      hint: "t saved reply",
      word: "template",
      help: "Picks a saved reply and fills in its gaps.",
      disabled: { needsSubject($0) ?? silenced($0) }
    ),
    Command(
      .openFile,
      "Open a file or link",
      keys: "o",
      in: [.chat],
      hint: "o open",
      word: "open",
      help: "A photo, document or link of the chat; over SSH it says where the file is.",
      disabled: { state in
        needsOpened(state) ?? (state.hasOpenables ? nil : "No file and no link here")
      }
    ),
    Command(
      .pictures,
      "Pictures in the chat",
      keys: "p",
      in: [.chat],
      word: "pictures",
      help: "Draws photos in block characters, and back; needs chafa on this machine.",
      disabled: needsOpened
    ),
    Command(
      .confirmSent,
      "It was sent",
      keys: "m",
      in: [.chat],
      help: "For a message that is maybe sent: it was.",
      disabled: { $0.unconfirmed == nil ? "No message here is maybe sent" : nil }
    ),
    Command(
      .sendAgain,
      "Send it again",
      keys: "M",
      in: [.chat],
      help: "For a message that is maybe sent, or failed: send it again.",
      disabled: { state in
        state.unconfirmed == nil && state.failed == nil
          ? "No message here is maybe sent or failed" : nil
      }
    ),
    Command(
      .undo,
      "Undo",
      keys: "u",
      in: Context.browse + [.message],
      hint: "u undo",
      word: "undo",
      help: "Takes back what you did last, or a message that has not left; a chosen one first."
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
}
