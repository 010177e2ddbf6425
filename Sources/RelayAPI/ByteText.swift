// Bytes written as text: hex for hashes, Base64 (RFC 4648) for bodies that are not UTF-8.

/// Hexadecimal digits, lower case.
package enum Hex {
  static let digits = Array("0123456789abcdef".utf8)

  /// The bytes that `text` spells; nothing when it is not pairs of hex digits.
  package static func decode(_ text: some StringProtocol) -> [UInt8] {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 2) else { return [] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 2)
    for index in stride(from: 0, to: characters.count, by: 2) {
      guard let high = value(characters[index]), let low = value(characters[index + 1]) else {
        return []
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension UnsafeRawBufferPointer {
  /// These bytes in hex, written behind what `text` holds.
  package func appendHex(to text: inout [UInt8]) {
    for byte in self {
      text.append(Hex.digits[Int(byte >> 4)])
      text.append(Hex.digits[Int(byte & 15)])
    }
  }
}

enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )
  private static let padding = UInt8(ascii: "=")

  static func encode(_ bytes: UnsafeRawBufferPointer, into text: inout [UInt8]) {
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let left = bytes.count - start
      let group =
        UInt32(bytes[start]) << 16 | (left > 1 ? UInt32(bytes[start + 1]) << 8 : 0)
        | (left > 2 ? UInt32(bytes[start + 2]) : 0)
      text.append(alphabet[Int(group >> 18)])
      text.append(alphabet[Int(group >> 12 & 63)])
      text.append(left > 1 ? alphabet[Int(group >> 6 & 63)] : padding)
      text.append(left > 2 ? alphabet[Int(group & 63)] : padding)
    }
  }

  /// Nil when `text` is not padded Base64.
  static func decode(_ text: String) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 4) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 4 * 3)
    for start in stride(from: 0, to: characters.count, by: 4) {
      let isLast = start + 4 == characters.count
      let pads = isLast ? characters[(start + 2)...].reversed().prefix { $0 == padding }.count : 0
      var group: UInt32 = 0
      for index in start..<start + 4 - pads {
        guard let value = value(characters[index]) else { return nil }
        group = group << 6 | value
      }
      group <<= UInt32(6 * pads)
      for index in 0..<3 - pads {
        bytes.append(UInt8(truncatingIfNeeded: group >> (16 - 8 * index)))
      }
    }
    return bytes
  }

  private static func value(_ character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
