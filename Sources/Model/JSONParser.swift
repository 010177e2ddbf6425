// The reader of JSON texts (RFC 8259), in one pass over the bytes. `JSONValue.parse` is the door;
// any thread.

extension JSONValue {
  /// Nesting beyond this is refused, so that a hostile text can't overflow the stack.
  ///
  /// Our own choice; provider payloads nest about 12 deep.
  package static let depthLimit = 128

  /// The one value that `bytes` hold.
  ///
  /// Strict in grammar; in strings, invalid UTF-8 and lone surrogates become U+FFFD. A byte order
  /// mark at the start is skipped. Of equal keys in one object the last wins.
  package static func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONValue {
    var parser = JSONParser(bytes: bytes.bindMemory(to: UInt8.self))
    return try parser.document()
  }

  /// The one value that `bytes` hold.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
      try parse(UnsafeRawBufferPointer(buffer))
    }
  }

  /// The one value that `text` holds.
  package static func parse(_ text: String) throws(JSONError) -> JSONValue {
    try parse(Array(text.utf8))
  }
}

struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  private var depth = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSONValue {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    let result = try value()
    skipSpace()
    guard position == bytes.count else { throw error("text after the value") }
    return result
  }

  func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: position) }

  /// The byte at `position`, or nil at the end.
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func value() throws(JSONError) -> JSONValue {
    skipSpace()
    guard let byte = current else { throw error("the text ends where a value should be") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func nested(
    _ read: (inout JSONParser) throws(JSONError) -> JSONValue
  ) throws(JSONError) -> JSONValue {
    guard depth < JSONValue.depthLimit else {
      throw error("nested deeper than \(JSONValue.depthLimit)")
    }
    depth += 1
    position += 1
    skipSpace()
    let result = try read(&self)
    depth -= 1
    return result
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    var values: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array(values) }
    while true {
      values.append(try value())
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")) else { throw error("expected , or ]") }
    }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    var members: [JSONValue.Member] = []
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw error("expected a key") }
      let key = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw error("expected :") }
      members.append(JSONValue.Member(key, try value()))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(Self.lastOfEach(members)) }
      guard take(UInt8(ascii: ",")) else { throw error("expected , or }") }
    }
  }

  /// Only the last of equal keys; linear for objects of any size.
  private static func lastOfEach(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
    if members.count <= 12 {
      let repeats = members.indices.contains { index in
        members[(index + 1)...].contains { $0.key == members[index].key }
      }
      if !repeats { return members }
    }
    var seen = Set<String>(minimumCapacity: members.count)
    let kept = members.reversed().filter { seen.insert($0.key).inserted }
    return kept.count == members.count ? members : kept.reversed()
  }

  private mutating func literal(
    _ word: StaticString,
    _ value: JSONValue
  ) throws(JSONError) -> JSONValue {
    for offset in 0..<word.utf8CodeUnitCount {
      guard current == word.utf8Start[offset] else { throw error("not a value") }
      position += 1
    }
    return value
  }

  private mutating func number() throws(JSONError) -> String {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while let byte = current, (48...57).contains(byte) { position += 1 }
    if position == start { throw error("not a value") }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }
}
