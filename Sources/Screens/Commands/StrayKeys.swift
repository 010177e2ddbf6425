// Says of keys that mean nothing here where they mean something. Called by Dispatch.
import TerminalUI

extension AppState {
  /// A line at most once while it stands, and never in the place of a problem.
  mutating func explain(_ pressed: [Key]) {
    // Some terminals send NULs by themselves.
    guard notice?.kind != .problem, pressed != [.ctrl(" ")] else { return }
    let place = placeOf(pressed)
    let rest = context == .message ? "Esc goes back" : "? shows the keys"
    let words = KeySequence(pressed).label + (place ?? " does nothing here · " + rest)
    let isSaid = notice?.text == Sanitizer.line(words, limit: 300) || place == nil
    if notice?.isOfStrayKey ?? false, isSaid { return }
    say(words)
    notice?.isOfStrayKey = true
  }

  /// Where keys mean something, how to get there, and what they do there.
  private func placeOf(_ pressed: [Key]) -> String? {
    // Keys that go elsewhere don't work while a message is chosen.
    let places = context == .message ? [.chat] : Context.allCases
    for place in places {
      guard let map = keyMaps[place] else { continue }
      let action = map[KeySequence(pressed)]
      guard action != nil || map.isPrefix(pressed) else { continue }
      let title = action.flatMap { commands[$0]?.title }.map { " · " + $0 } ?? ""
      return " is for \(place.place): \(wayTo(place))\(title)"
    }
    return nil
  }

  private func wayTo(_ place: Context) -> String {
    func key(_ id: Command.ID) -> String { commands[id]?.keys.first?.label ?? "" }
    if context == .message { return "Esc goes back there" }
    switch place {
    case .inbox: return key(.goInbox) + " goes there"
    case .chat where focus == .inbox: return key(.open) + " opens one"
    case .chat where opened == nil: return key(.open) + " in the inbox opens one"
    case .chat: return key(.goChat) + " goes there"
    case .lead: return key(.goLead) + " goes there"
    case .dashboard: return key(.goDashboard) + " goes there"
    case .journal: return key(.goJournal) + " goes there"
    case .notices: return key(.goNotices) + " goes there"
    case .templates: return key(.templates) + " goes there"
    case .compose where Context.aboutLead.contains(context): return key(.reply) + " starts one"
    case .compose: return key(.reply) + " in the inbox starts one"
    case .search: return key(.find) + " starts one"
    case .message: return key(.selectMessage) + " in a chat chooses one"
    }
  }
}
