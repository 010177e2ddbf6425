// Keys of the palette: typing filters, Enter runs.
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

  /// Tab writes the chosen command's word out, ready for an argument.
  private func complete(_ palette: inout PaletteState) {
    let entries = entries(of: palette)
    guard entries.indices.contains(palette.cursor) else { return }
    guard case .command(let command) = entries[palette.cursor].action, let word = command.word
    else { return }
    palette.input = TextEditor(kind: .singleLine, text: word + " ")
    palette.cursor = 0
  }

  private mutating func runEntry(_ palette: PaletteState) {
    let entries = entries(of: palette)
    guard entries.indices.contains(palette.cursor) else {
      return complain("There is no such command: ? lists them")
    }
    let entry = entries[palette.cursor]
    if let reason = entry.disabled { return complain(reason) }
    dismissOverlay()
    switch entry.action {
    case .command(let command):
      history.removeAll { $0 == command.id.rawValue }
      history.insert(command.id.rawValue, at: 0)
      history = Array(history.prefix(20))
      run(command)
    case .stage(let stage): choose(stage)
    case .assign(let user): assign(to: user?.id)
    case .filter(let filter): filterInbox(filter)
    case .note(let text):
      guard let lead = subject?.id else { return }
      if text.isEmpty { askForNote() } else { addNote(lead, text: text) }
    }
  }
}
