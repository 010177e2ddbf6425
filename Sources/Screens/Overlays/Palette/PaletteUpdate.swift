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
    case .up, .ctrl("p"): palette.cursor = max(0, palette.cursor - 1)
    case .down, .ctrl("n"): palette.cursor = max(0, min(count - 1, palette.cursor + 1))
    case .tab: complete(&palette)
    case .enter, .ctrl("j"): return runEntry(palette)
    default: if palette.input.handle(key) != .ignored { palette.cursor = 0 }
    }
    replaceOverlay(.palette(palette))
  }

  /// Tab writes the chosen line out, ready for an argument where it takes one.
  private func complete(_ palette: inout PaletteState) {
    let entries = entries(of: palette)
    guard entries.indices.contains(palette.cursor) else { return }
    let entry = entries[palette.cursor]
    var line = entry.line
    if case .command(let command) = entry.action {
      guard command.word != nil else { return }
      if command.takesArgument { line += " " }
    }
    palette.input = TextEditor(kind: .singleLine, text: line)
    palette.cursor = 0
  }

  private mutating func runEntry(_ palette: PaletteState) {
    let entries = entries(of: palette)
    guard entries.indices.contains(palette.cursor) else {
      return complain(noCommand(palette.input.text))
    }
    let entry = entries[palette.cursor]
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

  /// Why nothing is meant by what is typed.
  private func noCommand(_ input: String) -> String {
    let word = input.prefix { $0 != " " }.lowercased()
    return commands.rows.contains { $0.word == word }
      ? "“\(word)” takes nothing after it" : "There is no such command: ? lists them"
  }

  /// Offered first the next time, in later sessions too.
  private mutating func remember(_ line: String) {
    history.removeAll { $0 == line }
    history.insert(line, at: 0)
    history = Array(history.prefix(50))
    effects.append(.rememberCommand(line))
  }
}
