// Damaged webhooks: values swapped, lost, repeated and blown up. Decoding never traps, accounts
// for every body, and says the same twice.
import Channels
import Model
import Testing

@Suite struct WebhookFuzzTests {
  @Test(arguments: [11, 12, 13] as [UInt64])
  func damagedWebhooksAreAccountedFor(seed: UInt64) throws {
    var random = SeededRandom(state: seed)
    let seeds = WebhookFixture.own.compactMap { try? JSONValue.parse($0.body) }
    try #require(seeds.count > 30)
    for round in 0..<1500 {
      var value = seeds[round % seeds.count]
      for _ in 0...random.below(4) { value = damaged(value, &random) }
      let body = value.encodedBytes()
      let decoded = WebhookDecoder.decode(source: "meta", path: "/", body: body)
      #expect(!decoded.events.isEmpty || decoded.parkedReason != nil)
      if round % 10 == 0 {
        #expect(WebhookDecoder.decode(source: "meta", path: "/", body: body) == decoded)
      }
      for case .message(let message) in decoded.events.map(\.fact) {
        #expect(!message.person.isEmpty && !message.providerID.isEmpty && !message.text.isEmpty)
      }
    }
  }

  /// One change somewhere in the tree.
  private func damaged(_ value: JSONValue, _ random: inout SeededRandom) -> JSONValue {
    let stops = value.array.isEmpty && value.members.isEmpty
    if stops || random.below(6) == 0 { return replacement(value, &random) }
    switch value {
    case .array(var items):
      let at = random.below(items.count)
      items[at] = damaged(items[at], &random)
      return .array(items)
    case .object(var members):
      let at = random.below(members.count)
      if random.below(12) == 0 {
        members.remove(at: at)
      } else {
        members[at].value = damaged(members[at].value, &random)
      }
      return .object(members)
    case .null, .bool, .number, .string: return replacement(value, &random)
    }
  }

  private func replacement(_ value: JSONValue, _ random: inout SeededRandom) -> JSONValue {
    let odd: [JSONValue] = [
      nil, true, "", 0, -1, .number("1e400"), .number("99999999999999999999999"), "\u{0}",
      .number(String(Int64.max)), .number(String(Int64.min)), "2026-13-99T99:99:99+9999", [], [:],
      "wamid.x", [[[]]], ["id": ["id": nil]], "US.", "+",
      .string(String(repeating: "é", count: 999)),
      [value, value], ["type": "edit", "edit": ["message": value]], "e\u{301}\u{200D}🏋️",
    ]
    return odd[random.below(odd.count)]
  }
}

/// A small seeded generator (SplitMix64), so that a failing case comes back.
struct SeededRandom {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
}
