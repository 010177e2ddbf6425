// Keys that come faster than the rows they are meant for, as over a slow line: Enter after a search
// means what the search finds, not what stood there before.
import Model
import TerminalUI

extension AppState {
  /// The next event from the terminal; nil while it has to wait, with all that came after it.
  mutating func nextTyped() -> TerminalEvent? {
    guard let event = typed.first, !waitsForRows(event) else { return nil }
    return typed.removeFirst()
  }

  /// What was asked for moves the cursor, and no answer is here yet.
  private var awaitsRows: Bool {
    inbox.loading.isInFlight && (inbox.jump != nil || !inbox.isLoaded)
  }

  private func waitsForRows(_ event: TerminalEvent) -> Bool {
    guard phase == .desk, focus == .inbox, overlays.isEmpty, awaitsRows else { return false }
    switch event {
    case .key(.ctrl("c")): return false
    case .key(let key): return !isSearching || isAboutFound(key)
    case .paste: return !isSearching
    case .mouse, .focus, .resize: return false
    }
  }

  /// A key of the search that goes beyond its words.
  private func isAboutFound(_ key: Key) -> Bool {
    var reader = KeyReader()
    guard let map = keyMap, case .action(let id) = reader.press(key, in: map) else { return false }
    return [.openFound, .keepFound, .foundDown, .foundUp].contains(id)
  }
}
