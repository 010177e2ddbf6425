// The few looks a screen is made of. Each names a role and no colour: the colour scheme, which a
// person chooses, says what a role looks like, and never gives a meaning by colour alone.
import TerminalUI

enum Theme {
  static let text = Style.plain
  static let strong = Style(.strong)
  static let quiet = Style(.quiet)
  static let accent = Style(.accent)
  static let accentStrong = Style(.accentStrong)
  static let selected = Style(.selected)
  /// The row under the cursor of a list that is not focused.
  static let resting = Style(.resting)
  static let good = Style(.good)
  static let warning = Style(.warning)
  static let bad = Style(.bad)
  static let rule = Style(.rule)
  static let focusedRule = Style(.focusedRule)
  /// Words that were searched for.
  static let found = Style(.found)
  static let key = Style(.key)
  static let pill = Style(.pill)
}
