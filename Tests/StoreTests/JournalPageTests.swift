// The journal as people read it: newest first, with the lead that each event added to.
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct JournalPageTests {
  @Test func eventsStandNewestFirstWithTheirLead() throws {
    let home = try TemporaryStore()
    try home.deliver(.whatsApp("Hello", id: "m1", at: home.clock.now))
    let parked = try home.journalRow()
    _ = try home.store.apply([home.decoded(parked, [], parkedReason: "nothing in it")])
    let page = try home.store.journal(query(), scope: .everything)
    #expect(page.lines.map(\.state) == [.parked, .applied])
    #expect(page.lines.map(\.reason) == ["nothing in it", nil])
    #expect(page.lines.map(\.leadName) == [nil, "Mia Berger"])
    #expect(page.lines.last?.lead == (try home.lead().id))
    #expect(page.parked == 1)
    #expect(try home.store.parkedEvents() == 1)
    let only = try home.store.journal(query(onlyParked: true), scope: .everything)
    #expect(only.lines.map(\.id) == [parked])
  }

  @Test func aPageSaysWhetherThereIsMore() throws {
    let home = try TemporaryStore()
    for number in 0..<5 {
      try home.deliver(.whatsApp("n\(number)", id: "m\(number)", at: home.clock.now))
    }
    let page = try home.store.journal(query(limit: 3), scope: .everything)
    #expect(page.lines.count == 3)
    #expect(page.hasMore)
    #expect(try !home.store.journal(query(limit: 5), scope: .everything).hasMore)
  }

  @Test func namesOfLeadsOutsideTheScopeStayOut() throws {
    let home = try TemporaryStore()
    try home.deliver(.whatsApp("Hello", id: "m1", at: home.clock.now))
    let scope = Scope(reach: .own(home.gym.id, home.ben.id), viewer: home.ben.id)
    let page = try home.store.journal(query(), scope: scope)
    #expect(page.lines.count == 1)
    #expect(page.lines.first?.leadName == nil)
  }

  @Test func replayPutsEventsBackInLine() throws {
    let home = try TemporaryStore()
    let row = try home.journalRow()
    _ = try home.store.apply([home.decoded(row, [], parkedReason: "odd")])
    #expect(try home.store.replay(nil) == 1)
    #expect(try home.store.parkedEvents() == 0)
    #expect(try home.store.pendingEvents(limit: 10).map(\.id) == [row])
  }

  @Test func itIsWrittenDownWhoLookedAtWhatIsHidden() throws {
    let home = try TemporaryStore()
    let row = try home.journalRow()
    try home.store.recordRawView(of: row, by: Actor(user: home.anna.id))
    let audit = try home.store.read {
      try Row.fetchOne($0, sql: "SELECT actor_id, verb, after FROM activity ORDER BY id DESC")
    }
    #expect(audit == ["actor_id": home.anna.id.rawValue, "verb": "event.raw", "after": "\(row)"])
  }

  private func query(onlyParked: Bool = false, limit: Int = 50) -> JournalQuery {
    JournalQuery(onlyParked: onlyParked, limit: limit)
  }
}
