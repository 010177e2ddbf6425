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
    guard cs_speaks_xterm() else { return }
    raw("\u{1B}]2;" + Sanitizer.line(title, limit: 120) + "\u{7}")
  }

  package func bell() { raw("\u{7}") }

  /// A message for the desktop, by the sequence that the terminal is said to know.
  ///
  /// Inside tmux it is handed through to the terminal around it, which tmux allows or drops.
  package func notify(_ text: String, by sequence: DesktopSequence) {
    guard cs_speaks_xterm() else { return bell() }
    let clean = Sanitizer.line(text, limit: 120).filter { $0 != ";" }
    let command: String
    switch sequence {
    case .osc9: command = "\u{1B}]9;\(clean)\u{7}"
    case .osc777: command = "\u{1B}]777;notify;Inbox;\(clean)\u{7}"
    }
    guard getenv("TMUX") != nil else { return raw(command) }
    raw("\u{1B}Ptmux;\u{1B}" + command + "\u{1B}\\")
  }

  /// Gives `text` to the terminal's clipboard; false when it is too long for that, or the terminal
  /// has none.
  ///
  /// OSC 52, which also reaches the desk at the far end of SSH. tmux drops that from programs
  /// inside it but passes its own buffer on.
  package func copy(_ text: String) -> Bool {
    // It may be pasted into a shell.
    let bytes = Array(Sanitizer.unsteered(text).utf8)
    guard bytes.count <= Self.longestCopy else { return false }
    if getenv("TMUX") != nil, feed(["tmux", "load-buffer", "-w", "-"], bytes) { return true }
    guard cs_speaks_xterm() else { return false }
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

/// How a terminal is asked for a desktop notification.
package enum DesktopSequence: Sendable {
  /// iTerm2, WezTerm, Windows Terminal, kitty, Ghostty.
  case osc9
  /// urxvt, foot, WezTerm, Ghostty, VTE.
  case osc777
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
