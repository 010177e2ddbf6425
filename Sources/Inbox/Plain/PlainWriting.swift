// Texts in the plain mode: replies and notes, of one line or several, and what becomes of one that is
// not sent. Called by PlainCommands and PlainMode.
import Desk
import Model
import Screens
import Store
import TerminalUI

extension PlainDesk {
  func askForReply(_ lead: LeadID) throws -> [String] {
    let draft = try draft(lead)
    guard !draft.isEmpty else { return ["Your reply; empty for none:"] }
    return ["You have a draft:"] + Self.shown(draft)
      + ["Your reply; a dot alone sends the draft, an empty line nothing:"]
  }

  /// Several lines at once; nil when what was typed in front of them makes them a text.
  mutating func several(_ text: String, _ entry: PlainEntry) -> [String]? {
    let count = counted(text.split(separator: "\n").count, "line")
    switch (question, entry.kind) {
    case (.reply(let lead), .burst), (.note(let lead), .burst):
      let isNote = question == .note(lead)
      let whole = (written + [text]).joined(separator: "\n")
      written = []
      question = .several(lead, whole, isNote: isNote)
      return Self.shown(whole)
        + ["\(isNote ? "Add" : "Send") these \(counted(Self.lines(whole), "line"))? y or n:"]
    case (.reply, _), (.note, _): return nil
    case (nil, .pasted) where ["reply", "note"].contains(entry.typed.firstWord.0.lowercased()):
      return nil
    case (nil, _):
      return [
        "\(count) came at once, as a paste does: nothing was run.",
        "To send them, type reply first, then paste.",
      ]
    default: return ["\(count) came at once, as a paste does: nothing was done. Your answer:"]
    }
  }

  /// The end of a text that was asked for.
  mutating func finish(_ asked: Question, _ text: String) throws -> [String] {
    let whole = (written + [text]).joined(separator: "\n").trimmed
    written = []
    switch asked {
    case .note(let lead): return [did(try desk.addNote(lead, text: whole, by: seat))]
    case .reply(let lead) where whole == ".":
      let draft = try draft(lead)
      guard !draft.isEmpty else { return ["There is no draft. Nothing done."] }
      return try send(lead, draft)
    case .reply(let lead):
      do { return try send(lead, whole) } catch {
        keep(whole, for: lead)
        throw error
      }
    default: return []
    }
  }

  private mutating func send(_ lead: LeadID, _ text: String) throws -> [String] {
    let before = try draft(lead)
    sent(try desk.reply(lead, text: text, undo: true, by: seat))
    // A reply takes the draft with it; here another may stand there still.
    if before != text { keep(before, for: lead) }
    let lines = Self.lines(text)
    let what = lines > 1 ? "Sending \(lines) lines" : "Sending"
    let seconds = desk.undoSend / .second
    return [
      seconds > 0 ? "\(what) in \(seconds) seconds. undo calls it back." : "Queued to be sent."
    ]
  }

  /// A question that is answered with nothing.
  mutating func nothing(_ asked: Question) throws -> [String] {
    guard case .several(let lead, let text, let isNote) = asked else { return ["Nothing done."] }
    guard !isNote else { return ["Not added."] }
    return [keep(text, for: lead) ? "Not sent; it is kept as a draft." : "Not sent."]
  }

  // MARK: what is left unsaid

  /// Ctrl-C: out of a question, and the second time out of the program.
  mutating func interrupt(_ left: String, isSecond: Bool) -> [String] {
    let wasAsked = question != nil
    let isKept = setAside(left)
    if isSecond, !wasAsked {
      isLeaving = true
      return ["Goodbye."]
    }
    let words = wasAsked ? "Cancelled." : "Ctrl-C once more leaves, and so does quit."
    return [words + (isKept ? " What you wrote is kept as a draft." : "")]
  }

  /// Leaves a question; a reply that was begun becomes the lead's draft.
  @discardableResult
  mutating func setAside(_ left: String) -> Bool {
    defer {
      question = nil
      written = []
    }
    let text = (written + [left]).joined(separator: "\n").trimmed
    switch question {
    case .reply(let lead): return keep(text, for: lead)
    case .several(let lead, let lines, false): return keep(lines, for: lead)
    case nil:
      let (word, rest) = text.firstWord
      guard word.lowercased() == "reply", let current else { return false }
      return keep(rest, for: current)
    default: return false
    }
  }

  /// Adds to the draft of a lead; false when there is nothing to keep.
  @discardableResult
  private func keep(_ text: String, for lead: LeadID) -> Bool {
    guard !text.isEmpty, text != ".", let user = seat.actor.user else { return false }
    do {
      let before = try draft(lead)
      let whole = before.isEmpty ? text : before + "\n" + text
      try desk.store.saveDraft(lead, of: user, text: whole)
      return true
    } catch { return false }
  }

  private func draft(_ lead: LeadID) throws -> String {
    guard let user = seat.actor.user else { return "" }
    return try desk.store.draft(lead, of: user) ?? ""
  }

  private static func lines(_ text: String) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).count
  }

  private static func shown(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Sanitizer.line(String($0), limit: 8_000) }
  }
}
