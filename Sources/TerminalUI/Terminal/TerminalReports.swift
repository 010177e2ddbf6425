// What goes to the terminal beside the screen: window title, clipboard, bell. Main thread only.
import CursesShim

#if canImport(Glibc)
import Glibc
#endif

extension Terminal {
  /// OSC 52 is cut by some terminals above this many bytes of text.
  private static let longestCopy = 50_000

  /// The window's title; foreign text in it is made harmless here.
  package func setTitle(_ title: String) {
    raw("\u{1B}]2;" + Sanitizer.line(title, limit: 120) + "\u{7}")
  }

  package func bell() { raw("\u{7}") }

  /// Gives `text` to the terminal's clipboard; false when it is too long for that.
  ///
  /// OSC 52, which also reaches the desk at the far end of SSH. tmux drops that from programs
  /// inside it but passes its own buffer on.
  package func copy(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.longestCopy else { return false }
    if getenv("TMUX") != nil, feed(["tmux", "load-buffer", "-w", "-"], bytes) { return true }
    raw("\u{1B}]52;c;" + Base64.encode(bytes) + "\u{7}")
    return true
  }

  private func feed(_ arguments: [String], _ bytes: [UInt8]) -> Bool {
    var pointers = arguments.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    return cs_feed(pointers, bytes, Int32(bytes.count))
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
