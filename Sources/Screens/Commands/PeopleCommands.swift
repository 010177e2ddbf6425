// Rows of the command table: who a lead is.
import Model

extension Commands {
  static let people = [
    Command(
      .merge,
      "Same person as another lead",
      keys: "=",
      in: Context.aboutLead,
      word: "merge",
      help:
        "Makes two leads one, or says that two that look alike are two people; u takes it back.",
      disabled: needsSubject
    ),
    Command(
      .erase,
      "Erase this person",
      in: Context.aboutLead,
      word: "erase",
      help: "Forgets them for good: names, chats, notes, files. Owners and admins only.",
      disabled: { state in
        needsSubject(state)
          ?? (state.session?.user.role == .staff ? "Only an owner or admin erases people" : nil)
      }
    ),
  ]
}
