// The few looks a screen is made of: the terminal's own colours, 16-colour accents used sparingly,
// and never a meaning by colour alone.
import TerminalUI

enum Theme {
  static let text = Style.plain
  static let strong = Style(attributes: .bold)
  static let quiet = Style(attributes: .dim)
  static let accent = Style(foreground: .ansi(6))
  static let accentStrong = Style(foreground: .ansi(6), attributes: .bold)
  static let selected = Style(attributes: [.reverse, .bold])
  /// The row under the cursor of a list that is not focused.
  static let resting = Style(attributes: .bold)
  static let good = Style(foreground: .ansi(2))
  static let warning = Style(foreground: .ansi(3))
  static let bad = Style(foreground: .ansi(1), attributes: .bold)
  static let rule = Style(attributes: .dim)
  static let focusedRule = Style(foreground: .ansi(6), attributes: .bold)
  static let key = Style(attributes: .bold)
  static let pill = Style(attributes: [.reverse, .bold])
}
