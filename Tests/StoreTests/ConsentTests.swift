// Who wants to be written to: the provider's switch, stop words, what staff were told.
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct ConsentTests {
  let fixture: TemporaryStore
  let phone = [Identity(kind: .phone, value: "4915112345678")]
  var start: Timestamp { TemporaryStore.start }

  init() throws { fixture = try TemporaryStore() }

  private func consent() throws -> Consent {
    try fixture.store.consent(of: try fixture.lead().person, on: .whatsapp)
  }

  private func prefers(_ decision: Consent.Decision, after: Int64) throws {
    let entry = Consent.Entry(
      category: .marketing,
      decision: decision,
      at: start + after,
      source: .preference
    )
    try fixture.deliver(.onWhatsApp(.consent(InboundConsent(person: phone, entry: entry))))
  }

  @Test(arguments: [
    ("STOP", Consent.Decision.optedOut), ("stop", .optedOut), (" Stop. ", .optedOut),
    ("Unsubscribe!", .optedOut), ("STOP ALL", .optedOut), ("quit", .optedOut),
    ("cancel", .optedOut), ("END", .optedOut), ("Start", .optedIn), ("UNSTOP", .optedIn),
  ])
  func aWordAloneIsADecision(text: String, decision: Consent.Decision) {
    #expect(Consent.Decision(words: text) == decision)
  }

  @Test(arguments: [
    "stop by on Friday?", "when does it start", "yes", "cancel my visit", "Stop?", "", "🛑",
  ])
  func ordinaryWordsAreNone(text: String) { #expect(Consent.Decision(words: text) == nil) }

  @Test func stopHoldsUntilTheyWriteAgain() throws {
    try fixture.deliver(.whatsApp("hi", id: "m1", at: start))
    #expect(try consent().entries.isEmpty)
    try fixture.deliver(.whatsApp("STOP", id: "m2", at: start + 1000))
    #expect(try consent().stopsReplies(lastInboundAt: start + 1000))
    #expect(try consent().stopsMarketing)
    try fixture.deliver(.whatsApp("one question though", id: "m3", at: start + 2000))
    #expect(try !consent().stopsReplies(lastInboundAt: start + 2000))
    #expect(try consent().stopsMarketing)
    try fixture.deliver(.whatsApp("start", id: "m4", at: start + 3000))
    #expect(try !consent().stopsMarketing)
    let detail = try #require(
      try fixture.store.lead(try fixture.lead().id, scope: .everything)
    )
    let verbs = detail.activity.map(\.verb).filter { $0.hasPrefix("opted") }
    #expect(verbs == ["opted_in", "opted_out"])
    #expect(detail.consents[.whatsapp]?[.all]?.decision == .optedIn)
  }

  @Test func theNewestWordCountsInWhateverOrderItComes() throws {
    try fixture.deliver(.whatsApp("START", id: "m2", at: start + 2000))
    try fixture.deliver(.whatsApp("STOP", id: "m1", at: start + 1000))
    #expect(try consent()[.all]?.decision == .optedIn)
  }

  @Test func theProvidersSwitchStopsMarketingOnly() throws {
    try fixture.deliver(.whatsApp("hi", id: "m1", at: start))
    try prefers(.optedOut, after: 1000)
    #expect(try consent().stopsMarketing)
    #expect(try !consent().stopsReplies(lastInboundAt: start))
    try prefers(.optedIn, after: 2000)
    #expect(try !consent().stopsMarketing)
    try prefers(.optedOut, after: 1500)
    #expect(try !consent().stopsMarketing)
  }

  @Test func aNoBeforeTheFirstMessageHolds() throws {
    try prefers(.optedOut, after: 0)
    #expect(try fixture.leads().isEmpty)
    try fixture.deliver(.whatsApp("hi", id: "m1", at: start + 1000))
    #expect(try consent().stopsMarketing)
  }

  @Test func staffRecordWhatTheyWereTold() throws {
    try fixture.deliver(.whatsApp("hi", id: "m1", at: start))
    let lead = try fixture.lead()
    let entry = Consent.Entry(
      category: .all,
      decision: .optedOut,
      at: start + 5000,
      source: .staff,
      detail: "asked on the phone"
    )
    let actor = Actor(user: fixture.anna.id)
    try fixture.store.recordConsent(lead.id, on: .whatsapp, entry, by: actor)
    let thread = try #require(lead.thread)
    #expect(try fixture.store.standing(of: thread).consent == Consent([entry]))
    let activity = try fixture.store.lead(lead.id, scope: .everything)?.activity.first
    #expect(activity?.actor == "Anna")
    #expect(activity?.verb == "opted_out")
  }
}
