// A question with a typed answer, or with yes and no.
import Model
import TerminalUI

struct PromptState: Equatable {
  enum Purpose: Equatable {
    case note(LeadID, name: String)
    case lostReason(LeadID, Stage, name: String)
    case lostReasonOfMany([LeadID], Stage)
    /// Somebody is here for the first time.
    case tour
    case later(LeadID)
    case attach(LeadID)
    case choices(LeadID)
    case place(LeadID)
    case deleteReply(Template)
    case deleteTemplate(WhatsAppTemplate)
    case erase(ErasureSize, name: String)
    /// A text too long for one message.
    case split(LeadID, parts: [String], limit: String)
    /// Replies that have not left yet.
    case quit(unsent: Int)
    /// Merged or erased while somebody was writing to them.
    case gone(String, into: LeadSummary?)
  }

  var purpose: Purpose
  var field = TextEditor()
  var error: String?
  /// What Tab found, where that is more than one.
  var choices: [String] = []
  /// What the store had of a note when it was last looked at; nil until it has answered.
  var seen: String?
  /// The answer is being carried out; the prompt closes when that has gone well.
  var isBusy = false

  init(purpose: Purpose) {
    self.purpose = purpose
    switch purpose {
    case .note: break
    default: field = TextEditor(kind: .singleLine)
    }
  }

  /// Puts a text that was written before above what is typed.
  mutating func putAbove(_ text: String) -> Bool {
    let typed = field.text
    guard typed.contains(where: { !$0.isWhitespace }) else {
      field = TextEditor(text: text)
      return false
    }
    field.replace(with: DraftKey.joined(text, typed))
    return true
  }

  var title: String {
    switch purpose {
    case .note(_, let name): "Note about " + name
    case .lostReason(_, let stage, let name):
      name + " → " + Sanitizer.line(stage.name, limit: 40) + ": why?"
    case .lostReasonOfMany(let leads, let stage):
      counted(leads.count, "lead") + " → " + Sanitizer.line(stage.name, limit: 40) + ": why?"
    case .tour: "First time here?"
    case .later: "Send later"
    case .attach: "Attach a file"
    case .choices: "Answers to choose from"
    case .place: "Send a place"
    case .deleteReply(let reply): "Delete “" + Sanitizer.line(reply.name, limit: 40) + "”?"
    case .deleteTemplate(let template):
      "Delete " + Sanitizer.line(template.name, limit: 40) + " at WhatsApp?"
    case .erase(_, let name): "Erase " + name + " for good?"
    case .split: "Send in parts?"
    case .quit: "Quit?"
    case .gone(let name, into: nil): name + " was erased"
    case .gone(let name, _): name + " was merged"
    }
  }

  /// The title in a word, beside whom it is about.
  var noun: String? {
    switch purpose {
    case .note: "note"
    case .erase: "erase?"
    case .later: "later"
    case .attach: "file"
    case .choices: "answer"
    case .place: "place"
    case .split: "split?"
    case .lostReason, .lostReasonOfMany, .tour, .deleteReply, .deleteTemplate, .quit, .gone: nil
    }
  }

  /// What stands under the field while nothing is wrong.
  var help: String? {
    switch purpose {
    case .attach: "A path, Tab completes · or an https:// address"
    case .choices: "Such as Yes | No | Later · what is typed is the question"
    case .place: "Latitude, longitude, name, address"
    case .deleteReply: "Type delete"
    case .deleteTemplate(let template): "Type \(template.name) to delete"
    case .erase(let size, _): "Type \(size.word) to erase"
    case .lostReason, .lostReasonOfMany: "A few words: too expensive, too far, moved away"
    case .note, .later, .split, .tour, .quit, .gone: nil
    }
  }

  /// What is lost, where it can't be had back: it stands above the field.
  var warning: String? {
    switch purpose {
    case .erase(let size, _):
      counted(size.messages, "message") + ", " + counted(size.notes, "note") + ", "
        + counted(size.files, "file") + " go: it can't be undone"
    case .deleteTemplate: "It goes in all its languages"
    default: nil
    }
  }

  var question: String? {
    if purpose == .tour {
      return "A tour of five steps shows the way, on made-up leads. It takes a minute; :tour takes "
        + "it at any time."
    }
    if case .split(_, let parts, let limit) = purpose {
      return
        "One message takes \(limit). This is cut between sentences into \(parts.count) messages, "
        + "sent in their order."
    }
    if case .gone(_, let into) = purpose {
      guard let into else { return "What you were writing went with them." }
      let name = Sanitizer.line(into.name, limit: 60)
      return "They are one lead with \(name.isEmpty ? "another" : name) now. What you were writing "
        + "stands in your draft there."
    }
    guard case .quit(let unsent) = purpose else { return nil }
    switch unsent {
    case 0: return "Drafts are kept."
    case 1: return "1 reply has not been sent yet. It stays queued and leaves when a worker runs."
    default:
      return "\(unsent) replies have not been sent yet. They stay queued and leave when a worker "
        + "runs."
    }
  }

  var keys: String {
    switch purpose {
    case .note: "Enter save · Ctrl-J new line · Esc leave"
    case .lostReason, .lostReasonOfMany: "Enter save · Esc cancel"
    case .tour: "T show me · any other key goes to work"
    case .later: "Enter schedule · Esc cancel"
    case .attach: "Enter send · Tab complete · Esc cancel"
    case .choices, .place: "Enter send · Esc cancel"
    case .erase: "Enter erase · Esc keep"
    case .deleteReply, .deleteTemplate: "Enter delete · Esc keep"
    case .split: "y send in parts · n go on writing"
    case .gone(_, into: nil): "Enter inbox"
    case .gone: "Enter go on · Esc inbox"
    case .quit: "y quit · n stay"
    }
  }
}
