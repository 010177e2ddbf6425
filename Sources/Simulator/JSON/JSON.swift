// JSON as the Graph API speaks it: members keep their order, numbers their digits. Everything the
// simulator receives, answers and posts passes through this value.

/// A JSON value.
///
/// Numbers are kept as written, so that ids above 2^53 survive.
enum JSON: Equatable, Sendable {
  struct Member: Equatable, Sendable {
    var key: String
    var value: JSON
  }

  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  static func integer(_ value: some BinaryInteger) -> JSON { .number(String(value)) }

  /// The member's value; nil when there is none, or it is null, or this is no object.
  subscript(key: String) -> JSON? {
    get {
      guard case .object(let members) = self,
        let found = members.first(where: { $0.key == key })?.value, found != .null
      else { return nil }
      return found
    }
    set {
      guard case .object(var members) = self else { return }
      let place = members.firstIndex { $0.key == key }
      if let place { members.remove(at: place) }
      if let newValue {
        members.insert(Member(key: key, value: newValue), at: place ?? members.endIndex)
      }
      self = .object(members)
    }
  }

  /// The text of a string; nil for an empty one, which providers use for "absent".
  var text: String? {
    guard case .string(let text) = self, !text.isEmpty else { return nil }
    return text
  }

  /// The text of a string or number: ids come as either.
  var identifier: String? {
    if case .number(let digits) = self { return digits }
    return text
  }

  var integer: Int64? {
    switch self {
    case .number(let digits):
      Int64(digits) ?? Double(digits).flatMap { Int64(exactly: $0.rounded()) }
    case .string(let digits): Int64(digits)
    default: nil
    }
  }

  var elements: [JSON] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  var members: [Member] {
    guard case .object(let members) = self else { return [] }
    return members
  }

  var isObject: Bool {
    guard case .object = self else { return false }
    return true
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(integerLiteral value: Int64) { self = .number(String(value)) }
  init(arrayLiteral elements: JSON...) { self = .array(elements) }

  /// Members whose value is null are left out: an optional is written `value ?? .null`.
  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(
      elements.filter { $0.1 != .null }.map { Member(key: $0.0, value: $0.1) }
    )
  }

  init(_ text: String?) { self = text.map(JSON.string) ?? .null }
}
