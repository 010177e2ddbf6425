// What a bubble shows beside its words: the quoted message, how it came, a card, reactions, what it said
// before an edit. Called by ThreadLayout for each message, once per width.
import Model
import TerminalUI

/// A bubble's rows before they are placed.
struct BubbleParts {
  /// Above the words, or instead of them.
  var head: [[Span]] = []
  var text = ""
  var tail: [[Span]] = []

  /// `isErased`: the person was, and with them what was said.
  init(_ message: Message, width: Int, isErased: Bool) {
    if message.replyTo != nil { head.append(Self.quote(message, width: width)) }
    if message.deletedAt != nil {
      let who = message.direction == .inbound ? "the customer" : "the gym"
      let words = isErased ? "⊘ erased" : "⊘ deleted by " + who
      head = [[Span(Wrap.truncate(words, to: width), Theme.quiet)]]
    } else if let words = Self.mark(message) {
      text = words
    } else {
      let card = MessageCard(message.content)
      for line in card?.above ?? [] { head += Self.rows(line, width: width) }
      for line in card?.body ?? [] { head += Self.rows(line, width: width) }
      // A card stands for the words, never for the files.
      text = Self.words(message, hasCard: card.map { !$0.body.isEmpty } ?? false)
    }
    if let before = message.firstText, message.deletedAt == nil {
      let words = "edited, before: “\(Sanitizer.line(before, limit: 300))”"
      tail.append([Span(Wrap.truncate(words, to: width), Theme.quiet)])
    }
    if !message.reactions.isEmpty { tail.append(Self.reactions(message, width: width)) }
  }

  /// Its files, a line each, and its words.
  private static func words(_ message: Message, hasCard: Bool) -> String {
    let files = message.media.map { $0.line(isOurs: message.direction == .outbound) }
    if hasCard { return files.joined(separator: "\n") }
    let caption = Sanitizer.paragraph(message.caption, limit: 20_000)
    return (caption.isEmpty && !files.isEmpty ? files : files + [caption]).joined(separator: "\n")
  }

  /// The beginning of the quoted message on one line.
  private static func quote(_ message: Message, width: Int) -> [Span] {
    let words: String
    switch message.quote {
    case nil: words = "a message that is not here"
    case let quote? where quote.isDeleted: words = "a message that was deleted"
    case let quote?: words = Sanitizer.line(quote.text, limit: 200)
    }
    return [
      Span("│ ", Theme.accent), Span(Wrap.truncate(words, to: max(1, width - 2)), Theme.quiet),
    ]
  }

  /// What a reaction, edit or deletion says that has no bubble to stand on.
  private static func mark(_ message: Message) -> String? {
    switch message.kind {
    case .reaction where message.text.isEmpty: "took a reaction back"
    case .reaction: "reacted " + Sanitizer.line(message.text, limit: 40)
    case .edit where message.text.isEmpty: "changed it, and deleted it later"
    case .edit: "changed it to: " + Sanitizer.paragraph(message.text, limit: 20_000)
    case .revoke: "deleted it"
    default: nil
    }
  }

  private static func reactions(_ message: Message, width: Int) -> [Span] {
    let words = message.reactions.map { reaction in
      let emoji = Sanitizer.line(reaction.emoji, limit: 16)
      guard reaction.from != "customer" else { return emoji }
      return emoji + " " + Sanitizer.line(String(reaction.from.prefix { $0 != "@" }), limit: 20)
    }
    return [Span(Wrap.truncate(words.joined(separator: "  "), to: width), Theme.accent)]
  }

  /// A card's line, wrapped, at most four rows: a card is to be seen whole.
  private static func rows(_ line: MessageCard.Line, width: Int) -> [[Span]] {
    switch line {
    case .label(let words): wrapped(words, Theme.accent, width: width)
    case .title(let words): wrapped(words, Theme.strong, width: width)
    case .text(let words): wrapped(words, Theme.text, width: width, rows: 20)
    case .quiet(let words): wrapped(words, Theme.quiet, width: width)
    case .pair(let label, let value): pair(label, value, width: width)
    }
  }

  private static func wrapped(
    _ words: String,
    _ style: Style,
    width: Int,
    rows: Int = 4
  ) -> [[Span]] {
    let lines = Wrap.lines(Sanitizer.paragraph(words, limit: 4000), width: width)
    return lines.prefix(rows).enumerated().map { index, line in
      let isCut = index == rows - 1 && lines.count > rows
      return [Span(isCut ? Wrap.truncate(line + " …", to: width) : String(line), style)]
    }
  }

  /// The label in front of its value where there is room, else above it.
  private static func pair(_ label: String, _ value: String, width: Int) -> [[Span]] {
    let name = Sanitizer.line(label, limit: 60)
    let words = Sanitizer.line(value, limit: 600)
    let column = Width.of(name) + 2
    guard column + min(Width.of(words), 16) <= width else {
      return wrapped(name, Theme.quiet, width: width) + wrapped(words, Theme.text, width: width)
    }
    let lines = Wrap.lines(words, width: width - column).prefix(4)
    return lines.enumerated().map { index, line in
      [
        Span(index == 0 ? name + "  " : String(repeating: " ", count: column), Theme.quiet),
        Span(String(line)),
      ]
    }
  }
}
