// The command palette: `:` takes words and arguments, Ctrl-P a few letters.
import Model
import TerminalUI

struct PaletteState: Equatable {
  var isFuzzy: Bool
  var input = TextEditor(kind: .singleLine)
  var cursor = 0

  init(isFuzzy: Bool) { self.isFuzzy = isFuzzy }
}

/// A line of the palette.
struct PaletteEntry {
  enum Action {
    case command(Command)
    case stage(Stage)
    case assign(User?)
    case filter(InboxQuery.Filter)
    case note(String)
  }

  var title: String
  var keys: String
  /// Why it can't be run now.
  var disabled: String?
  var action: Action
}

extension AppState {
  /// What the palette offers for what is typed.
  func entries(of palette: PaletteState) -> [PaletteEntry] {
    let input = palette.input.text
    if let entries = argumentEntries(input) { return entries }
    let wanted = input.lowercased()
    let commands = Commands.all.filter { $0.contexts.contains(context) && !$0.isPlainMotion }
    let matching = commands.compactMap { command -> (Command, Int)? in
      let rank = palette.isFuzzy ? command.fuzzyRank(wanted) : command.prefixRank(wanted)
      return rank.map { (command, $0) }
    }
    let recent = input.isEmpty ? history : []
    let ranked = matching.enumerated().sorted { left, right in
      let leftRank = rank(left.element, recent: recent)
      let rightRank = rank(right.element, recent: recent)
      return (leftRank, left.offset) < (rightRank, right.offset)
    }
    return ranked.map { entry(of: $0.element.0) }
  }

  private func rank(_ match: (Command, Int), recent: [String]) -> Int {
    recent.firstIndex(of: match.0.id.rawValue).map { $0 - 1000 } ?? match.1
  }

  private func entry(of command: Command) -> PaletteEntry {
    PaletteEntry(
      title: command.title,
      keys: command.keys.first?.label ?? "",
      disabled: command.disabled(self),
      action: .command(command)
    )
  }

  /// `stage …`, `assign …`, `filter …`, `note …`: the argument's choices.
  private func argumentEntries(_ input: String) -> [PaletteEntry]? {
    guard let space = input.firstIndex(of: " ") else { return nil }
    let word = input[..<space].lowercased()
    let argument = String(input[input.index(after: space)...])
    guard let command = Commands.all.first(where: { $0.word == word }) else { return nil }
    let disabled = command.disabled(self)
    switch command.id {
    case .stage:
      return (book?.stages ?? []).filter { matches($0.name, argument) }.map {
        PaletteEntry(title: "Stage: " + $0.name, keys: "", disabled: disabled, action: .stage($0))
      }
    case .assign:
      let people = (book?.users ?? []).filter { !$0.isDisabled && matches($0.name, argument) }
      var entries = people.map {
        PaletteEntry(
          title: "Assign to " + $0.name,
          keys: "",
          disabled: disabled,
          action: .assign($0)
        )
      }
      if matches("nobody", argument) {
        entries.append(
          PaletteEntry(
            title: "Assign to nobody",
            keys: "",
            disabled: disabled,
            action: .assign(nil)
          )
        )
      }
      return entries
    case .filter:
      return InboxQuery.Filter.allCases.filter { matches($0.title, argument) }.map {
        PaletteEntry(title: "Filter: " + $0.title, keys: "", disabled: nil, action: .filter($0))
      }
    case .note:
      let title = argument.isEmpty ? "Note: type it here" : "Add the note: " + argument
      return [PaletteEntry(title: title, keys: "", disabled: disabled, action: .note(argument))]
    default: return nil
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
  fileprivate var isPlainMotion: Bool {
    switch id {
    case .down, .up, .halfDown, .halfUp, .pageDown, .pageUp, .palette, .search, .answer, .open,
      .forward, .back, .cancel:
      true
    default: false
    }
  }

  fileprivate func prefixRank(_ typed: String) -> Int? {
    if typed.isEmpty { return 10 }
    let typed = typed.last == " " ? String(typed.dropLast()) : typed
    if let word, word.hasPrefix(typed) { return word == typed ? 0 : 1 }
    return matches(title, typed) ? 2 : nil
  }

  /// All letters in order; matches at word starts and close together come first.
  fileprivate func fuzzyRank(_ typed: String) -> Int? {
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
    case .all: "All"
    }
  }

  var help: String {
    switch self {
    case .open: "everything that is not finished"
    case .mine: "assigned to you"
    case .unassigned: "nobody has taken them"
    case .needsReply: "they wait for an answer"
    case .all: "finished ones too"
    }
  }
}
