// Where a lead came from: the first touch stays through all that happens, the last stands beside it.
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct TouchTests {
  let fixture: TemporaryStore
  var start: Timestamp { TemporaryStore.start }

  init() throws { fixture = try TemporaryStore() }

  private func message(
    _ id: String,
    after: Int64,
    from phone: String = "4915112345678",
    ad headline: String? = nil
  ) -> InboundEvent {
    let at = start + after
    return .whatsApp(
      InboundMessage(
        providerID: id,
        person: [Identity(kind: .phone, value: phone)],
        profileName: "Mia",
        kind: .text,
        text: id,
        providerAt: at,
        referral: headline.map {
          Touch(kind: "ad", headline: $0, url: "https://fb.me/" + id, at: at)
        }
      )
    )
  }

  private func touches(_ lead: LeadID) throws -> [String?] {
    let detail = try #require(try fixture.store.lead(lead, scope: .everything))
    return [detail.firstTouch, detail.lastTouch].map { $0?.headline ?? $0?.kind }
  }

  @Test func theFirstStaysAndTheLastMoves() throws {
    try fixture.deliver(message("m1", after: 1000, ad: "Two free weeks"))
    let lead = try fixture.lead().id
    #expect(try touches(lead) == ["Two free weeks", "Two free weeks"])
    // A message that came by no ad says nothing new.
    try fixture.deliver(message("m2", after: 2000))
    #expect(try touches(lead) == ["Two free weeks", "Two free weeks"])
    try fixture.deliver(message("m3", after: 3000, ad: "Summer"))
    #expect(try touches(lead) == ["Two free weeks", "Summer"])
    #expect(try fixture.store.lead(lead, scope: .everything)?.lastTouch?.url == "https://fb.me/m3")
  }

  @Test func anAdThatWasOvertakenIsTheFirstAllTheSame() throws {
    try fixture.deliver(message("m2", after: 2000))
    let lead = try fixture.lead().id
    #expect(try touches(lead) == ["whatsapp", "whatsapp"])
    try fixture.deliver(message("m1", after: 1000, ad: "Two free weeks"))
    #expect(try touches(lead) == ["Two free weeks", "whatsapp"])
  }

  @Test func bothOutliveReplayMergeAndReopening() throws {
    let first = message("m1", after: 1000, ad: "Two free weeks")
    try fixture.deliver(first)
    let lead = try fixture.lead().id
    try fixture.deliver(message("m3", after: 3000, ad: "Summer"))
    // The same webhooks again, as after a replay.
    try fixture.deliver(first, message("m3", after: 3000, ad: "Summer"))
    #expect(try touches(lead) == ["Two free weeks", "Summer"])

    // Closed, and back by another ad.
    let lost = try #require(try fixture.store.stages(.everything).last)
    try fixture.store.setStage(lead, to: lost.id, reason: "moved away", by: .system)
    try fixture.deliver(message("m4", after: 4000, ad: "We miss you"))
    #expect(try touches(lead) == ["Two free weeks", "We miss you"])

    // Another number of hers, merged either way: the earlier first, the later last, and back.
    try fixture.deliver(message("n1", after: 500, from: "4915187654321", ad: "Poster"))
    let other = try #require(try fixture.leads().map(\.id).first { $0 != lead })
    let merge = try fixture.store.merge(other, into: lead, by: .system)
    #expect(try touches(lead) == ["Poster", "We miss you"])
    _ = try fixture.store.unmerge(merge.id, by: .system)
    #expect(try touches(lead) == ["Two free weeks", "We miss you"])
    #expect(try touches(other) == ["Poster", "Poster"])
  }
}
