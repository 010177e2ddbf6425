// Rows of the command table: marking leads, so that an act is about many.

extension Commands {
  static let marking = [
    Command(
      .mark,
      "Mark the lead",
      keys: "<Space>",
      in: [.inbox],
      word: "mark",
      help: "Marks it or takes the mark away; s, a, A and e then act on all that are marked.",
      disabled: needsSubject
    ),
    Command(
      .markRange,
      "Mark a range",
      keys: "v",
      in: [.inbox],
      help: "Once at its beginning, once at its end.",
      disabled: needsSubject
    ),
    Command(
      .markAll,
      "Mark all",
      keys: "*",
      in: [.inbox],
      help: "All leads listed, or none of them.",
      disabled: needsSubject
    ),
  ]
}
