// Writes JSON on one line, either plainly or with the escapes that Meta's webhooks bear.

extension JSON {
  enum Escapes {
    /// UTF-8 as it is.
    case plain
    /// ASCII only: `\uXXXX` in lower-case hex, `\/`, and `<`, `%`, `@` as Meta writes them.
    case meta
  }

  func bytes(_ escapes: Escapes = .plain) -> [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, escapes)
    return bytes
  }

  /// One line of UTF-8 text.
  var line: String { String(decoding: bytes(), as: UTF8.self) }

  private func write(to out: inout [UInt8], _ escapes: Escapes) {
    switch self {
    case .null: out += "null".utf8
    case .bool(let value): out += (value ? "true" : "false").utf8
    case .number(let digits): out += digits.utf8
    case .string(let text): Self.write(text, to: &out, escapes)
    case .array(let elements):
      out.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        element.write(to: &out, escapes)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let members):
      out.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        Self.write(member.key, to: &out, escapes)
        out.append(UInt8(ascii: ":"))
        member.value.write(to: &out, escapes)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to out: inout [UInt8], _ escapes: Escapes) {
    out.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\"".utf8
      case "\\": out += "\\\\".utf8
      case "\n": out += "\\n".utf8
      case "\r": out += "\\r".utf8
      case "\t": out += "\\t".utf8
      case "\u{0}"..<" ": out += unit(UInt16(scalar.value))
      case "/" where escapes == .meta: out += "\\/".utf8
      case "<" where escapes == .meta: out += "\\u003C".utf8
      case "%" where escapes == .meta: out += "\\u0025".utf8
      case "@" where escapes == .meta: out += "\\u0040".utf8
      case "\u{7f}"... where escapes == .meta:
        for code in String(scalar).utf16 { out += unit(code) }
      default: out += Array(String(scalar).utf8)
      }
    }
    out.append(UInt8(ascii: "\""))
  }

  /// `\u` and four lower-case hex digits.
  private static func unit(_ code: UInt16) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return Array("\\u".utf8)
      + stride(from: 12, through: 0, by: -4).map { digits[Int(code >> UInt16($0) & 15)] }
  }
}
