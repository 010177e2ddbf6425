// What can be chosen about the screen: the config's word at the start, then a person's own, which
// is kept for each. Part of the state; changed on the main thread.
import Model

/// What Enter does in a reply.
package enum EnterKey: String, Sendable {
  case send, newline
}

/// Colours, widths, keys, mouse and notifications.
package struct ScreenSettings: Equatable, Sendable {
  /// The names of the colour schemes there are.
  package var themes = ["terminal"]
  /// The config's.
  package var theme = "terminal"
  /// The signed-in user's own.
  var ownTheme: String?
  /// The config's.
  package var enter = EnterKey.send
  /// The signed-in user's own.
  var ownEnter: EnterKey?
  package var isMouseOn = true
  /// Whoever looks elsewhere is told of messages.
  package var notifies = true
  /// But not then, in the gym's zone.
  package var quietHours: HoursOfDay?
  /// Columns of the list and of the lead pane; nil follows the terminal's width.
  var listWidth: Int?
  var leadWidth: Int?

  package init() {}

  var shownTheme: String { ownTheme ?? theme }
  var usedEnter: EnterKey { ownEnter ?? enter }

  /// Without what the person who leaves has chosen.
  var withoutOwn: ScreenSettings {
    var settings = self
    settings.ownTheme = nil
    settings.ownEnter = nil
    settings.listWidth = nil
    settings.leadWidth = nil
    return settings
  }
}

/// One choice, as it is kept.
package struct Preference: Equatable, Sendable {
  package enum Key: String, CaseIterable, Sendable {
    case theme, mouse, enter
    case listWidth = "list_width"
    case leadWidth = "lead_width"
    /// Not chosen but typed: what template editors hold.
    case begunTemplates = "begun_templates"
  }

  package var key: Key
  package var value: String
}

extension AppState {
  /// Somebody has signed in: their own choices hold from here.
  mutating func receive(_ preferences: [String: String]) {
    for key in Preference.Key.allCases {
      guard let value = preferences[key.rawValue] else { continue }
      adopt(Preference(key: key, value: value))
    }
  }

  private mutating func adopt(_ choice: Preference) {
    switch choice.key {
    case .theme where screen.themes.contains(choice.value):
      screen.ownTheme = choice.value
      effects.append(.setTheme(choice.value))
    case .theme: break
    case .mouse:
      guard isMouseOn != (choice.value == "on") else { return }
      isMouseOn.toggle()
      effects.append(.setMouse(isMouseOn))
    case .enter: screen.ownEnter = EnterKey(rawValue: choice.value)
    case .listWidth: screen.listWidth = Int(choice.value)
    case .leadWidth: screen.leadWidth = Int(choice.value)
    case .begunTemplates: begunTemplates = BegunForms(kept: choice.value)
    }
  }

  mutating func keep(_ key: Preference.Key, _ value: String) {
    effects.append(.keep(Preference(key: key, value: value)))
  }

  mutating func chooseTheme(_ name: String) {
    screen.ownTheme = name
    effects.append(.setTheme(name))
    keep(.theme, name)
    say("Theme: " + name)
  }

  mutating func toggleEnter() {
    let enter: EnterKey = screen.usedEnter == .send ? .newline : .send
    screen.ownEnter = enter
    keep(.enter, enter.rawValue)
    say(enter == .send ? "Enter sends" : "Enter begins a new line · Ctrl-X Ctrl-X sends")
  }

  mutating func pickTheme() {
    let items = screen.themes.map {
      PickerState.Item(title: $0, isCurrent: $0 == screen.shownTheme, choice: .theme($0))
    }
    overlays.append(.picker(PickerState(title: "Colour theme", items: items)))
  }

  /// Shows what the cursor of the theme picker is on; nil shows the chosen one again.
  mutating func previewTheme(_ choice: PickerState.Choice?) {
    guard case .theme(let name) = choice else {
      return effects.append(.setTheme(screen.shownTheme))
    }
    effects.append(.setTheme(name))
  }
}
