// What can be typed in the plain mode: one line of words in, lines of words out, no screen. Knows no
// terminal; PlainMode reads and prints.
import Desk
import Model
import Screens
import Store
import TerminalUI

/// A person's place in the plain mode.
struct PlainDesk {
  let desk: FrontDesk
  let seat: Seat
  let book: FrontDesk.Book?
  /// What the numbers of the last list stand for, and how many of it were read out.
  var listed: [LeadSummary] = []
  var readOut = 0
  /// How much of the open lead was read, and whether there is more.
  var readCount = PlainDesk.page
  var hasOlder = false
  /// The lead that reply, stage and the others are about.
  var current: LeadID?
  /// A list that a bare number answers.
  var question: Question?
  /// Lines of a reply or note that goes on.
  var written: [String] = []
  /// What undo takes back, newest last.
  private var deeds: [Deed] = []
  var isLeaving = false

  enum Question: Equatable {
    case stage(LeadID, [Stage])
    case lostReason(LeadID, Stage)
    case reply(LeadID)
    case note(LeadID)
    /// Whether several lines that came at once are meant as a reply, or as a note.
    case several(LeadID, String, isNote: Bool)
    /// Whether a number is meant as a reply: it may be one of the last list.
    case number(LeadID, String)
  }

  private enum Deed {
    /// The desk knows how to reverse it.
    case change
    case reply(MessageID, LeadID)
  }

  static let help = [
    "list: leads in the inbox, numbered. list waiting, list mine and list all show others.",
    "more: the next leads of the list.",
    "A number, or read and a number: opens that lead and reads its newest messages.",
    "older: reads more of the open lead's messages.",
    "reply, or reply and the text: writes to the open lead. An empty line sends nothing.",
    "A line of a reply or note that ends in a backslash goes on in the next one.",
    "Lines pasted after reply are one reply; pasted elsewhere they run nothing.",
    "next: opens the next lead that waits for an answer.",
    "stage: lists the stages, a number picks one. stage and a name does it at once.",
    "assign me, assign nobody, assign and a name: hands the lead over.",
    "note and the text: adds a note that customers never see.",
    "done: no reply needed.",
    "undo: takes back the last thing you did; a reply while it waits to be sent.",
    "Ctrl-C leaves a question; what was written is kept as a draft.",
    "quit, Ctrl-D, or Ctrl-C twice: leaves.",
  ]

  /// What leaves a list that a number would answer.
  private static let commands: Set<String> = [
    "help", "?", "list", "more", "read", "older", "next", "reply", "stage", "assign", "note",
    "done", "undo", "quit", "exit",
  ]

  init(desk: FrontDesk, seat: Seat) throws {
    self.desk = desk
    self.seat = seat
    book = try desk.book(seat: seat)
  }

  /// Carries out one line; several at once only where they are a text.
  mutating func take(_ entry: PlainEntry) -> [String] {
    let text = entry.text.trimmed
    do {
      if text.contains("\n"), let words = several(text, entry) { return words }
      if let user = seat.actor.user, try !desk.store.isActive(user) {
        isLeaving = true
        return ["This account has been disabled: ask an admin."]
      }
      if let question { return try answer(question, text) }
      let (word, rest) = text.firstWord
      return try run(word.lowercased(), rest)
    } catch let refusal as Refusal {
      return ["Not done: " + refusal.text]
    } catch {
      return ["Not done: \(error)"]
    }
  }

  private mutating func run(_ word: String, _ rest: String) throws -> [String] {
    switch word {
    case "": return []
    case "help", "?", "h": return Self.help
    case "list", "l": return try list(rest)
    case "more": return try more()
    case "read", "r": return try open(number: rest)
    case "older":
      guard hasOlder || current == nil else { return ["There are no older messages."] }
      return try read(count: readCount + Self.page)
    case "next", "n": return try openNext()
    case "reply", "stage", "assign", "note", "done": return try change(word, rest)
    case "undo", "u": return [try undo()]
    case "quit", "q", "exit":
      isLeaving = true
      return ["Goodbye."]
    default:
      if Int(word) != nil { return try open(number: word) }
      return ["There is no command \(word). help lists them."]
    }
  }

  private mutating func change(_ word: String, _ rest: String) throws -> [String] {
    guard let lead = current else { return ["Open a lead first: list, then its number."] }
    switch word {
    case "reply":
      if let number = Int(rest), listed.indices.contains(number - 1) {
        question = .number(lead, rest)
        return ["Reply to \(name(of: lead)) with “\(rest)”? y or n:"]
      }
      guard rest.isEmpty else { return try answer(.reply(lead), rest) }
      question = .reply(lead)
      return try askForReply(lead)
    case "stage": return try stage(lead, rest)
    case "assign": return [try assign(lead, rest)]
    case "note":
      guard rest.isEmpty else { return try answer(.note(lead), rest) }
      question = .note(lead)
      return try askForNote(lead)
    default: return [did(try desk.noReplyNeeded(lead, by: seat), to: lead)]
    }
  }

  // MARK: changing

  private mutating func answer(_ asked: Question, _ text: String) throws -> [String] {
    question = nil
    guard !text.isEmpty || !written.isEmpty else { return try nothing(asked) }
    switch asked {
    case .reply, .note:
      if text.hasSuffix("\\") {
        written.append(String(text.dropLast()))
        question = asked
        return ["The next line; empty ends it:"]
      }
      return try finish(asked, text)
    case .several(let lead, let lines, let isNote):
      guard let isMeant = confirmed(asked, text) else { return ["y or n:"] }
      return isMeant ? try finish(isNote ? .note(lead) : .reply(lead), lines) : try nothing(asked)
    case .number(let lead, let number):
      guard let isMeant = confirmed(asked, text) else { return ["y or n:"] }
      return isMeant ? try finish(.reply(lead), number) : try nothing(asked)
    case .lostReason(let lead, let stage):
      return [did(try desk.setStage(lead, to: stage.id, reason: text, by: seat), to: lead)]
    case .stage(let lead, let stages):
      if let number = Int(text), stages.indices.contains(number - 1) {
        return try move(lead, to: stages[number - 1])
      }
      if let named = stages.named(text) { return try move(lead, to: named) }
      let (word, rest) = text.firstWord
      if Self.commands.contains(word.lowercased()) { return try run(word.lowercased(), rest) }
      question = asked
      return ["There is no stage \(text). A number from 1 to \(stages.count), or empty for none:"]
    }
  }

  /// Nil asks again.
  private mutating func confirmed(_ asked: Question, _ answer: String) -> Bool? {
    switch answer.lowercased() {
    case "y", "yes": return true
    case "n", "no": return false
    default:
      question = asked
      return nil
    }
  }

  private mutating func stage(_ lead: LeadID, _ name: String) throws -> [String] {
    let stages = (book?.stages ?? []).sorted { $0.position < $1.position }
    if let named = stages.named(name) { return try move(lead, to: named) }
    guard name.isEmpty else { return ["There is no stage \(name). stage lists them."] }
    question = .stage(lead, stages)
    return stages.enumerated().map { "\($0 + 1). " + Sanitizer.line($1.name) }
      + ["Which number? Empty for none:"]
  }

  private mutating func move(_ lead: LeadID, to stage: Stage) throws -> [String] {
    guard stage.kind != .lost else {
      question = .lostReason(lead, stage)
      return ["Why? On one line; empty leaves the stage as it is:"]
    }
    return [did(try desk.setStage(lead, to: stage.id, reason: nil, by: seat), to: lead)]
  }

  private mutating func assign(_ lead: LeadID, _ name: String) throws -> String {
    if name.lowercased() == "nobody" {
      return did(try desk.assign(lead, to: nil, by: seat), to: lead)
    }
    let people = (book?.users ?? []).filter { !$0.isDisabled }
    let user =
      name.lowercased() == "me"
      ? people.first { $0.id == seat.actor.user }
      : people.first { !name.isEmpty && $0.name.lowercased().hasPrefix(name.lowercased()) }
    guard let user else {
      let names = people.map { Sanitizer.line($0.name) }.joined(separator: ", ")
      return "Assign to whom? me, nobody, or one of: \(names)."
    }
    return did(try desk.assign(lead, to: user.id, by: seat), to: lead)
  }

  mutating func did(_ words: String, to lead: LeadID) -> String {
    deeds.append(.change)
    return words + ": " + name(of: lead) + "."
  }

  mutating func sent(_ reply: MessageID, to lead: LeadID) { deeds.append(.reply(reply, lead)) }

  /// The newest first; a reply that has left is passed over.
  private mutating func undo() throws -> String {
    while case .reply(let reply, let lead) = deeds.last {
      deeds.removeLast()
      if let called = try? desk.recall(reply, by: seat) {
        return "Called back, it was not sent to \(name(of: lead)) and is a draft: "
          + Sanitizer.line(called.text)
      }
    }
    _ = deeds.popLast()
    return Sanitizer.line(try desk.undo(by: seat)) + "."
  }
}

extension [Stage] {
  /// By its whole name, or how that begins.
  fileprivate func named(_ name: String) -> Stage? {
    let name = name.lowercased()
    return first { $0.name.lowercased() == name }
      ?? first { !name.isEmpty && $0.name.lowercased().hasPrefix(name) }
  }
}

extension String {
  var firstWord: (String, String) {
    let word = prefix { !$0.isWhitespace }
    return (String(word), String(dropFirst(word.count)).trimmed)
  }
}
