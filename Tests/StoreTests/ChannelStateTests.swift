// Why channels rest, as all processes read it.
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct ChannelStateTests {
  let fixture: TemporaryStore
  var store: LeadStore { fixture.store }
  var now: Timestamp { fixture.clock.now }

  init() throws { fixture = try TemporaryStore() }

  private func trouble(
    _ cause: ChannelTrouble.Cause,
    reason: String = "renew the token",
    until: Timestamp? = nil
  ) -> ChannelTrouble {
    ChannelTrouble(
      channel: "wa-main",
      kind: .whatsapp,
      cause: cause,
      code: 190,
      reason: reason,
      since: now,
      until: until
    )
  }

  @Test func anotherProcessReadsIt() throws {
    #expect(try store.channelTroubles() == [])
    try store.note(trouble(.token))
    #expect(try fixture.reopened().channelTroubles() == [trouble(.token)])
  }

  @Test func aStandingOneKeepsItsBeginning() throws {
    let begin = now
    try store.note(trouble(.token))
    fixture.clock.advance(.minute)
    try store.note(trouble(.token, reason: "expired"))
    let found = try #require(try store.channelTroubles().first)
    #expect(found.since == begin)
    #expect(found.reason == "expired")
  }

  @Test func aHoldEndsByItselfAndBeginsAnew() throws {
    try store.note(trouble(.limit, until: now + 1000))
    #expect(try store.channelTroubles().count == 1)
    fixture.clock.advance(1000)
    #expect(try store.channelTroubles() == [])
    try store.note(trouble(.limit, until: now + 1000))
    #expect(try store.channelTroubles().first?.since == now)
  }

  @Test func eachCauseEndsForItself() throws {
    try store.note(trouble(.token))
    try store.note(trouble(.account, reason: "banned"))
    #expect(try store.clear([.token, .setup], channel: "wa-main"))
    #expect(try store.channelTroubles().map(\.cause) == [.account])
    let rev = try store.rev()
    #expect(try store.clear([.token], channel: "wa-main") == false)
    #expect(try store.rev() == rev, "nothing to clear writes nothing")
  }

  @Test func aChannelThatIsNotThereHasNone() throws {
    var other = trouble(.token)
    other.channel = "gone"
    try store.note(other)
    #expect(try store.channelTroubles() == [])
  }
}
