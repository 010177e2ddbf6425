// How a cell looks: a role, which the colour scheme turns into colours when it is painted, and what
// a place adds to it.

/// A colour as a theme names it; what the terminal can't show is stepped down when painted.
package enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case terminal
  /// One of the terminal's 16 palette colours, 0–15.
  case ansi(UInt8)
  /// One of the 256 fixed colours.
  case indexed(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)
}

package struct Attributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = Attributes(rawValue: 1)
  package static let dim = Attributes(rawValue: 2)
  package static let italic = Attributes(rawValue: 4)
  package static let underline = Attributes(rawValue: 8)
  package static let reverse = Attributes(rawValue: 16)
}

/// A role and what differs from it here.
package struct Style: Hashable, Sendable {
  package var role: Role
  package var foreground: Color
  package var background: Color
  package var attributes: Attributes

  package init(
    _ role: Role = .text,
    foreground: Color = .terminal,
    background: Color = .terminal,
    attributes: Attributes = []
  ) {
    self.role = role
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  package static let plain = Style()

  /// The same with more attributes.
  package func with(_ more: Attributes) -> Style {
    Style(
      role,
      foreground: foreground,
      background: background,
      attributes: attributes.union(more)
    )
  }

  /// The same on another background.
  package func on(_ color: Color) -> Style {
    Style(role, foreground: foreground, background: color, attributes: attributes)
  }
}
