// Keys of the help overlay: typing searches, Enter runs what the cursor is on.
import TerminalUI

extension AppState {
  mutating func press(_ key: Key, help: HelpState) {
    var help = help
    let commands = help.commands(of: commands)
    switch key {
    case .escape where !help.search.isEmpty:
      help.search = TextEditor(kind: .singleLine)
      help.cursor = 0
    case .escape, .ctrl("c"): return dismissOverlay()
    case .up, .ctrl("p"): help.cursor = max(0, help.cursor - 1)
    case .down, .ctrl("n"): help.cursor = min(commands.count - 1, help.cursor + 1)
    case .pageUp: help.cursor = max(0, help.cursor - 10)
    case .pageDown: help.cursor = min(commands.count - 1, help.cursor + 10)
    case .character("?") where help.search.isEmpty: return dismissOverlay()
    case .enter, .ctrl("j"):
      guard commands.indices.contains(help.cursor) else { return }
      dismissOverlay()
      return run(commands[help.cursor])
    default: if help.search.handle(key) != .ignored { help.cursor = 0 }
    }
    help.cursor = max(0, help.cursor)
    replaceOverlay(.help(help))
  }
}
