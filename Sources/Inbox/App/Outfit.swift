// What the config says about the screen, in the terminal's own terms: colours, themes, emoji, mouse,
// notifications. Made once at the start; main thread.
import Model
import Screens
import Settings
import TerminalUI

struct Outfit {
  let options: Terminal.Options
  let settings: ScreenSettings
  private let schemes: [ColorScheme]
  private let notify: String

  init(_ configuration: Configuration) {
    let app = configuration.app
    schemes = ColorScheme.builtIn + configuration.themes.map(ColorScheme.init)
    notify = app.notify
    var settings = ScreenSettings()
    settings.themes = schemes.map(\.name)
    settings.theme = app.theme
    settings.enter = EnterKey(rawValue: app.enter) ?? .send
    settings.isMouseOn = app.isMouseOn
    settings.notifies = app.notify != "off"
    settings.quietHours = app.notifyQuiet
    self.settings = settings
    var options = Terminal.Options()
    options.escapeDelay = .milliseconds(app.escapeDelayMilliseconds)
    options.colorDepth = app.colors.flatMap(ColorDepth.init(setting:))
    options.isMouseOn = app.isMouseOn
    options.emoji = app.emoji == "text" ? .text : app.emoji == "glyph" ? .glyph : nil
    options.scheme = schemes.first { $0.name == app.theme } ?? .terminal
    self.options = options
  }

  func scheme(named name: String) -> ColorScheme {
    schemes.first { $0.name == name } ?? .terminal
  }

  func notify(_ text: String, on terminal: Terminal) {
    switch notify {
    case "osc9": terminal.notify(text, by: .osc9)
    case "osc777": terminal.notify(text, by: .osc777)
    default: terminal.bell()
    }
  }
}

extension ColorScheme {
  /// A theme of the config.
  fileprivate init(_ theme: Configuration.Theme) {
    let base = ColorScheme.builtIn.first { $0.name == theme.from } ?? .terminal
    let looks = Role.allCases.compactMap { role in
      theme.looks[role.name].map { (role, Look($0)) }
    }
    self.init(theme.name, from: base, changing: Dictionary(looks) { first, _ in first })
  }
}

extension Look {
  fileprivate init(_ look: Configuration.Look) {
    let attributes = look.attributes.map { attribute -> Attributes in
      switch attribute {
      case .bold: .bold
      case .dim: .dim
      case .italic: .italic
      case .underline: .underline
      case .reverse: .reverse
      }
    }
    self.init(
      Color(look.foreground),
      on: Color(look.background),
      attributes.reduce([]) { $0.union($1) }
    )
  }
}

extension Color {
  fileprivate init(_ color: Configuration.Look.Color) {
    switch color {
    case .terminal: self = .terminal
    case .palette(let index): self = index < 16 ? .ansi(index) : .indexed(index)
    case .rgb(let red, let green, let blue): self = .rgb(red: red, green: green, blue: blue)
    }
  }
}
