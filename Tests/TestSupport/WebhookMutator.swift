// Makes damaged webhooks out of whole ones: mostly well-formed JSON with something wrong in it,
// sometimes bytes that are no JSON any more. The same seed gives the same bodies.
import Model

/// An endless source of bodies.
package struct WebhookMutator {
  private let bodies: [[UInt8]]
  package let values: [JSONValue]
  package private(set) var made = 0
  private var random: SeededRandom

  package init(bodies: [[UInt8]], seed: UInt64) {
    self.bodies = bodies
    values = bodies.compactMap { try? JSONValue.parse($0) }
    random = SeededRandom(seed)
  }

  package mutating func next() -> [UInt8] {
    made += 1
    if below(8) == 0 { return damagedBytes(bodies[below(bodies.count)]) }
    var value = values[below(values.count)]
    for _ in 0...below(4) { value = damaged(value) }
    return value.encodedBytes()
  }

  private mutating func below(_ bound: Int) -> Int {
    Int.random(in: 0..<max(bound, 1), using: &random)
  }

  /// Bits flipped, a part cut out, doubled, or taken from another body.
  private mutating func damagedBytes(_ body: [UInt8]) -> [UInt8] {
    var bytes = body
    for _ in 0...below(3) where !bytes.isEmpty {
      let start = below(bytes.count)
      let end = min(bytes.count, start + below(40))
      switch below(5) {
      case 0: bytes[start] ^= UInt8(1 << below(8))
      case 1: bytes[start] = UInt8(below(256))
      case 2: bytes.removeSubrange(start..<end)
      case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
      default:
        let other = bodies[below(bodies.count)]
        bytes.replaceSubrange(start..<end, with: other.suffix(below(other.count + 1)))
      }
    }
    return bytes
  }

  /// One change somewhere in the tree.
  private mutating func damaged(_ value: JSONValue) -> JSONValue {
    let stops = value.array.isEmpty && value.members.isEmpty
    if stops || below(6) == 0 { return replacement(value) }
    switch value {
    case .array(var items):
      let at = below(items.count)
      items[at] = damaged(items[at])
      return .array(items)
    case .object(let members): return damaged(members: members)
    case .null, .bool, .number, .string: return replacement(value)
    }
  }

  private mutating func damaged(members: [JSONValue.Member]) -> JSONValue {
    var members = members
    let at = below(members.count)
    switch below(24) {
    case 0, 1: members.remove(at: at)
    case 2: members.append(members[at])
    case 3: members[at].key = members[below(members.count)].key
    default: members[at].value = damaged(members[at].value)
    }
    return .object(members)
  }

  private mutating func replacement(_ value: JSONValue) -> JSONValue {
    let odd: [JSONValue] = [
      nil, true, "", 0, -1, .number("1e400"), .number("99999999999999999999999"), "\u{0}",
      .number(String(Int64.max)), .number(String(Int64.min)), "2026-13-99T99:99:99+9999", [], [:],
      "wamid.x", [[[]]], ["id": ["id": nil]], "US.", "+",
      .string(String(repeating: "é", count: 999)),
      [value, value], ["type": "edit", "edit": ["message": value]], "e\u{301}\u{200D}🏋️",
      .string(String(Int64.max)), .number("-0"), .number("1.5"), .number("1785576600.999"),
      "\u{202E}\u{1B}[2J", .array(Array(repeating: value, count: 9)),
      // A part of another webhook in the wrong place.
      part(of: values[below(values.count)]),
    ]
    return odd[below(odd.count)]
  }

  private mutating func part(of value: JSONValue) -> JSONValue {
    switch value {
    case .array(let items) where !items.isEmpty && below(4) > 0:
      return part(of: items[below(items.count)])
    case .object(let members) where !members.isEmpty && below(4) > 0:
      return part(of: members[below(members.count)].value)
    default: return value
    }
  }
}
