// docs/keys.md, made from the table of commands. A test fails when the file is stale.

import TerminalUI

/// The list of keys as a page.
package enum KeysDocument {
  /// The whole file, Markdown, with a final newline.
  package static func markdown() -> String {
    var lines = [
      "# Keys", "",
      "Generated from the table of commands (`Sources/Screens/Commands`); do not edit by hand.",
      "`?` shows those of the place you are in, `:` and `Ctrl-P` run any of them by name.", "",
    ]
    let everywhere = Commands.all.filter(\.isEverywhere)
    lines += section("Everywhere but in the composer", everywhere)
    for context in Context.allCases {
      let commands = Commands.all.filter {
        $0.contexts.contains(context) && (!$0.isEverywhere || context == .compose)
      }
      lines += section(context.title, commands)
    }
    lines += [
      "## Editing text", "",
      "In the composer and every other field: `Ctrl-A` `Ctrl-E` start and end, `Ctrl-B` `Ctrl-F`",
      "back and forward, `Alt-B` `Alt-F` `Ctrl-←` `Ctrl-→` by words, `Ctrl-W` `Alt-D` delete a word,",
      "`Ctrl-U` `Ctrl-K` to the start and end of the line, `Ctrl-Y` puts back what was deleted,",
      "`Ctrl-_` undoes. `:smile:` becomes its emoji; Tab completes a name begun. Pasted text never",
      "sends and never runs a command.", "",
    ]
    return lines.joined(separator: "\n")
  }

  private static func section(_ title: String, _ commands: [Command]) -> [String] {
    guard !commands.isEmpty else { return [] }
    var lines = ["## " + title, "", "| Keys | Command | `:` | |", "|---|---|---|---|"]
    for command in commands {
      let keys = command.keys.map { "`" + $0.label + "`" }.joined(separator: " ")
      let word = command.word.map { "`" + $0 + "`" } ?? ""
      lines.append("| \(keys) | \(command.title) | \(word) | \(command.help) |")
    }
    return lines + [""]
  }
}
