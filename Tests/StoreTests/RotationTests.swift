// Names that change hands, conflicts that stay a human's to decide, and what the provider says of
// the gym's own account.
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct RotationTests {
  let fixture: TemporaryStore
  let old = Identity(kind: .phone, value: "16505551234")
  let fresh = Identity(kind: .phone, value: "12195555358")
  var start: Timestamp { TemporaryStore.start }

  init() throws { fixture = try TemporaryStore() }

  private func message(
    _ id: String,
    _ person: [Identity],
    kind: MessageKind = .text,
    after: Int64
  ) -> InboundEvent {
    .whatsApp(
      InboundMessage(
        providerID: id,
        person: person,
        profileName: nil,
        kind: kind,
        text: id,
        providerAt: start + after
      )
    )
  }

  private var change: [InboundEvent] {
    [
      message("sys", [fresh, old], kind: .system, after: 5000),
      .onWhatsApp(
        .identityChange(
          IdentityChange(
            kind: .number,
            person: [old],
            retired: [old],
            fresh: [fresh],
            at: start + 5000
          )
        )
      ),
    ]
  }

  private func detail(_ lead: LeadID) throws -> LeadDetail {
    try #require(try fixture.store.lead(lead, scope: .everything))
  }

  @Test func aChangedNumberStaysOnePerson() throws {
    try fixture.deliver(message("m1", [old], after: 0))
    try fixture.deliver(change)
    try fixture.deliver(message("m2", [fresh], after: 9000))
    let lead = try fixture.lead()
    #expect(try fixture.leads().count == 1)
    let detail = try detail(lead.id)
    #expect(detail.identities == [fresh])
    let line = try #require(detail.activity.first { $0.verb == "identity_changed" })
    #expect(line.before == "+16505551234")
    #expect(line.after == "+12195555358")
    let id = try fixture.store.enqueue(lead.id, kind: .text, text: "hi", undo: 0, by: .system)
    let item = try #require(try fixture.store.claim())
    #expect(item.message == id)
    #expect(item.to == fresh)
  }

  @Test func anotherSpellingOfTheSameNumberIsNoOtherPerson() throws {
    let short = Identity(kind: .phone, value: "551187654321")
    let long = Identity(kind: .phone, value: "5511987654321")
    try fixture.deliver(message("m1", [short], after: 0))
    let events: [InboundEvent] = [
      message("sys", [long, short], kind: .system, after: 5000),
      .onWhatsApp(
        .identityChange(
          IdentityChange(
            kind: .number,
            person: [short],
            retired: [short],
            fresh: [long],
            at: start + 5000
          )
        )
      ),
    ]
    try fixture.deliver(events)
    try fixture.deliver(events)
    try fixture.deliver(message("m2", [long], after: 9000))
    #expect(try fixture.leads().count == 1)
    let lead = try fixture.lead()
    #expect(try detail(lead.id).identities == [long])
    _ = try fixture.store.enqueue(lead.id, kind: .text, text: "hi", undo: 0, by: .system)
    #expect(try fixture.store.claim()?.to == long)
  }

  @Test func aReplayChangesNothingAndTakesNothingFromTheNextOwner() throws {
    try fixture.deliver(message("m1", [old], after: 0))
    try fixture.deliver(change)
    // Somebody else gets the old number.
    try fixture.deliver(message("x1", [old], after: 90_000))
    #expect(try fixture.leads().count == 2)
    try fixture.deliver(change)
    let stranger = try fixture.lead()
    #expect(try detail(stranger.id).identities == [old])
    #expect(try detail(stranger.id).activity.map(\.verb) == ["created"])
  }

  @Test func whatComesLateUnderTheOldNumberFindsItsPerson() throws {
    try fixture.deliver(change)
    try fixture.deliver(message("m1", [old], after: 1000))
    #expect(try fixture.leads().count == 1)
    try fixture.deliver(message("x1", [old], after: 90_000))
    #expect(try fixture.leads().count == 2)
    // Late again, though the number has a new owner by now.
    try fixture.deliver(message("m2", [old], after: 2000))
    let first = try #require(try fixture.leads().min { $0.id < $1.id })
    #expect(try fixture.messages(first.id).map(\.text) == ["m1", "m2", "sys"])
  }

  @Test func aConflictIsShownOnBothUntilSomebodyDecides() throws {
    try fixture.deliver(message("a", [old], after: 0))
    try fixture.deliver(message("b", [fresh], after: 1000))
    try fixture.deliver(change)
    let leads = try fixture.leads().sorted { $0.id < $1.id }
    #expect(leads.count == 2)
    #expect(try detail(leads[0].id).twins.map(\.lead) == [leads[1].id])
    #expect(try detail(leads[1].id).twins.map(\.lead) == [leads[0].id])
    #expect(try fixture.store.setTwoPeople(leads[0].id, leads[1].id, true, by: .system))
    #expect(try detail(leads[0].id).twins.isEmpty)
    #expect(try detail(leads[1].id).twins.isEmpty)
    #expect(try !fixture.store.setTwoPeople(leads[1].id, leads[0].id, true, by: .system))
    #expect(try fixture.store.setTwoPeople(leads[1].id, leads[0].id, false, by: .system))
    #expect(try detail(leads[0].id).twins.map(\.lead) == [leads[1].id])
  }

  @Test func aNewDeviceIsALineOfTheHistoryOnce() throws {
    try fixture.deliver(message("m1", [old], after: 0))
    let event = InboundEvent.onWhatsApp(
      .identityChange(IdentityChange(kind: .securityCode, person: [old], at: start + 1000))
    )
    try fixture.deliver(event)
    try fixture.deliver(event)
    let verbs = try detail(try fixture.lead().id).activity.map(\.verb)
    #expect(verbs.filter { $0 == "security_code_changed" }.count == 1)
  }

  @Test(
    arguments: [
      ("+49 151 1234567", "DE", "491511234567"), ("0151 1234567", "DE", "491511234567"),
      ("0049 (0)151/1234567", "DE", "491511234567"), ("+49 (0) 151 1234567", nil, "491511234567"),
      ("(11) 98765-4321", "BR", "5511987654321"), ("55 1234 5678", "MX", "525512345678"),
      ("011 15 2345 6789", "AR", "54111523456789"), ("(650) 555-1234", "US", "16505551234"),
      ("1 650 555 1234", "US", "16505551234"), ("06 12 34 56 78", "FR", "33612345678"),
      ("06 30 123 4567", "HU", "36301234567"), ("02 1234567", "IT", "39021234567"),
      ("0151 1234567", nil, nil), ("call me", "DE", nil), ("+12", "DE", nil), ("", "DE", nil),
    ] as [(String, String?, String?)]
  )
  func nationalNumbersAreRead(text: String, country: String?, digits: String?) {
    #expect(PhoneNumber.digits(text, country: country) == digits)
  }

  private func notice(
    _ title: String,
    after: Int64,
    _ effect: AccountNotice.Effect?
  ) -> InboundEvent {
    .onWhatsApp(
      .account(
        AccountNotice(
          kind: "account_update",
          severity: .critical,
          title: title,
          at: start + after,
          effect: effect
        )
      ),
      account: TemporaryStore.phoneAccount
    )
  }

  @Test func aBanRestsTheChannelAndItsLiftingResumesIt() throws {
    let ban = notice("banned", after: 1000, .pause(reason: "banned", until: nil))
    let lifted = notice("lifted", after: 2000, .resume)
    try fixture.deliver(ban)
    #expect(try fixture.store.channelTroubles().map(\.channel) == ["wa-main"])
    try fixture.deliver(lifted)
    #expect(try fixture.store.channelTroubles().isEmpty)
    // Twice, and late.
    try fixture.deliver(ban)
    try fixture.deliver(notice("banned again", after: 1500, .pause(reason: "x", until: nil)))
    #expect(try fixture.store.channelTroubles().isEmpty)
    let notices = try fixture.store.notices(.everything)
    #expect(notices.map(\.notice.title) == ["banned again", "lifted", "banned"])
    #expect(notices.allSatisfy { $0.channel == "wa-main" && $0.isUnread })
    let first = try #require(notices.first)
    let anna = Actor(user: fixture.anna.id)
    try fixture.store.markNoticesRead([first.id], scope: .everything, by: anna)
    #expect(try fixture.store.unreadNotices(.everything) == 2)
    #expect(try fixture.store.notices(.everything).first?.readBy == "Anna")
    try fixture.store.markNoticesRead(nil, scope: .everything, by: anna)
    #expect(try fixture.store.unreadNotices(.everything) == 0)
  }

  @Test func markingAllAsReadLeavesOtherGymsAlone() throws {
    try fixture.deliver(notice("banned", after: 1000, .pause(reason: "banned", until: nil)))
    let elsewhere = Scope(reach: .gym(GymID(999)), viewer: nil)
    #expect(try fixture.store.markNoticesRead(nil, scope: elsewhere, by: .system) == 0)
    #expect(try fixture.store.unreadNotices(.everything) == 1)
  }

  @Test func aRestrictionThatIsOverRestsNothing() throws {
    try fixture.deliver(notice("old", after: 0, .pause(reason: "x", until: start - 1)))
    #expect(try fixture.store.channelTroubles().isEmpty)
  }
}
