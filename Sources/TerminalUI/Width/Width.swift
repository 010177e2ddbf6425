// How many columns text takes: one table for layout, ncurses and tests alike. Pure; any thread.
import CursesShim

/// Columns of harmless text (see `Sanitizer`).
package enum Width {
  /// Columns of one grapheme cluster.
  ///
  /// 0 for control characters, 1 or 2 for nearly all; a conjunct of several base letters takes as
  /// many as its letters do, because a terminal puts each in its own cell.
  package static func of(_ character: Character) -> Int {
    if let ascii = character.asciiValue, character != "\r\n" {
      return ascii >= 0x20 && ascii != 0x7F ? 1 : 0
    }
    return character.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// Columns of one code point; 0 for marks and control characters.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    max(0, Int(cs_width(scalar.value)))
  }

  /// The sum over all characters.
  package static func of(_ text: some StringProtocol) -> Int {
    let ascii = text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      var columns = 0
      for byte in bytes {
        guard byte < 0x80 else { return nil }
        if byte >= 0x20 && byte != 0x7F { columns += 1 }
      }
      return columns
    }
    if let ascii, let columns = ascii { return columns }
    return text.unicodeScalars.reduce(0) { $0 + of($1) }
  }
}
