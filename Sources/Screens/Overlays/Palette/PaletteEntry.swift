// A line that the palette offers, and how what is typed finds it.
import Model
import TerminalUI

/// A line of the palette.
struct PaletteEntry {
  enum Action {
    case command(Command)
    case stage(Stage)
    case assign(User?)
    case filter(InboxQuery.Filter)
    case note(String)
    case template(Template)
    case search(String)
    case theme(String)
    case later(String)
    case attach(String)
    /// What is typed names nothing: the choices there are follow.
    case unknown
  }

  /// What would be typed for it; Tab writes it out, and the history keeps it.
  var line: String
  var title: String
  /// More about it.
  var detail: String
  var keys = ""
  /// Why it can't be run now.
  var disabled: String?
  var action: Action
  /// It was run before.
  var isRecent = false

  /// Words for customers or colleagues stay out of the history, and so do names that are looked for.
  var isKept: Bool {
    switch action {
    case .note, .search, .later, .attach: false
    default: true
    }
  }
}

/// True when a word of `name`, or the whole, begins with what is typed.
func matches(_ name: String, _ typed: String) -> Bool {
  let wanted = typed.lowercased()
  if wanted.isEmpty { return true }
  let text = name.lowercased()
  return text.hasPrefix(wanted)
    || text.split(separator: " ").contains { $0.hasPrefix(wanted) }
}

extension Command {
  /// Too small to be worth a line in the palette.
  var isPlainMotion: Bool {
    switch id {
    case .down, .up, .halfDown, .halfUp, .pageDown, .pageUp, .palette, .search, .answer, .open,
      .forward, .back, .cancel:
      true
    default: false
    }
  }

  /// It goes on with an argument.
  var takesArgument: Bool {
    switch id {
    case .stage, .assign, .filter, .note, .find, .quickReply, .theme, .sendLater, .attach: true
    default: false
    }
  }

  func prefixRank(_ typed: String) -> Int? {
    if typed.isEmpty { return word == nil ? 11 : 10 }
    let typed = typed.last == " " ? String(typed.dropLast()) : typed
    if let word, word.hasPrefix(typed) { return word == typed ? 0 : 1 }
    return matches(title, typed) ? 2 : nil
  }

  /// All letters in order; matches at word starts and close together come first.
  func fuzzyRank(_ typed: String) -> Int? {
    if typed.isEmpty { return 10 }
    let text = Array(title.lowercased())
    var place = 0
    var cost = 0
    for letter in typed where letter != " " {
      guard let found = text[place...].firstIndex(of: letter) else { return nil }
      let startsWord = found == 0 || text[found - 1] == " "
      cost += startsWord ? 0 : 1 + found - place
      place = found + 1
    }
    return cost
  }
}

extension InboxQuery.Filter {
  var title: String {
    switch self {
    case .open: "Open"
    case .mine: "Mine"
    case .unassigned: "Unassigned"
    case .needsReply: "Needs reply"
    case .troubled: "Send trouble"
    case .all: "All"
    }
  }

  var help: String {
    switch self {
    case .open: "everything that is not finished"
    case .mine: "assigned to you"
    case .unassigned: "nobody has taken them"
    case .needsReply: "they wait for an answer"
    case .troubled: "✗ or ? in the list"
    case .all: "finished ones too"
    }
  }
}
