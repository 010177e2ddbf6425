// What a terminal answers to the questions asked at the start. Pure; read by `InputDecoder`.

enum TerminalAnswer: Equatable {
  /// The background's colour is nearer to white than to black.
  case background(isLight: Bool)
  /// DA1, asked last: earlier answers have come or never will.
  case identity

  /// OSC 11 as xterm answers it: `11;rgb:ffff/ffff/ffff`, with one to four digits a part.
  init?(command: [UInt8]) {
    let text = String(decoding: command, as: UTF8.self)
    guard text.hasPrefix("11;rgb:") || text.hasPrefix("11;rgba:") else { return nil }
    let parts = text.drop { $0 != ":" }.dropFirst().split(separator: "/").prefix(3)
    let shares = parts.compactMap { part -> Double? in
      guard let value = UInt32(part, radix: 16), (1...4).contains(part.count) else { return nil }
      return Double(value) / Double((1 << (4 * part.count)) - 1)
    }
    guard shares.count == 3 else { return nil }
    // Rec. 709 luma: green is what the eye calls bright.
    self = .background(isLight: 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2] > 0.5)
  }

  /// DA1: `[?` digits `c`.
  init?(sequence: [UInt8]) {
    guard sequence.count > 3, sequence[0] == 0x5B, sequence[1] == 0x3F, sequence.last == 0x63
    else { return nil }
    self = .identity
  }
}
