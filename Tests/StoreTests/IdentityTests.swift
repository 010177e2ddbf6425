// People have many names: who is recognised, who isn't, and what is never overwritten.
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct IdentityTests {
  let fixture: TemporaryStore
  var start: Timestamp { TemporaryStore.start }

  init() throws { fixture = try TemporaryStore() }

  private func say(
    _ id: String,
    _ person: [Identity],
    name: String? = nil,
    after: Int64 = 0
  ) throws {
    try fixture.deliver(
      .whatsApp(
        InboundMessage(
          providerID: id,
          person: person,
          profileName: name,
          kind: .text,
          text: id,
          providerAt: start + after
        )
      )
    )
  }

  private func identities() throws -> [Identity] {
    let lead = try fixture.lead()
    return try fixture.store.lead(lead.id, scope: .everything)?.identities ?? []
  }

  @Test func aPayloadWithBothNamesLinksThem() throws {
    let phone = Identity(kind: .phone, value: "4915112345678")
    let bsuid = Identity(kind: .bsuid, value: "DE.abc")
    try say("m1", [phone])
    try say("m2", [bsuid, phone], after: 1000)
    try say("m3", [bsuid], after: 2000)
    #expect(try fixture.leads().count == 1)
    #expect(Set(try identities()) == [phone, bsuid])
    #expect(try fixture.messages(try fixture.lead().id).count == 3)
  }

  @Test func aConflictIsRecordedAndNobodyIsMerged() throws {
    let phone = Identity(kind: .phone, value: "4915112345678")
    let bsuid = Identity(kind: .bsuid, value: "DE.abc")
    try say("m1", [phone])
    try say("m2", [bsuid], after: 1000)
    try say("m3", [bsuid, phone], after: 2000)
    try say("m4", [bsuid, phone], after: 3000)
    #expect(try fixture.leads().count == 2)
    let lead = try #require(try fixture.leads().first { $0.preview == "m4" })
    let detail = try #require(try fixture.store.lead(lead.id, scope: .everything))
    let conflicts = detail.activity.filter { $0.verb == "identity_conflict" }
    #expect(conflicts.map(\.after) == ["phone 4915112345678"])
    #expect(detail.identities == [bsuid])
  }

  @Test(arguments: [
    ("5511987654321", "551187654321"),
    ("551187654321", "5511987654321"),
    ("5491123456789", "541123456789"),
    ("541123456789", "5491123456789"),
    ("5215512345678", "525512345678"),
    ("525512345678", "5215512345678"),
  ])
  func bothSpellingsAreOnePerson(first: String, second: String) throws {
    try say("m1", [Identity(kind: .phone, value: first)])
    try say("m2", [Identity(kind: .phone, value: second)], after: 1000)
    #expect(try fixture.leads().count == 1)
    #expect(try identities() == [Identity(kind: .phone, value: first)])
  }

  @Test func othersNumbersAreNotRespelled() throws {
    try say("m1", [Identity(kind: .phone, value: "4911987654321")])
    try say("m2", [Identity(kind: .phone, value: "491187654321")], after: 1000)
    #expect(try fixture.leads().count == 2)
  }

  @Test func theNewestUsernameIsShown() throws {
    try fixture.deliver(.instagram("a", username: "mia", messageID: "i1", at: start))
    try fixture.deliver(.instagram("b", username: "mia.lifts", messageID: "i2", at: start + 2000))
    // Late, from before the change.
    try fixture.deliver(.instagram("c", username: "mia", messageID: "i3", at: start + 1000))
    #expect(try fixture.leads().count == 1)
    let names = try identities().filter { $0.kind == .username }.map(\.value)
    #expect(names == ["mia.lifts"])
  }

  @Test func twoPeopleMayHaveHadTheSameUsername() throws {
    try fixture.deliver(.instagram("a", from: "1", username: "mia", messageID: "i1", at: start))
    try fixture.deliver(.instagram("b", from: "2", username: "mia", messageID: "i2", at: start))
    #expect(try fixture.leads().count == 2)
  }

  @Test func aProfileNameReplacesAProfileName() throws {
    let phone = [Identity(kind: .phone, value: "4915112345678")]
    try say("m1", phone)
    #expect(try fixture.lead().name == "+4915112345678")
    try say("m2", phone, name: "Mia", after: 1000)
    #expect(try fixture.lead().name == "Mia")
    try say("m3", phone, name: "Mia B.", after: 2000)
    #expect(try fixture.lead().name == "Mia B.")
  }

  @Test func aNameThatStaffTypedStays() throws {
    let phone = [Identity(kind: .phone, value: "4915112345678")]
    try say("m1", phone, name: "xX_mia_Xx")
    try fixture.store.write { database, _ in
      try database.execute(sql: "UPDATE person SET name = 'Mia Berger', name_source = 'staff'")
    }
    try say("m2", phone, name: "something new", after: 1000)
    #expect(try fixture.lead().name == "Mia Berger")
  }

  @Test func anInstagramIDIsKnownToItsAccountOnly() throws {
    try fixture.store.ensureChannel(
      ChannelAccount(id: "ig-two", kind: .instagram, gym: fixture.gym.id, account: "1784142")
    )
    try fixture.deliver(.instagram("a", from: "77", messageID: "i1", at: start))
    let message = InboundMessage(
      providerID: "i2",
      person: [Identity(kind: .igsid, value: "77")],
      profileName: nil,
      kind: .text,
      text: "b",
      providerAt: start
    )
    try fixture.deliver(
      InboundEvent(
        account: ProviderAccount(kind: .instagram, id: "1784142"),
        fact: .message(message)
      )
    )
    #expect(try fixture.leads().count == 2)
  }

  @Test func theDatabaseGuardsActiveIdentities() throws {
    try say("m1", [Identity(kind: .phone, value: "4915112345678")])
    #expect(throws: DatabaseError.self) {
      try fixture.store.writeQuietly { database in
        try database.execute(
          sql: """
            INSERT INTO identity
              (gym_id, person_id, scope, kind, value, first_seen_at, last_seen_at)
            SELECT gym_id, person_id, scope, kind, value, 0, 0 FROM identity
            """
        )
      }
    }
  }
}
