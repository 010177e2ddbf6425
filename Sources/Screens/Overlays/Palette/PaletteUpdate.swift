// Keys of the palette: typing filters, Tab completes, Enter runs.
import Model
import TerminalUI

extension AppState {
  mutating func press(_ key: Key, palette: PaletteState) {
    var palette = palette
    let count = entries(of: palette).count
    switch key {
    case .escape, .ctrl("c"): return dismissOverlay()
    case .backspace where palette.input.isEmpty: return dismissOverlay()
    case .up, .ctrl("p"): palette.cursor = max(0, (palette.chosen(of: count) ?? 0) - 1)
    case .down, .ctrl("n"):
      palette.cursor = max(0, min(count - 1, (palette.chosen(of: count) ?? -1) + 1))
    case .tab: complete(&palette)
    case .enter, .ctrl("j"): return runEntry(palette)
    default: if palette.input.handle(key) != .ignored { palette.cursor = nil }
    }
    replaceOverlay(.palette(palette))
  }

  /// Tab writes the chosen line out, ready for an argument where it takes one.
  private func complete(_ palette: inout PaletteState) {
    let entries = entries(of: palette)
    guard let entry = palette.chosen(of: entries.count).map({ entries[$0] }) ?? entries.first
    else { return }
    var line = entry.line
    if case .command(let command) = entry.action {
      guard command.word != nil else { return }
      if command.takesArgument { line += " " }
    }
    palette.input = TextEditor(kind: .singleLine, text: line)
    palette.cursor = nil
  }

  private mutating func runEntry(_ palette: PaletteState) {
    heldSubject = palette.subject
    defer { heldSubject = nil }
    let entries = entries(of: palette)
    let word = palette.input.text.prefix { $0 != " " }.lowercased()
    let named = commands.rows.filter { $0.word == word }
    if palette.cursor == nil, let other = named.first, !named.contains(where: isOffered) {
      return complain(refusal(other) ?? "“\(word)” does nothing here")
    }
    let place = palette.chosen(of: entries.count)
    if place == nil, palette.isBare {
      if word.isEmpty { return dismissOverlay() }
      if let command = named.first(where: isOffered) { return runBare(command) }
    }
    guard let entry = place.map({ entries[$0] }) ?? entries.first else {
      return complain(
        named.isEmpty
          ? "There is no such command: ? lists them" : "“\(word)” takes nothing after it"
      )
    }
    if let reason = entry.disabled { return complain(reason) }
    dismissOverlay()
    if entry.isKept { remember(entry.line) }
    switch entry.action {
    case .command(let command): run(command)
    case .stage(let stage): choose(stage, marked: markedLeads)
    case .assign(let user): assign(to: user?.id)
    case .filter(let filter): filterInbox(filter)
    case .search(let text): startSearch(text)
    case .theme(let name): chooseTheme(name)
    case .template(let template): use(template)
    case .later(let time):
      if time.isEmpty { askForTime() } else if let why = sendLater(time) { complain(why) }
    case .attach(let path):
      guard let lead = opened?.id else { return }
      if path.isEmpty { ask { .attach($0) } } else { attach(path, to: lead) }
    case .unknown: break
    case .note(let text):
      guard let lead = subject?.id else { return }
      if text.isEmpty { askForNote() } else { addNote(lead, text: text) }
    }
  }

  /// A command that was named without its argument asks for it.
  private mutating func runBare(_ command: Command) {
    if let reason = command.disabled(self) { return complain(reason) }
    dismissOverlay()
    run(command)
  }

  /// Offered first the next time, in later sessions too.
  private mutating func remember(_ line: String) {
    history.removeAll { $0 == line }
    history.insert(line, at: 0)
    history = Array(history.prefix(50))
    effects.append(.rememberCommand(line))
  }
}
