// Mutated texts through the JSON reader: no trap, and whatever it accepts survives a round trip.
import Model
import TestSupport
import Testing

@Suite(.ownThreads) struct JSONFuzzTests {
  private static let seeds = [
    #"{"object":"page","entry":[{"id":"1","time":17,"changes":[{"value":{"a":[1,2.5e3]}}]}]}"#,
    #"["\ud83c\udfcb","\u00e9\\\"",{"k":null,"k":true},-0.0,1E+9,[[[]]],"żółw 💪"]"#,
    #"{"a":{"b":{"c":{"d":["e",{"f":false}]}}},"":""}"#,
  ]

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func mutatedTextsNeverTrap(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var accepted = 0
    for round in 0..<6000 {
      var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
      for _ in 0...Int(random.next() % 4) { random.mutate(&bytes) }
      guard let value = try? JSONValue.parse(bytes) else { continue }
      accepted += 1
      #expect(try JSONValue.parse(value.encodedBytes()) == value)
    }
    #expect(accepted > 100)
  }
}

/// A small seeded generator (SplitMix64), so that a failing case comes back.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

  mutating func mutate(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(truncatingIfNeeded: next())) }
    let at = below(bytes.count)
    let telling = Array("{}[]\",:\\u0189eE+-.tfn \u{0}".utf8)
    switch below(5) {
    case 0: bytes[at] = UInt8(truncatingIfNeeded: next())
    case 1: bytes.remove(at: at)
    case 2: bytes.insert(telling[below(telling.count)], at: at)
    case 3: bytes.removeSubrange(at..<min(bytes.count, at + below(12)))
    default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + below(12))], at: at)
    }
  }
}
