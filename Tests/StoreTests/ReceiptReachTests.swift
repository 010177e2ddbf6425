// A receipt that says more than how its message went: of the whole channel, of the person.
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct ReceiptReachTests {
  let fixture: TemporaryStore
  let lead: LeadID
  var store: LeadStore { fixture.store }
  var now: Timestamp { fixture.clock.now }
  let payment = MessageFailure(
    code: 131_042,
    title: "A payment problem",
    reach: .channel(wait: nil)
  )
  let optOut = MessageFailure(code: 131_050, title: "no marketing", reach: .marketing)

  init() throws {
    fixture = try TemporaryStore()
    try fixture.deliver(.whatsApp("Hi", id: "m1", at: TemporaryStore.start))
    lead = try fixture.lead().id
    fixture.clock.advance(.minute)
  }

  /// A message that the provider took now, under this id.
  @discardableResult
  private func send(_ id: String) throws -> MessageID {
    let message = try store.enqueue(lead, kind: .text, text: id, undo: 0, by: .system)
    _ = try store.claim(message)
    try store.finish(message, .accepted(providerID: id))
    return message
  }

  private func fail(_ id: String, _ failure: MessageFailure, at time: Timestamp? = nil) throws {
    try fixture.deliver(.receipt(.failed, of: id, at: time ?? now, failure: failure))
  }

  @Test func anAccountErrorPausesTheChannel() throws {
    let message = try send("w1")
    try send("w2")
    try fail("w1", payment)
    let trouble = try #require(try store.channelTroubles().first)
    #expect(trouble.cause == .delivery)
    #expect(trouble.code == 131_042)
    #expect(trouble.reason == "A payment problem")
    #expect(trouble.until == nil)
    #expect(try store.message(message)?.status == .failed)
    _ = try store.enqueue(lead, kind: .text, text: "next", undo: 0, by: .system)
    #expect(try store.nextToSend() == nil, "the queue is kept")
    #expect(try store.nextToSend(OutboxFilter(tried: ["wa-main"])) != nil, "one may try")
  }

  @Test func onlyWhatLeftSinceProvesThatItWorksAgain() throws {
    try send("w1")
    try send("w2")
    fixture.clock.advance(1000)
    try fail("w1", payment)
    try fixture.deliver(.receipt(.delivered, of: "w2", at: now))
    #expect(try store.channelTroubles().count == 1, "w2 left before")
    fixture.clock.advance(.minute)
    try send("w3")
    #expect(try store.channelTroubles().count == 1, "taken is not delivered")
    try fixture.deliver(.receipt(.sent, of: "w3", at: now))
    #expect(try store.channelTroubles() == [])
  }

  @Test func aWordThatCameBeforeTheAnswerProvesItToo() throws {
    try send("w1")
    try fail("w1", payment)
    fixture.clock.advance(.minute)
    try fixture.deliver(.receipt(.delivered, of: "w2", at: now))
    #expect(try store.channelTroubles().count == 1)
    try send("w2")
    #expect(try store.channelTroubles() == [])
  }

  @Test func theSameWordTwiceAndOldWordsPauseNothing() throws {
    try send("w1")
    try fail("w1", payment)
    try store.clear([.delivery], channel: "wa-main")
    try fail("w1", payment)
    #expect(try store.channelTroubles() == [], "a webhook that came twice")
    try send("w2")
    fixture.clock.advance(2 * .hour)
    try fail("w2", payment, at: now - .hour)
    #expect(try store.channelTroubles() == [], "it says nothing of now")
  }

  @Test func aLimitEndsByItself() throws {
    try send("w1")
    try fail("w1", MessageFailure(code: 131_048, title: "spam", reach: .channel(wait: 4 * .hour)))
    let trouble = try #require(try store.channelTroubles().first)
    #expect(trouble.cause == .limit)
    #expect(trouble.until == now + 4 * .hour)
  }

  @Test func anUnknownMessagesFailureCountsAtOnce() throws {
    try fail("w9", payment)
    #expect(try store.channelTroubles().map(\.cause) == [.delivery])
  }

  private var consent: Consent {
    get throws { try store.consent(of: try fixture.lead().person, on: .whatsapp) }
  }

  private func optOuts() throws -> Int {
    let detail = try #require(try store.lead(lead, scope: .everything))
    return detail.activity.filter { $0.verb == "opted_out" }.count
  }

  @Test(arguments: [true, false])
  func aPersonWhoStoppedMarketingGetsNoMore(isReceipt: Bool) throws {
    let message = try store.enqueue(lead, kind: .text, text: "sale", undo: 0, by: .system)
    _ = try store.claim(message)
    if isReceipt {
      try store.finish(message, .accepted(providerID: "w1"))
      try fail("w1", optOut)
    } else {
      try store.finish(message, .failed(optOut))
    }
    #expect(try consent.stopsMarketing)
    #expect(try consent[.marketing]?.source == .preference)
    #expect(try !consent.stopsReplies(lastInboundAt: now), "they may be answered")
    #expect(try optOuts() == 1)
    #expect(try store.channelTroubles() == [])
  }

  @Test func theirWordHoldsThoughTheMessageIsNotKnownYet() throws {
    try fixture.deliver(
      .receipt(
        .failed,
        of: "w9",
        at: now,
        failure: optOut,
        recipient: [Identity(kind: .phone, value: "4915112345678")]
      )
    )
    #expect(try consent.stopsMarketing)
    #expect(try optOuts() == 1)
  }

  @Test func aNewerChoiceOfTheirsStands() throws {
    try send("w1")
    let entry = Consent.Entry(
      category: .marketing,
      decision: .optedIn,
      at: now + .minute,
      source: .preference
    )
    let phone = [Identity(kind: .phone, value: "4915112345678")]
    try fixture.deliver(.onWhatsApp(.consent(InboundConsent(person: phone, entry: entry))))
    try fail("w1", optOut)
    #expect(try !consent.stopsMarketing)
  }
}
