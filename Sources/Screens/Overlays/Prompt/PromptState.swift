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
    /// Replies that have not left yet.
    case quit(unsent: Int)
  }

  var purpose: Purpose
  var field = TextEditor()
  var error: String?

  init(purpose: Purpose) { self.purpose = purpose }

  var title: String {
    switch purpose {
    case .note(_, let name): "Note about " + name
    case .lostReason(_, let stage, let name):
      name + " → " + Sanitizer.line(stage.name, limit: 40) + ": why?"
    case .lostReasonOfMany(let leads, let stage):
      counted(leads.count, "lead") + " → " + Sanitizer.line(stage.name, limit: 40) + ": why?"
    case .tour: "First time here?"
    case .quit: "Quit?"
    }
  }

  var question: String? {
    if purpose == .tour {
      return "A tour of five steps shows the way, on made-up leads. It takes a minute; :tour takes "
        + "it at any time."
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
    case .note: "Enter save · Ctrl-J new line · Esc cancel"
    case .lostReason, .lostReasonOfMany: "Enter save · Esc cancel"
    case .tour: "T show me · any other key goes to work"
    case .quit: "y quit · n stay"
    }
  }
}
