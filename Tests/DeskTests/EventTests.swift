// Reading events at the desk: personal data is hidden unless asked for.
import Desk
import Foundation
import Model
import Store
import TestSupport
import Testing

@Suite struct EventTests {
  let home: TemporaryStore
  let desk: FrontDesk

  init() throws {
    home = try TemporaryStore()
    desk = FrontDesk(store: home.store, undoSendSeconds: 8)
  }

  private func keep(_ body: String) throws -> Int64 {
    _ = try home.store.keep(
      [.sample(seq: 900, body: body)],
      cursor: FeedCursor(log: "test-log", after: 900)
    )
    return try #require(try home.store.pendingEvents(limit: 10).last).id
  }

  @Test func aBodyIsHiddenUnlessAskedFor() throws {
    let id = try keep(#"{"object":"instagram","from":"Sheena"}"#)
    let seat = Seat(user: home.anna)
    let hidden = try #require(try desk.event(id, isRaw: false, seat: seat))
    #expect(hidden.body == ["{", #"  "object": "instagram","#, #"  "from": "‹6 hidden›""#, "}"])
    #expect(!hidden.isRaw)
    let raw = try #require(try desk.event(id, isRaw: true, seat: seat))
    #expect(raw.body.contains { $0.contains("Sheena") })
  }

  @Test func whatIsNotJSONIsHiddenWhole() throws {
    let id = try keep("from Sheena")
    let hidden = try desk.event(id, isRaw: false, seat: Seat(user: home.anna))
    #expect(hidden?.body == ["(11 bytes that are not JSON)"])
  }
}
