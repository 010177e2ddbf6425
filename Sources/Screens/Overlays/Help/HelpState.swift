// The help overlay: the commands of the place it was opened from, searchable.
import TerminalUI

struct HelpState: Equatable {
  var context: Context
  var search = TextEditor(kind: .singleLine)
  var cursor = 0

  init(context: Context) { self.context = context }

  /// Matching commands: those with keys, by words of their titles, help or keys.
  func commands(of table: CommandTable) -> [Command] {
    let wanted = search.text.lowercased().split(separator: " ")
    let own = table.rows.filter { !$0.isEverywhere }
    let shared = table.rows.filter(\.isEverywhere)
    return (own + shared).filter { command in
      guard command.contexts.contains(context), !command.keys.isEmpty else { return false }
      let keys = command.keys.map(\.label).joined(separator: " ")
      let text = (command.title + " " + command.help).lowercased()
      return wanted.allSatisfy { text.contains($0) || keys.lowercased().contains($0) }
    }
  }
}
