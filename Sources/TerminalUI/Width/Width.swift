// How many columns text takes: one table for layout, ncurses and tests alike.

/// Columns of harmless text (see `Sanitizer`).
package enum Width {
  /// 0, 1 or 2.
  package static func of(_ character: Character) -> Int { 1 }

  /// The sum over all characters.
  package static func of(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + of($1) }
  }
}
