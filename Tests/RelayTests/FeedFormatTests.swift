// The feed's wire form: whatever bytes a body has, the other end gets the same.
import Model
import RelayAPI
import Testing

@Suite struct FeedFormatTests {
  private func event(_ seq: Int64, _ body: [UInt8]) -> FeedEvent {
    FeedEvent(
      seq: seq,
      source: "meta",
      receivedAt: Timestamp(milliseconds: 1_785_576_600_250),
      path: "/webhooks/meta",
      query: "a=\"b\"",
      contentType: "application/json",
      sha256: String(repeating: "0f", count: 32),
      body: body
    )
  }

  @Test func looksLikeTheContract() {
    let page = FeedPage(log: "L", events: [event(7, Array("{\"a\":\"é\\n\"}\n".utf8))], next: 7)
    let expected =
      #"{"log":"L","events":[{"seq":7,"source":"meta","received_at":"2026-08-01T09:30:00.250Z","#
      + #""path":"/webhooks/meta","query":"a=\"b\"","content_type":"application/json","sha256":""#
      + String(repeating: "0f", count: 32)
      + #"","body":"{\"a\":\"é\\n\"}\n"}],"next":7}"# + "\n"
    #expect(String(decoding: page.encoded(), as: UTF8.self) == expected)
  }

  @Test func keepsEveryByteOfABody() throws {
    let all = (0...255).map { UInt8($0) }
    let bodies: [[UInt8]] = [
      [], all, Array(0x00...0x7F), Array("plain".utf8), Array("e\u{301} 👍🏽 \u{2028}".utf8),
      [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF, 0x7B], all + all + [1], [0xF0, 0x9F],
    ]
    let events = bodies.enumerated().map { event(Int64($0.offset + 1), $0.element) }
    let page = FeedPage(log: "log", events: events, next: Int64(events.count))
    #expect(try FeedPage.parse(page.encoded()) == page)
  }

  @Test func refusesWhatIsNoPage() {
    let texts = [
      "", "[]", #"{"log":"","events":[],"next":0}"#, #"{"log":"a","events":[]}"#,
      #"{"log":"a","next":0}"#, #"{"log":"a","events":[{"seq":1}],"next":1}"#,
    ]
    for text in texts {
      #expect(throws: FeedFormatError.self) { try FeedPage.parse(Array(text.utf8)) }
    }
    let twice = FeedPage(log: "a", events: [event(2, []), event(2, [])], next: 2)
    #expect(throws: FeedFormatError.self) { try FeedPage.parse(twice.encoded()) }
  }

  @Test func passesOverKeysItDoesNotKnow() throws {
    let text = #"{"later":[1,{"x":null}],"log":"a","events":[],"next":3}"#
    #expect(try FeedPage.parse(Array(text.utf8)) == FeedPage(log: "a", events: [], next: 3))
  }

  @Test func acksGoBothWays() throws {
    let bytes = Ack(through: 12).encoded()
    #expect(try bytes.withUnsafeBytes { try Ack.parse($0) } == Ack(through: 12))
    for text in ["{}", #"{"through":"x"}"#, #"{"through":-1}"#, "12"] {
      #expect(throws: FeedFormatError.self) {
        try Array(text.utf8).withUnsafeBytes { try Ack.parse($0) }
      }
    }
  }

  @Test func timesGoBothWays() {
    let time = Timestamp(milliseconds: 1_785_576_600_007)
    #expect(time.rfc3339 == "2026-08-01T09:30:00.007Z")
    #expect(Timestamp(rfc3339: time.rfc3339) == time)
    #expect(Timestamp(rfc3339: "2026-08-01T11:30:00+02:00") == Timestamp(seconds: 1_785_576_600))
    #expect(Timestamp(rfc3339: "2026-08-01T09:30:00+0000") == Timestamp(seconds: 1_785_576_600))
    #expect(Timestamp(rfc3339: "1969-12-31T23:59:59.999Z") == Timestamp(milliseconds: -1))
    for text in ["", "2026-08-01", "2026-13-01T00:00:00Z", "2026-08-01T09:30:00", "x"] {
      #expect(Timestamp(rfc3339: text) == nil)
    }
  }
}
