// Gyms and channels from the config, and the first run.
import Desk
import Foundation
import Model
import Store
import TestSupport
import Testing

@Suite struct GymSetupTests {
  let fixture: TemporaryStore
  let desk: FrontDesk

  init() throws {
    fixture = try TemporaryStore()
    desk = FrontDesk(store: fixture.store, undoSendSeconds: 8, passwords: .cheap)
  }

  /// A desk over a store with nothing in it.
  private func emptyDesk() throws -> FrontDesk {
    let folder = fixture.directory + "/empty"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let store = try LeadStore(directory: folder, clock: fixture.clock.wall, program: "1")
    return FrontDesk(store: store, undoSendSeconds: 8, passwords: .cheap)
  }

  private func channel(_ id: String, gym: String, account: String) -> FrontDesk.ChannelEntry {
    FrontDesk.ChannelEntry(id: id, kind: .whatsapp, gym: gym, account: account)
  }

  private func accounts() throws -> [String] {
    try fixture.store.channels().map { "\($0.id) \($0.account)" }
  }

  @Test func theFirstRunMakesGymAndAdmin() throws {
    let desk = try emptyDesk()
    let user = try desk.setUp(
      gym: " Iron Temple ",
      zone: "Europe/Berlin",
      name: "Anna",
      email: "anna@iron.example",
      password: Secret("12345678")
    )
    #expect(user.role == .admin)
    let gym = try #require(try desk.store.gyms(.everything).first)
    #expect(gym.name == "Iron Temple")
    #expect(gym.slug == "iron-temple")
    #expect(try desk.store.stages(.everything).count == 12)
    #expect(try desk.store.templates(.everything).count == 8)
    #expect(
      try desk.signIn(email: user.email, password: Secret("12345678"), origin: "").0.id == user.id
    )
    let again = #expect(throws: Refusal.self) {
      try desk.setUp(
        gym: "Other",
        zone: "Europe/Berlin",
        name: "",
        email: "b@iron.example",
        password: Secret("12345678")
      )
    }
    #expect(again?.rule == "set_up")
  }

  @Test func theFirstRunLeavesNothingHalfDone() throws {
    let desk = try emptyDesk()
    for (gym, zone, rule) in [(" ", "Europe/Berlin", "gym"), ("Iron", "Europe/Atlantis", "zone")] {
      let refusal = #expect(throws: Refusal.self) {
        try desk.setUp(
          gym: gym,
          zone: zone,
          name: "",
          email: "a@b.example",
          password: Secret("12345678")
        )
      }
      #expect(refusal?.rule == rule)
    }
    #expect(try desk.store.gyms(.everything).isEmpty)
  }

  @Test(arguments: [
    ("Downtown", "downtown"), ("  Iron & Temple! ", "iron-temple"), ("München Süd", "münchen-süd"),
    ("Зал 1", "зал-1"), ("!!!", "gym"),
  ])
  func slugs(name: String, slug: String) {
    #expect(name.slug == slug)
  }

  @Test func namesInAnotherScriptAreDifferentGyms() throws {
    try desk.adopt(
      gyms: [],
      channels: [
        channel("wa-a", gym: "Зал", account: "1"), channel("wa-b", gym: "Клуб", account: "2"),
      ]
    )
    #expect(try fixture.store.gyms(.everything).map(\.name) == ["Downtown", "Зал", "Клуб"])
  }

  @Test func adoptingTwiceChangesNothing() throws {
    let gyms = [FrontDesk.GymEntry(slug: "uptown", name: "Uptown", zone: "Europe/Berlin")]
    let channels = [
      channel("wa-up", gym: "Uptown", account: "7"), channel("wa-up2", gym: "uptown", account: "8"),
    ]
    try desk.adopt(gyms: gyms, channels: channels)
    let rev = try fixture.store.rev()
    try desk.adopt(gyms: gyms, channels: channels)
    #expect(try fixture.store.rev() == rev)
    #expect(try fixture.store.gyms(.everything).count == 2)
    let gym = try #require(try fixture.store.gym(named: "uptown"))
    #expect(try fixture.store.channels().filter { $0.gym == gym.id }.count == 2)
  }

  @Test func aGymRenamedInTheConfigIsTheSame() throws {
    try desk.adopt(
      gyms: [FrontDesk.GymEntry(slug: "downtown", name: "Downtown Strength")],
      channels: [channel("wa-main", gym: "downtown", account: TemporaryStore.phoneAccount)]
    )
    #expect(try fixture.store.gyms(.everything).map(\.id) == [fixture.gym.id])
  }

  @Test func aChannelMovesToAnotherGym() throws {
    try desk.adopt(
      gyms: [],
      channels: [channel("wa-main", gym: "Uptown", account: TemporaryStore.phoneAccount)]
    )
    let uptown = try #require(try fixture.store.gym(named: "uptown"))
    let moved = try fixture.store.channels().first { $0.id == "wa-main" }
    #expect(moved?.gym == uptown.id)
    try fixture.deliver(.whatsApp("hi", id: "m1", at: fixture.clock.now))
    #expect(try fixture.lead().gym == uptown.id)
  }

  @Test func aChannelsNewNameKeepsItsConversations() throws {
    try fixture.deliver(.whatsApp("hi", id: "m1", at: fixture.clock.now))
    try desk.adopt(
      gyms: [],
      channels: [channel("front-desk", gym: "downtown", account: TemporaryStore.phoneAccount)]
    )
    #expect(
      try accounts() == ["front-desk 15550001", "ig-main \(TemporaryStore.instagramAccount)"]
    )
    try fixture.deliver(.whatsApp("hi", id: "m1", at: fixture.clock.now))
    try fixture.deliver(.whatsApp("again", id: "m2", at: fixture.clock.now + 1))
    let messages = try fixture.messages(try fixture.lead().id)
    #expect(messages.map(\.text) == ["hi", "again"])
    #expect(Set(messages.map(\.channel)) == ["front-desk"])
    #expect(Set(messages.map(\.thread)).count == 1)
  }

  @Test func channelsMaySwapTheirAccounts() throws {
    try desk.adopt(gyms: [], channels: [channel("wa-two", gym: "downtown", account: "2")])
    try desk.adopt(
      gyms: [],
      channels: [
        channel("wa-two", gym: "downtown", account: TemporaryStore.phoneAccount),
        channel("wa-main", gym: "downtown", account: "2"),
      ]
    )
    #expect(
      try accounts() == [
        "ig-main \(TemporaryStore.instagramAccount)", "wa-main 2", "wa-two 15550001",
      ]
    )
  }
}
