// The table of commands. To add one: a row here, a case in Command.ID, a case in AppState.run.
// Footer, `?`, `:` and docs/keys.md follow by themselves.
import Model
import TerminalUI

enum Commands {
  static let all: [Command] =
    moving + panes + leads + people + marking + finding + thread + outbound + templates + journal
    + notices + app + composing

  /// The table for those whose Enter sends, and for those whose Enter begins a new line.
  static let usual = CommandTable(all)
  static let typewriter = CommandTable(all.map(\.onTypewriter))

  /// What keys mean in each place; made at the first key, so that the first picture doesn't wait for it.
  static let usualKeys = usual.keyMaps
  static let typewriterKeys = typewriter.keyMaps

  @Sendable static func needsSubject(_ state: AppState) -> String? {
    state.subject == nil ? "Put the cursor on a lead first" : nil
  }

  @Sendable static func needsOpened(_ state: AppState) -> String? {
    state.opened == nil ? "Open a lead first: Enter in the inbox" : nil
  }

  @Sendable static func needsDetail(_ state: AppState) -> String? {
    needsSubject(state)
      ?? (state.subject?.id == state.opened?.detail?.summary.id ? nil : "Open the lead first")
  }

  /// Nothing at all can be said: no free text, and no template either.
  @Sendable static func silenced(_ state: AppState) -> String? {
    guard let reason = closedReason(state) else { return nil }
    return state.subject.map(state.takesTemplates) ?? false ? nil : reason
  }

  @Sendable static func closedReason(_ state: AppState) -> String? {
    state.subject?.id == state.opened?.id ? state.opened?.thread.closedReason : nil
  }
}

/// The rows as they hold for somebody.
struct CommandTable: Sendable {
  let rows: [Command]
  /// What the footer says of them.
  let hints: [Command.ID: FooterHint]
  private let byID: [Command.ID: Command]

  init(_ rows: [Command]) {
    self.rows = rows
    byID = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
    hints = Dictionary(rows.compactMap { row in FooterHint(row).map { (row.id, $0) } }) { $1 }
  }

  subscript(id: Command.ID) -> Command? { byID[id] }

  var keyMaps: [Context: KeyMap<Command.ID>] {
    Dictionary(
      uniqueKeysWithValues: Context.allCases.map { context in
        let bindings = rows.filter { $0.contexts.contains(context) }.flatMap { command in
          command.keys.map { ($0, command.id) }
        }
        return (context, KeyMap(bindings))
      }
    )
  }
}

extension AppState {
  var commands: CommandTable {
    screen.usedEnter == .send ? Commands.usual : Commands.typewriter
  }

  /// What keys mean where they go now.
  var keyMap: KeyMap<Command.ID>? { keyMaps[context] }

  var keyMaps: [Context: KeyMap<Command.ID>] {
    screen.usedEnter == .send ? Commands.usualKeys : Commands.typewriterKeys
  }
}

extension Command {
  /// The row where Enter begins a new line.
  fileprivate var onTypewriter: Command {
    var command = self
    switch id {
    case .send:
      command.keys.removeAll { $0.label == "Enter" }
      command.hint = "Ctrl-X Ctrl-X send"
    case .newline:
      command.keys.insert(KeySequence([.enter]), at: 0)
      command.hint = "Enter new line"
    default: break
    }
    return command
  }
}
