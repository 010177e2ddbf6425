// Keys as people write them: `j`, `g g`, `Ctrl-D`. Read from the command table, shown in help.
import TerminalUI

/// One or two keys pressed one after the other.
struct KeyStrokes: Equatable, Sendable {
  var keys: [Key]

  init(_ text: some StringProtocol) {
    keys = text.split(separator: " ").compactMap { Self.key(named: String($0)) }
  }

  var title: String { keys.map(Self.name(of:)).joined(separator: " ") }

  private static let named: [(name: String, key: Key)] = [
    ("Enter", .enter), ("Esc", .escape), ("Tab", .tab), ("S-Tab", .backTab),
    ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right),
    ("Home", .home), ("End", .end), ("PgUp", .pageUp), ("PgDn", .pageDown),
    ("Backspace", .backspace), ("Delete", .delete), ("Alt-Enter", .altEnter),
    ("Ctrl-Left", .ctrlLeft), ("Ctrl-Right", .ctrlRight), ("Comma", .character(",")),
    ("Space", .character(" ")),
  ]

  static func key(named name: String) -> Key? {
    if let known = named.first(where: { $0.name == name }) { return known.key }
    if name.hasPrefix("Ctrl-"), let letter = name.last {
      return .ctrl(Character(letter.lowercased()))
    }
    if name.hasPrefix("Alt-"), let letter = name.last { return .alt(letter) }
    return name.count == 1 ? name.first.map { .character($0) } : nil
  }

  static func name(of key: Key) -> String {
    if let known = named.first(where: { $0.key == key }) { return known.name }
    switch key {
    case .character(let character): return String(character)
    case .ctrl(let character): return "Ctrl-" + character.uppercased()
    case .alt(let character): return "Alt-" + String(character)
    default: return ""
    }
  }
}
