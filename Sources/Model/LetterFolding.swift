// Letters without their accents and capitals, as the full-text index folds them (SQLite's `unicode61`
// with `remove_diacritics 2`): what is highlighted is what was found. Pure.

/// Folds one code point at a time; Foundation's folding stays out of the app's start.
enum LetterFolding {
  /// The letter without accent and capital; nil for an accent of its own.
  static func fold(_ scalar: Unicode.Scalar) -> UInt32? {
    let value = scalar.value
    if value < 0x80 { return (0x41...0x5A).contains(value) ? value + 0x20 : value }
    if (0x300...0x36F).contains(value) { return nil }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? value
    return plain[lower] ?? lower
  }

  /// True for what words are made of.
  static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x80 {
      return (0x30...0x39).contains(value) || (0x41...0x5A).contains(value)
        || (0x61...0x7A).contains(value)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse, .nonspacingMark:
      return true
    default: return false
    }
  }

  /// True for letters of a script that puts no spaces between its words: Chinese, Japanese, Thai, Lao,
  /// Tibetan, Burmese, Khmer.
  static func isUnspaced(_ letter: UInt32) -> Bool {
    guard letter >= 0x0E00 else { return false }
    return unspaced.contains { $0.contains(letter) }
  }

  private static let unspaced: [ClosedRange<UInt32>] = [
    0x0E00...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF,
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF,
  ]

  private static let plain: [UInt32: UInt32] = {
    var table: [UInt32: UInt32] = [:]
    for (base, accented) in letters {
      for scalar in accented.unicodeScalars { table[scalar.value] = base.value }
    }
    return table
  }()

  /// Latin letters of the Unicode data with marks above or below, by their base.
  private static let letters: [(Unicode.Scalar, String)] = [
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ("b", "ḃḅḇ"),
    ("c", "çćĉċčḉ"),
    ("d", "ďḋḍḏḑḓ"),
    ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ("f", "ḟ"),
    ("g", "ĝğġģǧǵḡ"),
    ("h", "ĥȟḣḥḧḩḫẖ"),
    ("i", "ìíîïĩīĭįǐȉȋḭḯỉị"),
    ("j", "ĵǰ"),
    ("k", "ķǩḱḳḵ"),
    ("l", "ĺļľḷḹḻḽ"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňǹṅṇṉṋ"),
    ("o", "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšșṡṣṥṧṩ"),
    ("t", "ţťțṫṭṯṱẗ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹ"),
    ("z", "źżžẑẓẕ"),
  ]
}
