// The state behind `Sanitizer`: what came before decides what a code point may add. Pure.

struct SanitizerPass {
  /// ncurses keeps a base and four marks in a cell (CCHARW_MAX is 5).
  static let marksPerCell = 4
  private static let unknown: Unicode.Scalar = "\u{25A1}"

  private let keepsLines: Bool
  private let emoji: EmojiStyle
  private var room: Int
  private var output = String.UnicodeScalarView()
  private var isCut = false
  /// Nothing yet that a mark could sit on.
  private var needsBase = true
  private var baseIsEmoji = false
  private var isJoined = false
  private var marks = 0
  private var lastWasReturn = false
  private var lastWasSpace = true

  init(keepsLines: Bool, limit: Int, emoji: EmojiStyle = .glyph) {
    self.keepsLines = keepsLines
    self.emoji = emoji
    room = limit
  }

  /// False once the limit is reached.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    let afterReturn = lastWasReturn
    lastWasReturn = scalar == "\r"
    switch scalar.value {
    case 0x20..<0x7F: addBase(scalar, isEmoji: false)
    case 0x0A where afterReturn: break
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: addBreak()
    case 0x09: addTab()
    case 0..<0xA0, 0xAD: break
    case 0x200D: isJoined = true
    case 0x1F1E6...0x1F1FF: addFlagLetter(scalar)
    case 0x1F3FB...0x1F3FF where !needsBase: break
    default: takeOther(scalar)
    }
    return !isCut
  }

  func finished() -> String {
    var text = output
    if isCut { text.append("…") }
    return String(text)
  }

  private mutating func takeOther(_ scalar: Unicode.Scalar) {
    guard !Self.isInvisible(scalar) else { return }
    if Width.of(scalar) == 0 { return addMark(scalar) }
    if Self.isCommon(scalar) { return addBase(scalar, isEmoji: false) }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .unassigned, .surrogate:
      // The standard library may be older than the table: what the table names is known.
      addBase(Width.of(scalar) == 2 ? scalar : Self.unknown, isEmoji: Width.of(scalar) == 2)
    default:
      if emoji == .text, properties.isEmoji, scalar.value >= 0x2600 { return addName(of: scalar) }
      addBase(scalar, isEmoji: properties.isEmoji)
    }
  }

  private mutating func addBase(_ scalar: Unicode.Scalar, isEmoji: Bool) {
    defer { isJoined = false }
    if isJoined && baseIsEmoji && isEmoji { return }
    baseIsEmoji = isEmoji
    marks = 0
    lastWasSpace = scalar == " "
    needsBase = lastWasSpace
    append(scalar)
  }

  /// `:pink_heart:` for an emoji; what is joined to it is left out as it is for glyphs.
  private mutating func addName(of scalar: Unicode.Scalar) {
    defer { isJoined = false }
    if isJoined && baseIsEmoji { return }
    let name = (scalar.properties.name ?? "emoji").lowercased()
    for letter in (":" + name + ":").unicodeScalars { append(letter == " " ? "_" : letter) }
    baseIsEmoji = true
    needsBase = false
    marks = Self.marksPerCell
    lastWasSpace = false
  }

  private mutating func addMark(_ scalar: Unicode.Scalar) {
    guard !needsBase, marks < Self.marksPerCell else { return }
    marks += 1
    append(scalar)
  }

  private mutating func addFlagLetter(_ scalar: Unicode.Scalar) {
    let letter = Unicode.Scalar(UInt8(0x41 + scalar.value - 0x1F1E6))
    addBase(letter, isEmoji: false)
  }

  private mutating func addBreak() {
    isJoined = false
    baseIsEmoji = false
    needsBase = true
    if keepsLines {
      append("\n")
    } else if !lastWasSpace {
      append(" ")
    }
    lastWasSpace = true
  }

  private mutating func addTab() {
    guard keepsLines else { return addBreak() }
    for _ in 0..<4 { addBase(" ", isEmoji: false) }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    guard room > 0 else {
      isCut = true
      return
    }
    room -= 1
    output.append(scalar)
  }

  /// Selectors, joiners, bidirectional controls, tags and enclosing keycaps: nothing to see.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x034F, 0x061C, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F,
      0x20E3, 0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }

  /// Letters that need no look into the property tables.
  private static func isCommon(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xC0..<0x300, 0x400..<0x483, 0x4E00..<0xA000, 0xAC00..<0xD7A4: true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// In a text of nothing else, each of these is a character by itself and stays as it is: most of
  /// what people write, without a look into the property tables or for the edges of graphemes.
  var standsAlone: Bool {
    switch value {
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300, 0x400..<0x483, 0x2010..<0x2028, 0x20A0..<0x20C0,
      0x4E00..<0xA000, 0xAC00..<0xD7A4, 0x1F400..<0x1F4FD, 0x1F600..<0x1F650, 0x1F910..<0x1FA00:
      true
    default: false
    }
  }
}
