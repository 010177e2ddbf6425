// Webhook bodies to events: each fixture beside its golden text, then replay and damage.
import Channels
import Foundation
import Model
import Testing

@Suite struct WebhookDecoderTests {
  static let arrival = Timestamp(milliseconds: 1_800_000_000_000)

  private func decode(_ body: [UInt8]) -> DecodedWebhook {
    WebhookDecoder.decode(
      source: "meta",
      path: "/webhooks/meta",
      body: body,
      receivedAt: Self.arrival
    )
  }

  /// `RECORD_GOLDENS=1` writes what is decoded now; look at the difference before committing it.
  @Test(arguments: WebhookFixture.own)
  func decodesToItsGolden(fixture: WebhookFixture) throws {
    let lines = decode(fixture.body).lines
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try lines.write(to: fixture.golden, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: fixture.golden, encoding: .utf8) == lines)
  }

  @Test func thereAreFixturesOfEveryChannel() {
    let folders = Set(
      WebhookFixture.own.map { $0.url.deletingLastPathComponent().lastPathComponent }
    )
    #expect(folders.isSuperset(of: ["whatsapp", "instagram", "messenger", "lead_ads"]))
  }

  @Test(arguments: WebhookFixture.published)
  func everyPublishedSampleIsAccountedFor(fixture: WebhookFixture) {
    let decoded = decode(fixture.body)
    #expect(!decoded.events.isEmpty || decoded.parkedReason != nil)
    #expect(!decoded.summary.isEmpty)
    #expect(decode(fixture.body) == decoded)
    for case .message(let message) in decoded.events.map(\.fact) {
      #expect(!message.person.isEmpty)
      #expect(!message.providerID.isEmpty)
      #expect(!message.text.isEmpty)
      #expect(message.providerAt.milliseconds > 0)
    }
  }

  @Test func otherSourcesAreParked() {
    let decoded = WebhookDecoder.decode(source: "twilio", path: "/x", body: Array("{}".utf8))
    #expect(decoded.events.isEmpty)
    #expect(decoded.parkedReason == "no decoder for the source “twilio” at /x")
  }

  @Test(arguments: ["", "[]", "null", "{}", "17", "\"x\"", "{\"object\":7,\"entry\":{}}"])
  func bodiesThatSayNothingAreParked(body: String) {
    let decoded = decode(Array(body.utf8))
    #expect(decoded.events.isEmpty)
    #expect(decoded.parkedReason != nil)
  }

  @Test func anEventWithoutAnyTimeTakesItsArrival() throws {
    let body =
      #"{"object":"instagram","entry":[{"id":"5","messaging":[{"sender":{"id":"9"},"#
      + #""recipient":{"id":"5"},"message":{"mid":"m","text":"hi"}}]}]}"#
    let fact = try #require(decode(Array(body.utf8)).events.first?.fact)
    guard case .message(let message) = fact else { throw Unexpected() }
    #expect(message.providerAt == Self.arrival)
  }

  private struct Unexpected: Error {}
}
