// What roles look like: the schemes that come with the program, and how a person's own is made of
// one. Pure values; `Palette` steps them down to what the terminal has.

/// What a piece of the screen is; views name nothing else.
package enum Role: UInt8, CaseIterable, Sendable {
  case text, strong, quiet, accent, accentStrong, selected, resting
  case good, warning, bad, rule, focusedRule, key, pill, found

  /// Its name in a config file.
  package var name: String {
    switch self {
    case .accentStrong: "accent_strong"
    case .focusedRule: "focused_rule"
    default: "\(self)"
    }
  }
}

/// Colours and attributes of a role.
package struct Look: Hashable, Sendable {
  package var foreground: Color
  package var background: Color
  package var attributes: Attributes

  package init(
    _ foreground: Color = .terminal,
    on background: Color = .terminal,
    _ attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

/// A look for every role, for dark and for light backgrounds.
package struct ColorScheme: Equatable, Sendable {
  package var name: String
  private var dark: [Look]
  private var light: [Look]

  private init(_ name: String, dark: [Role: Look], light: [Role: Look] = [:]) {
    self.name = name
    let all = dark.merging(light) { $1 }
    self.dark = Role.allCases.map { dark[$0] ?? Look() }
    self.light = Role.allCases.map { all[$0] ?? Look() }
  }

  /// A scheme of one's own: another one with some roles changed.
  package init(_ name: String, from base: ColorScheme, changing looks: [Role: Look]) {
    self = base
    self.name = name
    for (role, look) in looks {
      dark[Int(role.rawValue)] = look
      light[Int(role.rawValue)] = look
    }
  }

  func look(_ role: Role, isLight: Bool) -> Look {
    (isLight ? light : dark)[Int(role.rawValue)]
  }
}

extension ColorScheme {
  /// The schemes that need no config, the default first.
  package static let builtIn: [ColorScheme] = [terminal, soft, vivid, highContrast, mono]

  /// Shapes that stay when there is no colour: nothing is told by colour alone.
  private static let shapes: [Role: Look] = [
    .strong: Look(.terminal, .bold),
    .quiet: Look(.terminal, .dim),
    .accentStrong: Look(.terminal, .bold),
    .selected: Look(.terminal, [.reverse, .bold]),
    .resting: Look(.terminal, .bold),
    .bad: Look(.terminal, .bold),
    .rule: Look(.terminal, .dim),
    .focusedRule: Look(.terminal, .bold),
    .key: Look(.terminal, .bold),
    .pill: Look(.terminal, [.reverse, .bold]),
    .found: Look(.terminal, [.bold, .underline]),
  ]

  private static func colored(
    accent: Color,
    good: Color,
    warning: Color,
    bad: Color
  ) -> [Role: Look] {
    shapes.merging([
      .accent: Look(accent), .accentStrong: Look(accent, .bold),
      .focusedRule: Look(accent, .bold), .good: Look(good), .warning: Look(warning),
      .bad: Look(bad, .bold), .found: Look(warning, [.bold, .underline]),
    ]) { $1 }
  }

  /// The terminal's own colours; on a light background darker ones where its own are too pale.
  package static let terminal = ColorScheme(
    "terminal",
    dark: colored(accent: .ansi(6), good: .ansi(2), warning: .ansi(3), bad: .ansi(1)),
    light: colored(
      accent: .indexed(30),
      good: .indexed(28),
      warning: .indexed(130),
      bad: .indexed(124)
    )
  )

  /// Muted colours for a long evening.
  package static let soft = ColorScheme(
    "soft",
    dark: colored(
      accent: .rgb(red: 138, green: 173, blue: 200),
      good: .rgb(red: 148, green: 180, blue: 138),
      warning: .rgb(red: 214, green: 180, blue: 120),
      bad: .rgb(red: 214, green: 122, blue: 122)
    ),
    light: colored(
      accent: .rgb(red: 52, green: 101, blue: 142),
      good: .rgb(red: 56, green: 112, blue: 60),
      warning: .rgb(red: 148, green: 92, blue: 20),
      bad: .rgb(red: 168, green: 48, blue: 48)
    )
  )

  /// Strong colours, a coloured cursor row.
  package static let vivid = ColorScheme(
    "vivid",
    from: ColorScheme(
      "vivid",
      dark: colored(
        accent: .rgb(red: 255, green: 135, blue: 215),
        good: .rgb(red: 95, green: 215, blue: 95),
        warning: .rgb(red: 255, green: 191, blue: 0),
        bad: .rgb(red: 255, green: 95, blue: 95)
      ),
      light: colored(
        accent: .rgb(red: 175, green: 0, blue: 135),
        good: .rgb(red: 0, green: 120, blue: 30),
        warning: .rgb(red: 160, green: 90, blue: 0),
        bad: .rgb(red: 200, green: 0, blue: 0)
      )
    ),
    changing: [
      .selected: Look(.ansi(15), on: .rgb(red: 135, green: 0, blue: 135), .bold),
      .pill: Look(.ansi(15), on: .rgb(red: 135, green: 0, blue: 135), .bold),
    ]
  )

  /// Nothing dim, everything that matters bold or underlined, on a ground of its own.
  package static let highContrast = ColorScheme(
    "high-contrast",
    from: terminal,
    changing: Dictionary(
      uniqueKeysWithValues: Role.allCases.map { role in
        let white = Color.ansi(15)
        let black = Color.ansi(0)
        switch role {
        case .text, .quiet, .rule: return (role, Look(white, on: black))
        case .accent, .good: return (role, Look(white, on: black, .bold))
        case .selected, .pill: return (role, Look(white, on: black, [.reverse, .bold]))
        case .warning, .found: return (role, Look(.ansi(11), on: black, [.bold, .underline]))
        case .bad: return (role, Look(.ansi(9), on: black, [.bold, .underline]))
        default: return (role, Look(white, on: black, .bold))
        }
      }
    )
  )

  /// No colour at all.
  package static let mono = ColorScheme("mono", dark: shapes)
}
