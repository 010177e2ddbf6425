// The command palette: `:` takes words and arguments, Ctrl-P a few letters. Offered first is what
// was run before.
import Model
import TerminalUI

struct PaletteState: Equatable {
  var isFuzzy: Bool
  var input = TextEditor(kind: .singleLine)
  /// The line that was moved to since something was typed.
  var cursor: Int?

  /// Whom it is about; kept, so that a row sliding in or away doesn't change it.
  var subject: LeadSummary?

  init(isFuzzy: Bool, subject: LeadSummary? = nil) {
    self.isFuzzy = isFuzzy
    self.subject = subject
  }

  /// Nothing typed, or a command without its argument: none of the choices is meant yet.
  var isBare: Bool {
    let typed = input.text
    return typed.isEmpty || !isFuzzy && typed.firstIndex(of: " ") == typed.indices.last
  }

  /// The line that Enter runs: the one moved to, or the first once the typed words mean one.
  func chosen(of count: Int) -> Int? {
    guard count > 0, let cursor = cursor ?? (isBare ? nil : 0) else { return nil }
    return min(cursor, count - 1)
  }
}

extension AppState {
  /// How many earlier lines an empty palette shows.
  private static let recentLines = 5

  /// What the palette offers for what is typed.
  func entries(of palette: PaletteState) -> [PaletteEntry] {
    let input = palette.input.text
    if let entries = argumentEntries(input) {
      guard case .unknown = entries.first?.action else { return entries }
      // `assign to me` is a command by its title.
      let named = offered.filter { matches($0.title, input) }
      return named.isEmpty ? entries : named.map { entry(of: $0) }
    }
    let wanted = input.lowercased()
    let ranked = offered.enumerated().compactMap {
      place,
      command -> (rank: Int, entry: PaletteEntry)? in
      let rank = palette.isFuzzy ? command.fuzzyRank(wanted) : command.prefixRank(wanted)
      return rank.map { ($0 * 1000 + place, entry(of: command)) }
    }
    let commands = ranked.sorted { $0.rank < $1.rank }.map(\.entry)
    guard input.isEmpty else { return commands.isEmpty ? entriesElsewhere(palette) : commands }
    let recent = history.compactMap { recentEntry($0) }.prefix(Self.recentLines)
    let lines = Set(recent.map(\.line))
    return recent + commands.filter { !lines.contains($0.line) }
  }

  var offered: [Command] { commands.rows.filter { isOffered($0) && !$0.isPlainMotion } }

  /// It can be run by its name here: a filter leads to the inbox by itself.
  func isOffered(_ command: Command) -> Bool {
    command.contexts.contains(context) || command.id == .filter
  }

  /// Commands of other places, by how their names begin.
  private func entriesElsewhere(_ palette: PaletteState) -> [PaletteEntry] {
    guard !palette.isFuzzy else { return [] }
    let typed = palette.input.text.lowercased()
    return commands.rows.filter { !isOffered($0) && $0.word?.hasPrefix(typed) ?? false }
      .map { entry(of: $0) }
  }

  /// Why it can't be run here and now.
  func refusal(_ command: Command) -> String? {
    guard let word = command.word, !isOffered(command) else { return command.disabled(self) }
    return "“\(word)” is for \(command.contexts.map(\.place).joined(separator: ", "))"
  }

  private func entry(of command: Command) -> PaletteEntry {
    PaletteEntry(
      line: command.word ?? command.title.lowercased(),
      title: command.title,
      detail: command.plainHelp,
      keys: command.contexts.contains(context) ? command.keys.first?.label ?? "" : "",
      disabled: refusal(command),
      action: .command(command)
    )
  }

  /// What a line that was run before means here and now; nil when it means nothing any more.
  private func recentEntry(_ line: String) -> PaletteEntry? {
    var entry =
      argumentEntries(line)?.first { $0.line == line }
      ?? offered.map { self.entry(of: $0) }.first { $0.line == line }
    entry?.isRecent = true
    return entry
  }

  /// `stage …`, `assign …`, `filter …`, `note …`, `search …`: the argument's choices.
  private func argumentEntries(_ input: String) -> [PaletteEntry]? {
    guard let space = input.firstIndex(of: " ") else { return nil }
    let word = input[..<space].lowercased()
    let argument = String(input[input.index(after: space)...])
    guard let command = commands.rows.first(where: { $0.word == word }) else { return nil }
    let disabled = refusal(command)
    func choices(_ noun: String, _ entries: (String) -> [PaletteEntry]) -> [PaletteEntry] {
      let found = entries(argument)
      return found.isEmpty ? [unknown(noun, argument, of: word)] + entries("") : found
    }
    switch command.id {
    case .stage: return choices("stage") { stageEntries($0, disabled) }
    case .assign: return choices("person") { ownerEntries($0, disabled) }
    case .filter: return choices("filter", filterEntries)
    case .theme: return choices("theme", themeEntries)
    case .quickReply: return choices("saved reply") { replyEntries($0, disabled) }
    case .note:
      let title = argument.isEmpty ? "Note: type it here" : "Add the note: " + argument
      return [
        PaletteEntry(
          line: input,
          title: title,
          detail: "only the gym sees it",
          disabled: disabled,
          action: .note(argument)
        )
      ]
    case .templates:
      return commands[.syncTemplates].map { [entry(of: $0)] }
    case .sendLater:
      return [
        PaletteEntry(
          line: input,
          title: "Send later: " + laterNote(argument).text,
          detail: "what is typed, at that time",
          disabled: disabled,
          action: .later(argument)
        )
      ]
    case .attach:
      return [
        PaletteEntry(
          line: input,
          title: argument.isEmpty ? "Attach: type a path" : "Attach " + argument,
          detail: "a file of this machine, or an https:// address",
          disabled: disabled,
          action: .attach(argument)
        )
      ]
    case .find:
      return [
        PaletteEntry(
          line: input,
          title: "Find: " + argument,
          detail: "names, numbers, messages and notes",
          action: .search(argument)
        )
      ]
    default: return nil
    }
  }

  /// Stands above the choices when what is typed is none of them; Enter on it says so.
  private func unknown(_ noun: String, _ argument: String, of word: String) -> PaletteEntry {
    let typed = Sanitizer.line(argument.trimmed, limit: 60)
    return PaletteEntry(
      line: word + " ",
      title: "No such " + noun,
      detail: "",
      disabled: typed.isEmpty
        ? "There is no \(noun) to choose" : "There is no \(noun) “\(typed)”",
      action: .unknown
    )
  }

  private func filterEntries(_ argument: String) -> [PaletteEntry] {
    InboxQuery.Filter.allCases.filter { matches($0.title, argument) }.map {
      PaletteEntry(
        line: "filter " + $0.title,
        title: "Show: " + $0.title,
        detail: $0.help,
        action: .filter($0)
      )
    }
  }

  private func themeEntries(_ argument: String) -> [PaletteEntry] {
    screen.themes.filter { matches($0, argument) }.map {
      PaletteEntry(
        line: "theme " + $0,
        title: "Theme: " + $0,
        detail: $0 == screen.shownTheme ? "the present one" : "",
        action: .theme($0)
      )
    }
  }

  private func replyEntries(_ argument: String, _ disabled: String?) -> [PaletteEntry] {
    (book?.templates ?? []).filter { matches($0.name, argument) }.map {
      PaletteEntry(
        line: "template " + $0.name,
        title: "Saved reply: " + $0.name,
        detail: $0.body,
        disabled: disabled,
        action: .template($0)
      )
    }
  }

  private func stageEntries(_ argument: String, _ disabled: String?) -> [PaletteEntry] {
    (book?.stages ?? []).filter { matches($0.name, argument) }.map { stage in
      let count = dashboard.numbers?.stages.first { $0.stage == stage.id }?.count
      return PaletteEntry(
        line: "stage " + stage.name,
        title: "Stage: " + stage.name,
        detail: [stage.kind.title, count.map { counted($0, "lead") } ?? ""]
          .filter { !$0.isEmpty }.joined(separator: " · "),
        disabled: disabled,
        action: .stage(stage)
      )
    }
  }

  private func ownerEntries(_ argument: String, _ disabled: String?) -> [PaletteEntry] {
    let people = (book?.users ?? []).filter { !$0.isDisabled && matches($0.name, argument) }
    var entries = people.map { user in
      PaletteEntry(
        line: "assign " + user.name,
        title: "Assign to " + user.name,
        detail: user.id == session?.user.id ? "you" : user.role.rawValue,
        disabled: disabled,
        action: .assign(user)
      )
    }
    if matches("nobody", argument) {
      entries.append(
        PaletteEntry(
          line: "assign nobody",
          title: "Assign to nobody",
          detail: "anybody may take it",
          disabled: disabled,
          action: .assign(nil)
        )
      )
    }
    return entries
  }
}
