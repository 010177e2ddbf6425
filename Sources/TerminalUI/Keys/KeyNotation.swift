// Keys as text, both ways: `j`, `G`, `<C-d>`, `<Enter>`. Used by the command table, help and tests.

extension Key {
  private static let names: [(Key, name: String, label: String)] = [
    (.enter, "Enter", "Enter"), (.escape, "Esc", "Esc"), (.tab, "Tab", "Tab"),
    (.backTab, "S-Tab", "Shift-Tab"), (.backspace, "BS", "Backspace"), (.delete, "Del", "Del"),
    (.up, "Up", "↑"), (.down, "Down", "↓"), (.left, "Left", "←"), (.right, "Right", "→"),
    (.home, "Home", "Home"), (.end, "End", "End"), (.pageUp, "PgUp", "PgUp"),
    (.pageDown, "PgDn", "PgDn"), (.ctrlLeft, "C-Left", "Ctrl-←"), (.ctrlRight, "C-Right", "Ctrl-→"),
    (.altEnter, "A-Enter", "Alt-Enter"), (.character(" "), "Space", "Space"),
    (.character("<"), "lt", "<"), (.ctrl(" "), "C-Space", "Ctrl-Space"),
  ]

  /// Reads one key: a character by itself, or a name in angle brackets in any case.
  package init?(notation: String) {
    if notation.count == 1, let character = notation.first, character != " " {
      self = .character(character)
      return
    }
    guard notation.hasPrefix("<"), notation.hasSuffix(">"), notation.count > 2 else { return nil }
    let name = notation.dropFirst().dropLast()
    if let known = Self.names.first(where: { $0.name.lowercased() == name.lowercased() }) {
      self = known.0
      return
    }
    guard name.count == 3, let letter = name.last else { return nil }
    switch name.prefix(2).uppercased() {
    case "C-": self = .ctrl(Character(letter.lowercased()))
    case "A-": self = .alt(letter)
    default: return nil
    }
  }

  /// Reads what `label` says.
  package init?(label: String) {
    if let known = Self.names.first(where: { $0.label == label }) {
      self = known.0
    } else if label.hasPrefix("Ctrl-"), label.count == 6, let letter = label.last {
      self = .ctrl(Character(letter.lowercased()))
    } else if label.hasPrefix("Alt-"), label.count == 5, let letter = label.last {
      self = .alt(letter)
    } else if label.count == 1, let character = label.first {
      self = .character(character)
    } else {
      return nil
    }
  }

  /// What `init(notation:)` reads.
  package var notation: String {
    if let known = Self.names.first(where: { $0.0 == self }) { return "<\(known.name)>" }
    switch self {
    case .character(let character): return String(character)
    case .ctrl(let letter): return "<C-\(letter)>"
    case .alt(let letter): return "<A-\(letter)>"
    default: return ""
    }
  }

  /// What help and footer call the key: `Ctrl-D`, `↑`, `g`.
  package var label: String {
    if let known = Self.names.first(where: { $0.0 == self }) { return known.label }
    switch self {
    case .ctrl(let letter): return "Ctrl-\(letter.uppercased())"
    case .alt(let letter): return "Alt-\(letter)"
    default: return notation
    }
  }
}

/// Keys pressed one after another: `g i`.
package struct KeySequence: Hashable, Sendable {
  package let keys: [Key]

  package init(_ keys: [Key]) { self.keys = keys }

  /// Reads keys between blanks; nil when one of them isn't a key or there is none.
  package init?(notation: String) {
    let parts = notation.split(separator: " ")
    let keys = parts.compactMap { Key(notation: String($0)) }
    guard keys.count == parts.count, !keys.isEmpty else { return nil }
    self.keys = keys
  }

  package var notation: String { keys.map(\.notation).joined(separator: " ") }

  package var label: String { keys.map(\.label).joined(separator: " ") }
}
