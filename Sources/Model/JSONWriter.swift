// Writes JSON by hand: request bodies, the feed and `--json` lines. One writer, one text; any
// thread.

/// Builds one JSON text piece by piece; commas are its business.
///
/// Control characters, DEL and C1 controls leave escaped, so that a line of output can't steer a
/// terminal.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  /// The text so far.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Empties the writer and keeps its memory, for the next line.
  package mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  /// Writes an object whose members `fill` adds with `field`.
  package mutating func object(_ fill: (inout JSONWriter) throws -> Void) rethrows {
    open(UInt8(ascii: "{"))
    try fill(&self)
    close(UInt8(ascii: "}"))
  }

  /// Writes an array whose elements `fill` adds.
  package mutating func array(_ fill: (inout JSONWriter) throws -> Void) rethrows {
    open(UInt8(ascii: "["))
    try fill(&self)
    close(UInt8(ascii: "]"))
  }

  /// Starts a member; its value is what is written next.
  package mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func field(_ name: String, _ value: String?) {
    key(name)
    write(value)
  }

  package mutating func field(_ name: String, _ value: (some BinaryInteger)?) {
    key(name)
    write(value)
  }

  package mutating func field(_ name: String, _ value: Bool?) {
    key(name)
    write(value)
  }

  package mutating func field(_ name: String, _ value: JSONValue) {
    key(name)
    write(value)
  }

  /// A string element; null for nil.
  package mutating func write(_ value: String?) {
    guard let value else { return raw("null") }
    separate()
    quote(value)
    needsComma = true
  }

  package mutating func write(_ value: (some BinaryInteger)?) {
    raw(value.map { String($0) } ?? "null")
  }

  package mutating func write(_ value: Bool?) {
    raw(value.map { $0 ? "true" : "false" } ?? "null")
  }

  package mutating func write(_ value: JSONValue) {
    switch value {
    case .null: raw("null")
    case .bool(let flag): raw(flag ? "true" : "false")
    case .number(let digits): raw(digits)
    case .string(let text): write(text)
    case .array(let values):
      array { writer in
        for value in values { writer.write(value) }
      }
    case .object(let members):
      object { writer in
        for member in members { writer.field(member.key, member.value) }
      }
    }
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var afterC2 = false
    for byte in text.utf8 {
      if afterC2, byte < 0xA0 {
        bytes.removeLast()
        appendEscape(byte)
      } else {
        appendEscaped(byte)
      }
      afterC2 = byte == 0xC2
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0x0A: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
    case 0x0D: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
    case 0x09: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
    case 0..<0x20, 0x7F: appendEscape(byte)
    default: bytes.append(byte)
    }
  }

  private mutating func appendEscape(_ unit: UInt8) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(contentsOf: Array("\\u00".utf8))
    bytes.append(digits[Int(unit >> 4)])
    bytes.append(digits[Int(unit & 15)])
  }
}

extension JSONValue {
  /// The value as compact JSON text.
  package func encoded() -> String { String(decoding: encodedBytes(), as: UTF8.self) }

  /// The value as compact JSON in UTF-8.
  package func encodedBytes() -> [UInt8] {
    var writer = JSONWriter()
    writer.write(self)
    return writer.bytes
  }
}
