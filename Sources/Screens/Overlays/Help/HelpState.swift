// The help overlay: the commands of the place it was opened from, searchable.
import TerminalUI

struct HelpState: Equatable {
  var context: Context
  var search = TextEditor(kind: .singleLine)
  var cursor = 0

  init(context: Context) { self.context = context }

  /// Matching commands, by words of their titles, help, keys or names.
  func commands(of table: CommandTable) -> [Command] {
    let wanted = search.text.lowercased().split(separator: " ")
    let own = table.rows.filter { !$0.isEverywhere }
    let shared = table.rows.filter(\.isEverywhere)
    return (own + shared).filter { command in
      guard command.contexts.contains(context) else { return false }
      let names = command.keys.map(\.label) + (command.word.map { [":" + $0] } ?? [])
      let text = ([command.title, command.plainHelp] + names).joined(separator: " ").lowercased()
      return wanted.allSatisfy { text.contains($0) }
    }
  }
}
