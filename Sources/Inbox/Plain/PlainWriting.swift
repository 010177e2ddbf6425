// Texts in the plain mode: replies and notes, of one line or several, and what becomes of one that is
// not sent. Called by PlainCommands and PlainMode.
import Desk
import Model
import Screens
import Store
import TerminalUI

extension PlainDesk {
  func askForReply(_ lead: LeadID) throws -> [String] {
    let draft = try draft(.reply(lead))
    guard !draft.isEmpty else { return ["Your reply; empty for none:"] }
    return ["You have a draft:"] + Self.shown(draft)
      + ["Your reply; a dot alone sends the draft, an empty line nothing:"]
  }

  func askForNote(_ lead: LeadID) throws -> [String] {
    let begun = try draft(.note(lead))
    guard !begun.isEmpty else { return ["The note; empty for none:"] }
    return ["You have begun a note:"] + Self.shown(begun)
      + ["The note; a dot alone adds what you have begun, an empty line nothing:"]
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
        + [
          "\(isNote ? "Add" : "Send") these \(counted(Self.lines(whole), "line")) to "
            + name(of: lead) + "? y or n:"
        ]
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
    case .note(let lead) where whole == ".":
      let begun = try draft(.note(lead))
      guard !begun.isEmpty else { return ["No note was begun. Nothing done."] }
      return try add(begun, to: lead)
    case .note(let lead): return try add(whole, to: lead)
    case .reply(let lead) where whole == ".":
      let draft = try draft(.reply(lead))
      guard !draft.isEmpty else { return ["There is no draft. Nothing done."] }
      return try send(lead, draft)
    case .reply(let lead):
      do { return try send(lead, whole) } catch {
        keep(whole, for: .reply(lead))
        throw error
      }
    default: return []
    }
  }

  private mutating func send(_ lead: LeadID, _ text: String) throws -> [String] {
    let before = try draft(.reply(lead))
    sent(try desk.reply(lead, text: text, undo: true, by: seat), to: lead)
    // A reply takes the draft with it; here another may stand there still.
    if before != text { keep(before, for: .reply(lead)) }
    let lines = Self.lines(text)
    let what = lines > 1 ? "Sending \(lines) lines to " : "Sending to "
    let whom = name(of: lead)
    let seconds = desk.undoSend / .second
    return [
      seconds > 0
        ? "\(what)\(whom) in \(seconds) seconds. undo calls it back."
        : "Queued to be sent to \(whom)."
    ]
  }

  private mutating func add(_ note: String, to lead: LeadID) throws -> [String] {
    let before = try draft(.note(lead))
    do {
      let done = did(try desk.addNote(lead, text: note, by: seat), to: lead)
      if before != note { keep(before, for: .note(lead)) }
      return [done]
    } catch {
      if before != note { keep(note, for: .note(lead)) }
      throw error
    }
  }

  /// A question that is answered with nothing.
  mutating func nothing(_ asked: Question) throws -> [String] {
    guard case .several(let lead, let text, let isNote) = asked else { return ["Nothing done."] }
    let isKept = keep(text, for: isNote ? .note(lead) : .reply(lead))
    let words = isNote ? "Not added" : "Not sent"
    return [words + (isKept ? "; it is kept as a draft." : ".")]
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

  /// Leaves a question; a reply or note that was begun becomes the lead's draft.
  @discardableResult
  mutating func setAside(_ left: String) -> Bool {
    defer {
      question = nil
      written = []
    }
    let text = (written + [left]).joined(separator: "\n").trimmed
    switch question {
    case .reply(let lead): return keep(text, for: .reply(lead))
    case .note(let lead): return keep(text, for: .note(lead))
    case .several(let lead, let lines, let isNote):
      return keep(lines, for: isNote ? .note(lead) : .reply(lead))
    case nil:
      let (word, rest) = text.firstWord
      guard let current else { return false }
      switch word.lowercased() {
      case "reply": return keep(rest, for: .reply(current))
      case "note": return keep(rest, for: .note(current))
      default: return false
      }
    default: return false
    }
  }

  /// Adds to the draft of a lead; false when there is nothing to keep.
  @discardableResult
  private func keep(_ text: String, for key: DraftKey) -> Bool {
    guard !text.isEmpty, text != ".", let user = seat.actor.user else { return false }
    do {
      let before = try draft(key)
      let whole = DraftKey.joined(before, text)
      try desk.store.saveDraft(key, of: user, text: whole, known: [before])
      return true
    } catch { return false }
  }

  private func draft(_ key: DraftKey) throws -> String {
    guard let user = seat.actor.user else { return "" }
    return try desk.store.draft(key, of: user) ?? ""
  }

  private static func lines(_ text: String) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).count
  }

  private static func shown(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Sanitizer.line(String($0), limit: 8_000) }
  }
}
