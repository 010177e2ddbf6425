// Damaged webhooks: values swapped, lost, repeated and blown up, bytes flipped, cut and spliced.
// Decoding never traps, accounts for every body, and says the same twice. A short run is part of
// the tests; `make fuzz` sets FUZZ_INPUTS and FUZZ_SEED for a long one.
import Channels
import Foundation
import Model
import TestSupport
import Testing

@Suite(.ownThreads) struct WebhookFuzzTests {
  private static let lanes = 3
  private static let inputs =
    ProcessInfo.processInfo.environment["FUZZ_INPUTS"].flatMap { Int($0) } ?? 6000
  private static let seed =
    ProcessInfo.processInfo.environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 11

  @Test(arguments: (0..<lanes).map { seed &+ UInt64($0) })
  func damagedWebhooksAreAccountedFor(seed: UInt64) throws {
    let bodies = (WebhookFixture.own + WebhookFixture.published).map(\.body)
    var mutator = WebhookMutator(bodies: bodies, seed: seed)
    try #require(mutator.values.count > 30)
    let inputs = Self.inputs / Self.lanes
    for round in 0..<inputs {
      let body = mutator.next()
      let decoded = WebhookDecoder.decode(source: "meta", path: "/", body: body)
      // Said only where it fails: a million expectations would cost more than the decoding.
      if let complaint = complaint(of: decoded, body, checksTwice: round % 10 == 0) {
        let text = String(decoding: body, as: UTF8.self)
        Issue.record("seed \(seed), input \(round): \(complaint): \(text)")
        return
      }
    }
    #expect(mutator.made == inputs)
  }

  private func complaint(
    of decoded: DecodedWebhook,
    _ body: [UInt8],
    checksTwice: Bool
  ) -> String? {
    if decoded.events.isEmpty && decoded.parkedReason == nil { return "nothing came of it" }
    for case .message(let message) in decoded.events.map(\.fact) {
      if message.person.isEmpty { return "a message of nobody" }
      if message.providerID.isEmpty { return "a message without an id" }
      if message.text.isEmpty { return "a message that shows nothing" }
    }
    guard checksTwice else { return nil }
    let again = WebhookDecoder.decode(source: "meta", path: "/", body: body)
    return again == decoded ? nil : "decoded differently the second time"
  }
}
