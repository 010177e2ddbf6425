// Rows of the command table: the page of saved replies and WhatsApp's templates.
import Model

extension Commands {
  static let templates = [
    Command(
      .templates,
      "Saved replies and templates",
      keys: "g t",
      in: Context.browse,
      word: "templates",
      short: "Templates",
      help: "The gym's saved replies and WhatsApp's templates: read, write, delete."
    ),
    Command(
      .syncTemplates,
      "Read WhatsApp's templates anew",
      in: Context.browse,
      word: "sync",
      help: "The worker asks WhatsApp for them now; it does so every hour by itself."
    ),
    Command(
      .editTemplate,
      "Edit the template",
      keys: "e,<Enter>,l,<Right>",
      in: [.templates],
      hint: "e edit",
      help: "Opens the saved reply or template under the cursor.",
      disabled: { maySet($0) ?? needsTemplate($0) }
    ),
    Command(
      .newReply,
      "New saved reply",
      keys: "n",
      in: [.templates],
      hint: "n new reply",
      help: "A text to answer with; {first_name} and other gaps are filled in.",
      disabled: maySet
    ),
    Command(
      .newWhatsAppTemplate,
      "New WhatsApp template",
      keys: "N",
      in: [.templates],
      hint: "N new template",
      help: "Goes to WhatsApp for review; approved, it can be sent outside the window.",
      disabled: maySet
    ),
    Command(
      .deleteTemplate,
      "Delete the template",
      keys: "D",
      in: [.templates],
      hint: "D delete",
      help: "The saved reply or template under the cursor; a word has to be typed for it.",
      disabled: { maySet($0) ?? needsTemplate($0) }
    ),
    Command(
      .syncNow,
      "Sync with WhatsApp",
      keys: "S",
      in: [.templates],
      hint: "S sync",
      help: "The worker reads WhatsApp's templates anew."
    ),
  ]

  @Sendable private static func maySet(_ state: AppState) -> String? {
    state.maySetTemplates ? nil : "Only an owner or admin changes templates"
  }

  @Sendable private static func needsTemplate(_ state: AppState) -> String? {
    state.chosenTemplate == nil ? "There is no template under the cursor" : nil
  }
}
