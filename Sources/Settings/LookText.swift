// How a theme says what something looks like: `bold #ff8800 on black`. Read by the config's reader.

extension Configuration {
  /// Colours and attributes of a role of a theme.
  package struct Look: Equatable, Sendable {
    package enum Color: Equatable, Sendable {
      /// The terminal's own.
      case terminal
      /// One of the terminal's 256.
      case palette(UInt8)
      case rgb(UInt8, UInt8, UInt8)
    }

    package enum Attribute: String, CaseIterable, Sendable {
      case bold, dim, italic, underline, reverse
    }

    package var foreground = Color.terminal
    package var background = Color.terminal
    package var attributes: [Attribute] = []

    /// Nil when a word of it means nothing.
    init?(_ text: String) {
      var isBackground = false
      for word in text.lowercased().split(separator: " ").map(String.init) {
        if word == "on", !isBackground {
          isBackground = true
        } else if let attribute = Attribute(rawValue: word) {
          attributes.append(attribute)
        } else if let color = Color(word), isBackground {
          background = color
        } else if let color = Color(word) {
          foreground = color
        } else if word != "plain" {
          return nil
        }
      }
    }
  }
}

extension Configuration.Look.Color {
  private static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  /// `terminal`, a name such as `cyan` or `bright-cyan`, 0 to 255, or `#rrggbb`.
  fileprivate init?(_ word: String) {
    let isBright = word.hasPrefix("bright-")
    let name = isBright ? String(word.dropFirst(7)) : word
    if word == "terminal" {
      self = .terminal
    } else if let place = Self.names.firstIndex(of: name) {
      self = .palette(UInt8(place) + (isBright ? 8 : 0))
    } else if let number = UInt8(word) {
      self = .palette(number)
    } else if word.hasPrefix("#"), word.utf8.count == 7,
      let value = UInt32(word.dropFirst(), radix: 16)
    {
      self = .rgb(UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255))
    } else {
      return nil
    }
  }
}
