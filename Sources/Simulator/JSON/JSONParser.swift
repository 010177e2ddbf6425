// Reads JSON (RFC 8259) from bytes that a stranger sent: bounded depth, no recursion without it.

struct JSONParser {
  /// What is wrong and at which byte.
  struct Failure: Error, Equatable {
    var reason: String
    var offset: Int
  }

  /// Deeper nesting than any provider payload; bounds the stack.
  static let deepest = 64

  private let bytes: [UInt8]
  private var at = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func parse(_ bytes: [UInt8]) throws(Failure) -> JSON {
    var parser = JSONParser(bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.at == bytes.count else { throw parser.failure("text after the value") }
    return value
  }

  private func failure(_ reason: String) -> Failure { Failure(reason: reason, offset: at) }

  private mutating func value(depth: Int) throws(Failure) -> JSON {
    guard depth < Self.deepest else { throw failure("nested too deeply") }
    skipSpace()
    guard at < bytes.count else { throw failure("ends too early") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(Failure) -> JSON {
    at += 1
    var members: [JSON.Member] = []
    if skip(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw failure("a member's name is missing")
      }
      let key = try string()
      guard skip(UInt8(ascii: ":")) else { throw failure("':' is missing") }
      members.append(JSON.Member(key: key, value: try value(depth: depth + 1)))
      if skip(UInt8(ascii: "}")) { return .object(members) }
      guard skip(UInt8(ascii: ",")) else { throw failure("',' or '}' is missing") }
    }
  }

  private mutating func array(depth: Int) throws(Failure) -> JSON {
    at += 1
    var elements: [JSON] = []
    if skip(UInt8(ascii: "]")) { return .array([]) }
    while true {
      elements.append(try value(depth: depth + 1))
      if skip(UInt8(ascii: "]")) { return .array(elements) }
      guard skip(UInt8(ascii: ",")) else { throw failure("',' or ']' is missing") }
    }
  }

  private mutating func string() throws(Failure) -> String {
    at += 1
    var units: [UInt8] = []
    var wide: [UInt16] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\\"), at < bytes.count, bytes[at] == UInt8(ascii: "u") {
        wide.append(try escapedUnit())
        continue
      }
      if !wide.isEmpty {
        units += Array(String(decoding: wide, as: UTF16.self).utf8)
        wide = []
      }
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"): units.append(try escapedByte())
      case 0..<32: throw failure("a control character stands in a string")
      default: units.append(byte)
      }
    }
    throw failure("a string does not end")
  }

  private mutating func escapedUnit() throws(Failure) -> UInt16 {
    guard at + 5 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[at + 1..<at + 5], as: UTF8.self), radix: 16)
    else { throw failure("\\u needs four hex digits") }
    at += 5
    return unit
  }

  private mutating func escapedByte() throws(Failure) -> UInt8 {
    let meanings: [UInt8: UInt8] = [
      UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
      UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12,
      UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
    ]
    guard at < bytes.count, let byte = meanings[bytes[at]] else {
      throw failure("an unknown escape")
    }
    at += 1
    return byte
  }

  private mutating func number() throws(Failure) -> JSON {
    let start = at
    while at < bytes.count, Self.numberBytes.contains(bytes[at]) { at += 1 }
    let digits = String(decoding: bytes[start..<at], as: UTF8.self)
    guard Double(digits) != nil, !digits.hasPrefix("+"), !digits.hasPrefix(".") else {
      at = start
      throw failure("not a value")
    }
    return .number(digits)
  }

  private static let numberBytes = Set("+-.0123456789eE".utf8)

  private mutating func word(_ word: String, _ value: JSON) throws(Failure) -> JSON {
    guard bytes[at...].starts(with: word.utf8) else { throw failure("not a value") }
    at += word.utf8.count
    return value
  }

  private mutating func skipSpace() {
    while at < bytes.count, [9, 10, 13, 32].contains(bytes[at]) { at += 1 }
  }

  /// Skips blanks and, if it is next, `byte`.
  private mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }
}
