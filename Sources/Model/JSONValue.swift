// A JSON text as a value, without Foundation: webhooks, Graph answers and `--json` output use it
// on any thread.

/// One JSON value.
///
/// Objects keep the order of their members (equality includes it) and hold each key once; numbers
/// stay the text they were, so that a long id loses no digit.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The number as written, such as `-1.50e3`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A key and its value.
  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSONValue

    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }
}

/// Why a text is not JSON.
package struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  package var reason: String
  /// Bytes from the start of the text.
  package var offset: Int

  package init(reason: String, offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  package var description: String { "not JSON: \(reason) at byte \(offset)" }
}

extension JSONValue {
  /// A string, or null for nil.
  package init(_ text: String?) {
    self = text.map(JSONValue.string) ?? .null
  }

  /// A whole number, or null for nil.
  package init(_ number: (some BinaryInteger)?) {
    self = number.map { .number(String($0)) } ?? .null
  }

  /// A truth value, or null for nil.
  package init(_ flag: Bool?) {
    self = flag.map(JSONValue.bool) ?? .null
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .number(String(value)) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
