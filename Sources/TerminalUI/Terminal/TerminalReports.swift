// What goes to the terminal beside the screen: window title, clipboard, bell. Main thread only.
import CursesShim

extension Terminal {
  /// OSC 52 is cut by some terminals above this many bytes of text.
  private static let longestCopy = 50_000

  /// The window's title; foreign text in it is made harmless here.
  package func setTitle(_ title: String) {
    raw("\u{1B}]2;" + Sanitizer.line(title, limit: 120) + "\u{7}")
  }

  package func bell() { raw("\u{7}") }

  /// Gives `text` to the terminal's clipboard (OSC 52); false when it is too long for that.
  package func copy(_ text: String) -> Bool {
    guard text.utf8.count <= Self.longestCopy else { return false }
    raw("\u{1B}]52;c;" + Base64.encode(Array(text.utf8)) + "\u{7}")
    return true
  }

  private func raw(_ text: String) {
    let bytes = Array(text.utf8)
    cs_raw(bytes, Int32(bytes.count))
  }
}

enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(0) { $0 << 8 | Int($1) }
      bits <<= 8 * (3 - group.count)
      for place in 0..<4 {
        let isPadding = place > group.count
        text.append(isPadding ? 0x3D : alphabet[bits >> (18 - 6 * place) & 63])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
