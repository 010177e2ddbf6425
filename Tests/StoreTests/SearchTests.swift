// Finding leads: by name, number, note and message, indexed or not yet, and never what was taken
// away or may not be seen.
import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct SearchTests {
  let fixture: TemporaryStore

  init() throws {
    fixture = try TemporaryStore()
    let start = TemporaryStore.start
    try fixture.deliver(
      .whatsApp("A trial class on Friday?", id: "a1", at: start),
      .whatsApp("Gibt es Getränke?", from: "34600111222", name: "Inés Valdés", id: "b1", at: start),
      .instagram("do you have a sauna", username: "maria.sok", messageID: "c1", at: start)
    )
    fixture.clock.advance(.minute)
    try fixture.deliver(
      .whatsApp("friday it is", id: "a2", at: fixture.clock.now)
    )
  }

  private func found(_ text: String, scope: Scope = .everything) throws -> [String] {
    try fixture.store.search(SearchTerms(text), limit: 50, scope: scope)
      .map { "\($0.kind.rawValue) \($0.name): \($0.snippet)" }
  }

  /// The same before the worker has indexed anything, and after.
  @Test(arguments: [false, true])
  func allSortsOfThings(isIndexed: Bool) throws {
    let mia = try #require(try fixture.leads().first { $0.name == "Mia Berger" })
    try fixture.store.addNote(mia.id, text: "Prefers mornings", by: .system)
    if isIndexed { while try fixture.store.indexForSearch(limit: 2) {} }
    #expect(
      try found("friday") == [
        "message Mia Berger: friday it is",
        "message Mia Berger: A trial class on Friday?",
      ]
    )
    #expect(try found("trial fri") == ["message Mia Berger: A trial class on Friday?"])
    #expect(try found("FRI trial ").isEmpty, "a word that is closed is a whole word")
    #expect(try found("getranke") == ["message Inés Valdés: Gibt es Getränke?"])
    #expect(try found("ines va") == ["name Inés Valdés: Inés Valdés"])
    #expect(try found("0151 123456") == ["phone Mia Berger: +4915112345678"])
    #expect(try found("345678") == ["phone Mia Berger: +4915112345678"])
    #expect(try found("+34 600") == ["phone Inés Valdés: +34600111222"])
    #expect(try found("@maria.s").contains { $0.hasPrefix("username ") })
    #expect(try found("mornings") == ["note Mia Berger: Prefers mornings"])
    #expect(try found("").isEmpty)
    #expect(try found("\"'*(-").isEmpty)
    #expect(try found("friday AND NOT OR NEAR(trial, 2) *").isEmpty)
    #expect(try found(String(repeating: "friday ", count: 5000)).count == 2)
    #expect(try found("\u{0}\u{1B}[31m\u{202E}💪").isEmpty)
  }

  @Test(arguments: [false, true])
  func wordsWithoutSpacesBetweenThem(isIndexed: Bool) throws {
    let at = fixture.clock.now
    try fixture.deliver(
      .whatsApp("我想預約瑜伽課", from: "886912345678", name: "王小明", id: "z1", at: at),
      .whatsApp("Yoga課多少錢?", from: "886912345679", name: "Lin", id: "z2", at: at)
    )
    if isIndexed { while try fixture.store.indexForSearch() {} }
    #expect(try found("預約") == ["message 王小明: 我想預約瑜伽課"])
    #expect(try found("課") == ["message Lin: Yoga課多少錢?", "message 王小明: 我想預約瑜伽課"])
    #expect(try found("yoga課") == ["message Lin: Yoga課多少錢?"])
    #expect(try found("小明").first == "name 王小明: 王小明")
    #expect(try found("預約 多少").isEmpty)
  }

  @Test func whatIsTakenAwayIsNotFound() throws {
    while try fixture.store.indexForSearch() {}
    try fixture.store.pool.write { database in
      try database.execute(sql: "UPDATE message SET text = '' WHERE provider_id = 'a1'")
      try database.execute(sql: "UPDATE message SET text = 'sunday' WHERE provider_id = 'a2'")
      try database.execute(sql: "UPDATE person SET name = 'Somebody'")
      try database.execute(sql: "UPDATE identity SET value = 'gone' || id WHERE kind = 'phone'")
    }
    #expect(try found("friday").isEmpty)
    #expect(try found("sunday").count == 1)
    #expect(try found("mia").isEmpty)
    #expect(try found("345678").isEmpty)
    #expect(try found("somebody").count == 3)
  }

  /// What was erased is in no page of the index either.
  @Test func erasedWordsLeaveTheIndexsPages() throws {
    try fixture.deliver(.whatsApp("xylophone", id: "x1", at: fixture.clock.now))
    while try fixture.store.indexForSearch() {}
    func isKept() throws -> Bool {
      try fixture.store.read { database in
        try Data.fetchAll(database, sql: "SELECT block FROM message_search_data").contains {
          $0.range(of: Data("xylophone".utf8)) != nil
        }
      }
    }
    #expect(try isKept())
    try fixture.store.pool.write {
      try $0.execute(sql: "UPDATE message SET text = '' WHERE provider_id = 'x1'")
    }
    #expect(try found("xylophone").isEmpty)
    #expect(try isKept(), "only a merge drops it")
    while try fixture.store.indexForSearch() {}
    #expect(try !isKept())
    #expect(try found("friday").count == 2)
  }

  @Test func aNoteThatIsUndoneIsNotFound() throws {
    let lead = try fixture.lead().id
    let note = try fixture.store.addNote(lead, text: "mornings", by: .system)
    while try fixture.store.indexForSearch() {}
    try fixture.store.setNoteDeleted(note, lead: lead, true, by: .system)
    #expect(try found("mornings").isEmpty)
  }

  @Test func theScopeDecides() throws {
    let mia = try #require(try fixture.leads().first { $0.name == "Mia Berger" })
    try fixture.store.assign(mia.id, to: fixture.ben.id, by: .system)
    while try fixture.store.indexForSearch() {}
    let own = Scope(reach: .own(fixture.gym.id, fixture.ben.id), viewer: fixture.ben.id)
    #expect(try found("friday", scope: own).count == 2)
    #expect(try found("sauna", scope: own).isEmpty)
    #expect(try found("ines", scope: own).isEmpty)
    #expect(try found("600111", scope: own).isEmpty)
  }

  @Test func theListHasOneRowALead() throws {
    while try fixture.store.indexForSearch() {}
    let query = InboxQuery(anchor: .top, filter: .open, limit: 200, search: "friday")
    let page = try fixture.store.inbox(query, scope: .everything)
    #expect(page.rows.map(\.name) == ["Mia Berger"])
    #expect(page.total == 1 && page.waiting == 1)
    let hit = try #require(page.hits[page.rows[0].id])
    #expect(hit.snippet == "friday it is")
    let all = try fixture.store.searchThread(
      hit.lead,
      SearchTerms("friday"),
      limit: 10,
      scope: .everything
    )
    #expect(all.count == 2)
    #expect(all.first == hit.message)
  }

  /// A store from before the search gets its index a batch at a time, the newest rows first.
  @Test func whoWroteLastStandsFirstWhereverTheWordsWere() throws {
    for (name, from) in [("Ada", "34600111001"), ("Bo", "34600111002"), ("Cy", "34600111003")] {
      fixture.clock.advance(.minute)
      try fixture.deliver(
        .whatsApp("quokka \(name)", from: from, name: name, id: name, at: fixture.clock.now)
      )
    }
    fixture.clock.advance(.minute)
    try fixture.deliver(
      .whatsApp("one more", from: "34600111001", name: "Ada", id: "d", at: fixture.clock.now)
    )
    let query = InboxQuery(anchor: .top, filter: .open, limit: 200, search: "quokka")
    let page = try fixture.store.inbox(query, scope: .everything)
    #expect(page.rows.map(\.name) == ["Ada", "Cy", "Bo"])
    #expect(page.hits[page.rows[0].id]?.snippet == "quokka Ada")
  }

  @Test func anOldStoreIsIndexedFromTheNewestBack() throws {
    try fixture.store.pool.write { database in
      try database.execute(
        sql: """
          UPDATE search_range SET low = 1 + (SELECT max(id) FROM message),
            high = (SELECT max(id) FROM message) WHERE source = 'message'
          """
      )
    }
    #expect(try found("friday").isEmpty)
    #expect(try fixture.store.indexForSearch(limit: 1))
    #expect(try found("friday") == ["message Mia Berger: friday it is"])
    while try fixture.store.indexForSearch(limit: 1) {}
    #expect(try found("friday").count == 2)
    // What is not indexed yet may change without harm.
    #expect(try fixture.store.indexForSearch() == false)
  }

  @Test func aWindowIsReadAroundAMessage() throws {
    let lead = try #require(try fixture.leads().first { $0.name == "Mia Berger" }).id
    for number in 0..<40 {
      fixture.clock.advance(.minute)
      try fixture.deliver(.whatsApp("n\(number)", id: "n\(number)", at: fixture.clock.now))
    }
    let all = try fixture.messages(lead)
    func texts(_ window: ThreadWindow) throws -> ([String], Bool, Bool) {
      let page = try fixture.store.conversation(of: lead, in: window, scope: .everything)
      return (page?.messages.map(\.text) ?? [], page?.hasOlder ?? false, page?.hasNewer ?? false)
    }
    let middle = all[20]
    #expect(
      try texts(.around(middle.id, older: 2, newer: 3))
        == (all[18...23].map(\.text), true, true)
    )
    #expect(
      try texts(.around(all[1].id, older: 5, newer: 1)) == (all[0...2].map(\.text), false, true)
    )
    #expect(
      try texts(.around(all[40].id, older: 1, newer: 5)) == (all[39...41].map(\.text), true, false)
    )
    #expect(try texts(.oldest(2)) == (all[0...1].map(\.text), false, true))
    #expect(try texts(.newest(2)) == (all[40...41].map(\.text), true, false))
    #expect(
      try texts(.around(MessageID(9999), older: 1, newer: 1)) == (
        all[40...41].map(\.text), true, false
      )
    )
  }

  @Test func draftsAreSeenByColleagues() throws {
    let lead = try fixture.lead().id
    let before = try fixture.store.rev()
    try fixture.store.saveDraft(.reply(lead), of: fixture.ben.id, text: "Hi M", isTyping: true)
    let row = try #require(try fixture.leads(viewer: fixture.anna).first { $0.id == lead })
    #expect(row.draftBy == fixture.ben.id && !row.hasDraft)
    #expect(row.rev > before)
    let typing = try fixture.store.rev()
    try fixture.store.saveDraft(.reply(lead), of: fixture.ben.id, text: "Hi Mi", isTyping: true)
    #expect(try fixture.store.rev() == typing, "typing on is no news to lists")
    let company = try fixture.store.company(at: lead, of: fixture.anna.id)
    #expect(company.draft == "")
    #expect(
      company.others == [
        Company.Other(user: fixture.ben.id, name: "Ben", typedAt: fixture.clock.now)
      ]
    )
    try fixture.store.saveDraft(.reply(lead), of: fixture.ben.id, text: "Hi Mi")
    #expect(try fixture.store.company(at: lead, of: fixture.anna.id).others.map(\.typedAt) == [nil])
    #expect(try fixture.store.company(at: lead, of: fixture.ben.id).draft == "Hi Mi")
    try fixture.store.saveDraft(.reply(lead), of: fixture.ben.id, text: "")
    #expect(try fixture.store.company(at: lead, of: fixture.anna.id).others.isEmpty)
  }
}
