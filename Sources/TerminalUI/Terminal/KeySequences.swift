// What the sequences of xterm-like terminals mean, in both cursor-key forms, with modifiers, SGR
// mouse, focus, paste, and the two newer ways to send a modified key. Tables for `InputDecoder`.

enum KeySequences {
  enum Meaning: Equatable {
    case event(TerminalEvent)
    case pasteBegins
    /// Three bytes of an old-style mouse report follow.
    case oldMouse
    case nothing
  }

  /// A control character typed by itself.
  static func control(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x00: .ctrl(" ")
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    case 0x0D: .enter
    case 0x1B: .escape
    case 0x01...0x1A: .ctrl(Character(Unicode.Scalar(byte + 0x60)))
    case 0x1C...0x1F: .ctrl(Character(Unicode.Scalar(byte + 0x40)))
    default: nil
    }
  }

  /// `sequence` is what follows ESC: `[ … final` or `O final`.
  static func meaning(of sequence: [UInt8]) -> Meaning {
    guard let final = sequence.last else { return .nothing }
    let body = sequence.dropFirst().dropLast()
    if sequence.first == 0x4F { return key(cursor(final, modifiers: 0)) }
    if body.first == 0x3C { return mouse(parameters(body.dropFirst()), final: final) }
    if let first = body.first, !(0x30...0x3B).contains(first) { return .nothing }
    return known(parameters(body), final: final)
  }

  private static func known(_ values: [Int], final: UInt8) -> Meaning {
    let modifiers = values.count > 1 ? max(0, values[1] - 1) : 0
    switch final {
    case 0x49: return values.isEmpty ? .event(.focus(true)) : .nothing
    case 0x4F: return values.isEmpty ? .event(.focus(false)) : .nothing
    case 0x4D: return values.isEmpty ? .oldMouse : .nothing
    case 0x5A: return .event(.key(.backTab))
    case 0x7E: return tilde(values, modifiers: modifiers)
    case 0x75: return key(modified(values.first ?? 0, modifiers: modifiers))
    default: return key(cursor(final, modifiers: modifiers))
    }
  }

  private static func tilde(_ values: [Int], modifiers: Int) -> Meaning {
    switch values.first {
    case 1, 7: .event(.key(.home))
    case 4, 8: .event(.key(.end))
    case 3: .event(.key(.delete))
    case 5: .event(.key(.pageUp))
    case 6: .event(.key(.pageDown))
    case 200: .pasteBegins
    case 27 where values.count == 3: key(modified(values[2], modifiers: modifiers))
    default: .nothing
    }
  }

  private static func cursor(_ final: UInt8, modifiers: Int) -> Key? {
    // Shift is 1, Alt 2, Control 4; both of the latter move by words.
    let byWords = modifiers & 6 != 0
    switch final {
    case 0x41: return .up
    case 0x42: return .down
    case 0x43: return byWords ? .ctrlRight : .right
    case 0x44: return byWords ? .ctrlLeft : .left
    case 0x48: return .home
    case 0x46: return .end
    case 0x4D: return .enter
    default: return nil
    }
  }

  /// A key sent as its code point with modifiers.
  private static func modified(_ code: Int, modifiers: Int) -> Key? {
    if code == 13 { return modifiers == 0 ? .enter : .altEnter }
    if code == 9 { return modifiers & 1 != 0 ? .backTab : .tab }
    guard let value = UInt32(exactly: code), let scalar = Unicode.Scalar(value) else { return nil }
    if value < 0x20 || value == 0x7F { return UInt8(exactly: value).flatMap(control) }
    guard !(0x80..<0xA0).contains(value), !(0xE000..<0xF900).contains(value) else { return nil }
    if modifiers & 4 != 0 { return .ctrl(Character(scalar.properties.lowercaseMapping)) }
    return modifiers & 2 != 0 ? .alt(Character(scalar)) : .character(Character(scalar))
  }

  private static func mouse(_ values: [Int], final: UInt8) -> Meaning {
    guard values.count == 3, final == 0x4D || final == 0x6D else { return .nothing }
    let at = Point(x: max(0, values[1] - 1), y: max(0, values[2] - 1))
    let action: Mouse.Action
    // Shift, Alt and Control are bits 2 to 4; 32 is motion, 64 the wheel.
    switch values[0] & ~28 {
    case 0: action = final == 0x4D ? .press : .release
    case 32: action = .drag
    case 64: action = .wheelUp
    case 65: action = .wheelDown
    default: return .nothing
    }
    return .event(.mouse(Mouse(action: action, at: at)))
  }

  private static func key(_ key: Key?) -> Meaning {
    key.map { .event(.key($0)) } ?? .nothing
  }

  /// Numbers between semicolons; a subparameter after a colon is left out.
  private static func parameters(_ body: ArraySlice<UInt8>) -> [Int] {
    guard !body.isEmpty else { return [] }
    return body.split(separator: 0x3B, omittingEmptySubsequences: false).map { part in
      part.prefix { (0x30...0x39).contains($0) }
        .reduce(0) { min(99_999, $0 * 10 + Int($1 - 0x30)) }
    }
  }

  /// More than one line, and nothing but text: no finger is that fast.
  static func looksPasted(_ bytes: some Collection<UInt8>) -> Bool {
    guard let lineBreak = bytes.firstIndex(of: 0x0D) else { return false }
    let isText = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0D || $0 == 0x09 }
    return isText && bytes[lineBreak...].contains { $0 > 0x20 }
  }

  /// Line breaks become `\n`, tabs four spaces; other control characters are dropped.
  static func cleanPaste(_ bytes: [UInt8]) -> String {
    var clean = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0A where afterReturn: break
      case 0x0A, 0x0D: clean.append("\n")
      case 0x09: clean.append(contentsOf: "    ".unicodeScalars)
      case 0..<0x20, 0x7F..<0xA0: break
      default: clean.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    return String(clean)
  }

  /// Bytes at the end that begin a UTF-8 character whose rest hasn't come yet.
  static func partialTail(of bytes: [UInt8]) -> Int {
    for (back, byte) in bytes.reversed().prefix(3).enumerated() where byte & 0xC0 != 0x80 {
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return back + 1 < length ? back + 1 : 0
    }
    return 0
  }
}
