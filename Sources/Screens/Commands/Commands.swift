// The table of commands. To add one: a row here, a case in Command.ID, a case in AppState.run.
// Footer, `?`, `:` and docs/keys.md follow by themselves.
import Model
import TerminalUI

enum Commands {
  static let all: [Command] =
    moving + panes + leads + people + marking + finding + thread + outbound + journal + notices
    + app + composing

  private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }

  static func command(_ id: Command.ID) -> Command? { byID[id] }

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
