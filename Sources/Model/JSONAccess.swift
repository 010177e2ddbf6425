// Lenient reading of a JSONValue: providers write ids as numbers or strings, and leave things out
// as "", null or no key at all. A missing step of a path is null, never an error.

extension JSONValue {
  /// The member `key` of an object; null when it is missing or this is no object.
  package subscript(key: String) -> JSONValue {
    guard case .object(let members) = self else { return .null }
    return members.last { $0.key == key }?.value ?? .null
  }

  /// An array's element; null outside it.
  package subscript(index: Int) -> JSONValue {
    guard case .array(let values) = self, values.indices.contains(index) else { return .null }
    return values[index]
  }

  /// A string or a number as text; nil for everything else and for the empty string.
  package var text: String? {
    switch self {
    case .string(let value): value.isEmpty ? nil : value
    case .number(let digits): digits
    case .null, .bool, .array, .object: nil
    }
  }

  /// A whole number, also when written as a string or with a fraction (cut off).
  package var int64: Int64? {
    guard let text else { return nil }
    if let whole = Int64(text) { return whole }
    guard let value = Double(text), value.isFinite else { return nil }
    return Int64(exactly: value.rounded(.towardZero))
  }

  /// The same as `int64` where it fits.
  package var int: Int? { int64.flatMap { Int(exactly: $0) } }

  /// A finite number, also when written as a string.
  package var double: Double? {
    guard let text, let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// `true` or `false`, also as a string, or the numbers 1 and 0.
  package var bool: Bool? {
    switch self {
    case .bool(let value): value
    case .string("true"), .number("1"): true
    case .string("false"), .number("0"): false
    case .null, .number, .string, .array, .object: nil
    }
  }

  /// The elements; none when this is no array.
  package var array: [JSONValue] {
    guard case .array(let values) = self else { return [] }
    return values
  }

  /// The members in their order; none when this is no object.
  package var members: [Member] {
    guard case .object(let members) = self else { return [] }
    return members
  }

  package var isNull: Bool { self == .null }

  package var isObject: Bool {
    guard case .object = self else { return false }
    return true
  }

  package var isArray: Bool {
    guard case .array = self else { return false }
    return true
  }
}
