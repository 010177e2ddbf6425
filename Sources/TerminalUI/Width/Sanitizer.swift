// Makes text from outside harmless: nothing in it can steer the terminal, reorder or hide its
// neighbours, or take another width than `Width` says. One pass over the code points, linear.
// Called before anything a customer or provider wrote is laid out. Pure; any thread.
import Synchronization

/// How emoji are shown.
package enum EmojiStyle: UInt8, Sendable {
  case glyph
  /// As their names: `:pink_heart:`.
  case text
}

/// Turns foreign text into text that can be drawn.
///
/// Emoji sequences are reduced to what terminals agree on: the first emoji of a joined sequence,
/// no skin tones, no variation selectors, flags as two letters. What the table doesn't know
/// becomes U+25A1.
package enum Sanitizer {
  private static let emojiSetting = Atomic(EmojiStyle.glyph.rawValue)

  /// One setting for the process, made when the terminal opens: layout, editor and screen must
  /// agree on every character's width.
  package static var emoji: EmojiStyle {
    get { EmojiStyle(rawValue: emojiSetting.load(ordering: .relaxed)) ?? .glyph }
    set { emojiSetting.store(newValue.rawValue, ordering: .relaxed) }
  }

  /// One line: runs of line breaks and tabs become one space.
  ///
  /// `limit` counts code points; what is cut ends in `…`. The default is more than a row shows.
  package static func line(_ text: String, limit: Int = 1_024) -> String {
    clean(text, keepsLines: false, limit: limit)
  }

  /// Many lines: every kind of line break becomes `\n`, a tab four spaces.
  package static func paragraph(_ text: String, limit: Int = .max) -> String {
    clean(text, keepsLines: true, limit: limit)
  }

  /// As it was written, without what could steer a terminal or a shell that it is pasted into.
  package static func unsteered(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09: kept.append(" ")
      case 0x0A: kept.append(scalar)
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xE0000...0xE007F: break
      default: kept.append(scalar)
      }
    }
    while kept.last == "\n" { kept.removeLast() }
    return String(kept)
  }

  /// A clean text comes back as it is; any other is rebuilt.
  package static func clean(_ text: String, keepsLines: Bool, limit: Int) -> String {
    if isPlain(text, keepsLines: keepsLines, limit: limit) { return text }
    var pass = SanitizerPass(keepsLines: keepsLines, limit: limit, emoji: emoji)
    for scalar in text.unicodeScalars {
      guard pass.take(scalar) else { break }
    }
    return pass.finished()
  }

  private static func isPlain(_ text: String, keepsLines: Bool, limit: Int) -> Bool {
    guard text.utf8.count <= limit else { return false }
    let plain = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || (keepsLines && $0 == 0x0A) }
    }
    if plain == true { return true }
    let hasGlyphs = emoji == .glyph
    return text.unicodeScalars.allSatisfy { scalar in
      scalar.standsAlone && (hasGlyphs || scalar.value < 0x2600)
        || keepsLines && scalar.value == 0x0A
    }
  }
}
