// A short list to pick from: stages, people, filters, saved replies. Typing filters, digits pick.
import Model
import TerminalUI

struct PickerState: Equatable {
  enum Choice: Equatable {
    case stage(Stage)
    case owner(UserID?)
    case filter(InboxQuery.Filter)
    case template(Template)
    case whatsAppTemplate(WhatsAppTemplate)
    case reaction(String?, of: String)
    case theme(String)
    case openable(Openable)
    case samePerson(LeadID)
    case otherPerson(LeadID)
  }

  struct Item: Equatable {
    var title: String
    var detail: String = ""
    /// What is so now.
    var isCurrent = false
    var choice: Choice
  }

  var title: String
  /// Whom it is about; kept, so that a row sliding in doesn't change it.
  var subject: LeadSummary?
  /// The leads marked in the list, when it is about them.
  var marked: [LeadID]?
  var items: [Item]
  var search = TextEditor(kind: .singleLine)
  var cursor = 0
  /// What picking the item would put into the composer.
  var showsPreview = false
  /// Nobody asked for it, so a digit is the beginning of what somebody types rather than a choice.
  var isUnasked = false

  init(title: String, subject: LeadSummary? = nil, items: [Item], showsPreview: Bool = false) {
    self.title = title
    self.subject = subject
    self.items = items
    self.showsPreview = showsPreview
    cursor = items.firstIndex { $0.isCurrent } ?? 0
  }

  var lead: LeadID? { subject?.id }

  var isOfThemes: Bool {
    if case .theme = items.first?.choice { true } else { false }
  }

  /// What is picked, in a word; nil for what is about no lead.
  var noun: String? {
    switch items.first?.choice {
    case .stage: "stage"
    case .owner: "assign"
    case .template: "reply"
    case .whatsAppTemplate: "template"
    case .reaction: "react"
    case .openable: "open"
    case .samePerson, .otherPerson: "same?"
    case .filter, .theme, nil: nil
    }
  }

  var takesDigits: Bool { search.isEmpty && !isUnasked }

  var matching: [Item] { items.filter { matches($0.title, search.text) } }
}
