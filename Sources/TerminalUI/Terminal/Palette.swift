// Steps a style's colours down to what the terminal has. Pure; used by `Terminal`.

/// How many colours are used: the person's choice, then NO_COLOR, then what terminfo says.
package enum ColorDepth: Comparable, Sendable {
  case mono, eight, sixteen, indexed

  /// Steps down from the terminal's count; a non-empty NO_COLOR switches colour off.
  package init(colors: Int, noColor: String?) {
    if let noColor, !noColor.isEmpty {
      self = .mono
    } else if colors >= 256 {
      self = .indexed
    } else if colors >= 16 {
      self = .sixteen
    } else {
      self = colors >= 8 ? .eight : .mono
    }
  }
}

/// Colours as the terminal counts them; -1 is its own.
struct ResolvedStyle: Equatable {
  var foreground: Int16
  var background: Int16
  var attributes: Attributes
}

struct Palette {
  let depth: ColorDepth

  func resolve(_ style: Style) -> ResolvedStyle {
    let foreground = number(style.foreground)
    let background = number(style.background)
    var attributes = style.attributes
    // Eight colours have no bright half: bold stands for it.
    if depth == .eight, foreground >= 8 { attributes.insert(.bold) }
    return ResolvedStyle(
      foreground: stepped(foreground),
      background: stepped(background),
      attributes: attributes
    )
  }

  private func stepped(_ number: Int16) -> Int16 {
    depth == .eight && number >= 8 ? number - 8 : number
  }

  private func number(_ color: Color) -> Int16 {
    if depth == .mono { return -1 }
    switch color {
    case .terminal: return -1
    case .ansi(let index): return Int16(min(index, 15))
    case .indexed(let index): return depth == .indexed ? Int16(index) : Self.sixteen(index)
    case .rgb(let red, let green, let blue):
      let index = Self.nearest(red, green, blue)
      return depth == .indexed ? Int16(index) : Self.sixteen(index)
    }
  }

  /// The nearest of the 6×6×6 cube and the 24 greys.
  static func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let wanted = [red, green, blue].map(Int.init)
    let steps = wanted.map { $0 < 48 ? 0 : $0 < 115 ? 1 : ($0 - 35) / 40 }
    let cube = 16 + 36 * steps[0] + 6 * steps[1] + steps[2]
    let grey = min(23, max(0, (wanted.reduce(0, +) / 3 - 3) / 10))
    let greyIndex = 232 + grey
    let isNearer = distance(wanted, greyIndex) < distance(wanted, cube)
    return UInt8(isNearer ? greyIndex : cube)
  }

  private static func distance(_ wanted: [Int], _ index: Int) -> Int {
    zip(wanted, components(of: index)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// Red, green, blue of a fixed colour, 16–255.
  private static func components(of index: Int) -> [Int] {
    if index >= 232 { return Array(repeating: 8 + 10 * (index - 232), count: 3) }
    let cube = index - 16
    return [cube / 36, cube / 6 % 6, cube % 6].map { $0 == 0 ? 0 : 55 + 40 * $0 }
  }

  /// One of the 16 palette colours for a fixed one.
  private static func sixteen(_ index: UInt8) -> Int16 {
    if index < 16 { return Int16(index) }
    let parts = components(of: Int(index))
    let strongest = parts.max() ?? 0
    if strongest < 64 { return 0 }
    // A channel counts when it is more than half as strong as the strongest.
    let bits = parts.enumerated().reduce(0) { $0 + ($1.1 * 2 > strongest ? 1 << $1.0 : 0) }
    if bits == 7 { return strongest > 220 ? 15 : strongest > 130 ? 7 : 8 }
    return Int16(strongest > 200 ? bits + 8 : bits)
  }
}
