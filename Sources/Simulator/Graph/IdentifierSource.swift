// Makes provider ids of the right form: message ids, media ids, trace ids.

/// Ids must not repeat when a run repeats its seed, or a store would take new messages for ones it
/// has; so they are drawn apart from the customers' chance, with the start time mixed in.
struct IdentifierSource {
  private var random: SeededRandom

  init(seed: UInt64, startedAt: Int64) {
    random = SeededRandom(seed: seed ^ UInt64(bitPattern: startedAt) &* 0x2545_f491_4f6c_dd1d)
  }

  /// A WhatsApp message id.
  ///
  /// `wamid.` and base64 over a header, the customer's phone, direction and 20 hex digits.
  mutating func whatsapp(phone: String, isInbound: Bool) -> String {
    let digits = Array(phone.utf8.prefix(40))
    let unique = Array(random.characters(20, of: "0123456789ABCDEF").utf8)
    let bytes: [UInt8] =
      [0x1c, 0x18, UInt8(digits.count)] + digits
      + [0x15, 0x02, 0x00, isInbound ? 0x12 : 0x11, 0x18, UInt8(unique.count)] + unique + [0]
    return "wamid." + Self.base64(bytes)
  }

  /// A Messenger or Instagram message id.
  mutating func messenger() -> String {
    "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE" + random.characters(64, of: Self.lettersAndDigits)
  }

  mutating func media() -> String { "1" + random.characters(15, of: "0123456789") }

  mutating func trace() -> String { "A" + random.characters(22, of: Self.lettersAndDigits) }

  mutating func click() -> String {
    "ARA" + random.characters(60, of: Self.lettersAndDigits + "-_")
  }

  private static let lettersAndDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array((lettersAndDigits + "+/").utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(UInt32(0)) { bits, index in
        bits << 8 | (index < group.count ? UInt32(group[start + index]) : 0)
      }
      for index in 0...3 {
        out.append(
          index <= group.count
            ? alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "=")
        )
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
