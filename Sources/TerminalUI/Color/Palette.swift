// Turns a cell's style into what the terminal has: the scheme's colours for its role, stepped down
// to the terminal's number of colours. Pure; used by `Painter`.

/// How many colours are used: the person's choice, then NO_COLOR, then what terminfo says.
package enum ColorDepth: Comparable, Sendable {
  case mono, eight, sixteen, indexed, direct

  /// Steps down from the terminal's count; a non-empty NO_COLOR switches colour off.
  package init(colors: Int, noColor: String?) {
    if let noColor, !noColor.isEmpty {
      self = .mono
    } else if colors > 0xFFFF {
      self = .direct
    } else if colors >= 256 {
      self = .indexed
    } else if colors >= 16 {
      self = .sixteen
    } else {
      self = colors >= 8 ? .eight : .mono
    }
  }
}

extension ColorDepth {
  /// As a config says it: none, 8, 16, 256 or true.
  package init?(setting: String) {
    switch setting {
    case "none": self = .mono
    case "8": self = .eight
    case "16": self = .sixteen
    case "256": self = .indexed
    case "true": self = .direct
    default: return nil
    }
  }
}

/// Colours as the terminal counts them; -1 is its own.
struct ResolvedStyle: Equatable {
  var foreground: Int32
  var background: Int32
  var attributes: Attributes
}

package struct Palette: Equatable, Sendable {
  package let depth: ColorDepth
  package var scheme: ColorScheme
  /// The terminal's background is light, as far as it has said.
  package var isLight = false

  package init(depth: ColorDepth, scheme: ColorScheme = .terminal) {
    self.depth = depth
    self.scheme = scheme
  }

  func resolve(_ style: Style) -> ResolvedStyle {
    let base = scheme.look(style.role, isLight: isLight)
    let foreground = number(style.foreground == .terminal ? base.foreground : style.foreground)
    let background = number(style.background == .terminal ? base.background : style.background)
    var attributes = base.attributes.union(style.attributes)
    // Without colours what has a ground of its own still stands out.
    let ground = scheme.look(.text, isLight: isLight).background
    if depth == .mono, base.background != ground { attributes.insert(.reverse) }
    // Eight colours have no bright half: bold stands for it.
    if depth == .eight, foreground >= 8 { attributes.insert(.bold) }
    return ResolvedStyle(
      foreground: stepped(foreground),
      background: stepped(background),
      attributes: attributes
    )
  }

  /// What a style comes to, for pictures: `6/-1 bold`.
  package func description(of style: Style) -> String {
    let look = resolve(style)
    let names = ["bold", "dim", "italic", "underline", "reverse"].enumerated()
      .filter { look.attributes.rawValue & (1 << $0.offset) != 0 }.map(\.element)
    return (["\(look.foreground)/\(look.background)"] + names).joined(separator: " ")
  }

  private func stepped(_ number: Int32) -> Int32 {
    depth == .eight && number >= 8 ? number - 8 : number
  }

  private func number(_ color: Color) -> Int32 {
    if depth == .mono { return -1 }
    switch color {
    case .terminal: return -1
    case .ansi(let index): return Int32(min(index, 15))
    case .indexed(let index): return depth >= .indexed ? Int32(index) : Self.sixteen(index)
    case .rgb(let red, let green, let blue):
      if depth == .direct { return Self.direct(red, green, blue) }
      let index = Self.nearest(red, green, blue)
      return depth == .indexed ? Int32(index) : Self.sixteen(index)
    }
  }

  /// Numbers below 256 are the palette's, so the darkest blues borrow a trace of green.
  private static func direct(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
    let number = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
    return number < 256 ? number | 0x100 : number
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
  private static func sixteen(_ index: UInt8) -> Int32 {
    if index < 16 { return Int32(index) }
    let parts = components(of: Int(index))
    let strongest = parts.max() ?? 0
    if strongest < 64 { return 0 }
    // A channel counts when it is more than half as strong as the strongest.
    let bits = parts.enumerated().reduce(0) { $0 + ($1.1 * 2 > strongest ? 1 << $1.0 : 0) }
    if bits == 7 { return strongest > 220 ? 15 : strongest > 130 ? 7 : 8 }
    return Int32(strongest > 200 ? bits + 8 : bits)
  }
}
