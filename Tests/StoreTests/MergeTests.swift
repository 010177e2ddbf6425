// Merging two leads and taking it back; forgetting a person.
import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct MergeTests {
  let fixture: TemporaryStore
  let ana = [Identity(kind: .phone, value: "4915112345678")]
  let mia = [Identity(kind: .phone, value: "4915187654321")]
  var start: Timestamp { TemporaryStore.start }
  var staff: Actor { Actor(user: fixture.anna.id) }

  init() throws { fixture = try TemporaryStore() }

  private func say(_ text: String, _ person: [Identity], name: String, after: Int64) throws {
    try fixture.deliver(
      .whatsApp(
        InboundMessage(
          providerID: "id-" + text,
          person: person,
          profileName: name,
          kind: .text,
          text: text,
          providerAt: start + after
        )
      )
    )
  }

  /// Ana's lead and Mia's, with a note, a draft and an owner on Ana's.
  private func two() throws -> (ana: LeadID, mia: LeadID) {
    try say("a1", ana, name: "Ana", after: 1000)
    try say("m1", mia, name: "Mia", after: 2000)
    try say("a2", ana, name: "Ana", after: 3000)
    let leads = try fixture.leads().sorted { $0.id < $1.id }
    try fixture.store.addNote(leads[0].id, text: "likes yoga", by: staff)
    try fixture.store.saveDraft(.reply(leads[0].id), of: fixture.anna.id, text: "Hi Ana")
    try fixture.store.saveDraft(.reply(leads[1].id), of: fixture.anna.id, text: "Hi Mia")
    try fixture.store.saveDraft(.note(leads[0].id), of: fixture.anna.id, text: "Ana's knee")
    try fixture.store.saveDraft(.note(leads[1].id), of: fixture.anna.id, text: "Mia's back")
    try fixture.store.saveDraft(.form(leads[0].id), of: fixture.anna.id, text: "{\"lost\":{}}")
    try fixture.store.saveDraft(.form(leads[1].id), of: fixture.anna.id, text: "{\"later\":{}}")
    try fixture.store.assign(leads[0].id, to: fixture.ben.id, by: staff)
    return (leads[0].id, leads[1].id)
  }

  /// Everything that a screen shows of a lead, but for the history's own lines.
  private func picture(_ lead: LeadID) throws -> String {
    var detail = try #require(try fixture.store.lead(lead, scope: .everything))
    detail.summary.rev = 0
    detail.activity = []
    let lines = try fixture.messages(lead).map { "\($0.id) \($0.text) \($0.thread)" }
    let draft = try fixture.store.draft(.reply(lead), of: fixture.anna.id) ?? ""
    let note = try fixture.store.draft(.note(lead), of: fixture.anna.id) ?? ""
    let form = try fixture.store.draft(.form(lead), of: fixture.anna.id) ?? ""
    return "\(detail)\n\(lines)\n\(draft)\n\(note)\n\(form)"
  }

  @Test func aMergeLosesNothingAndUnmergingRestoresBoth() throws {
    let (first, second) = try two()
    let before = [try picture(first), try picture(second)]
    _ = try fixture.store.merge(first, into: second, by: staff)
    #expect(try fixture.store.lead(first, scope: .everything) == nil)
    #expect(try fixture.leads().map(\.id) == [second])
    #expect(try fixture.messages(second).map(\.text) == ["a1", "m1", "a2"])
    let merged = try #require(try fixture.store.lead(second, scope: .everything))
    #expect(merged.notes.map(\.text) == ["likes yoga"])
    #expect(merged.summary.owner == fixture.ben.id)
    #expect(Set(merged.identities) == Set(ana + mia))
    #expect(try fixture.store.draft(.reply(second), of: fixture.anna.id) == "Hi Mia\nHi Ana")
    let note = try fixture.store.draft(.note(second), of: fixture.anna.id)
    #expect(note == "Mia's back\nAna's knee")
    let outcome = try fixture.store.unmerge(first, by: staff)
    #expect(outcome.newMessages == 0)
    #expect([try picture(first), try picture(second)] == before)
    #expect(throws: StoreError.nothingToUnmerge(first)) {
      try fixture.store.unmerge(first, by: staff)
    }
  }

  @Test func whatCameSinceGoesToWhomItWasSaidBy() throws {
    let (first, second) = try two()
    _ = try fixture.store.merge(first, into: second, by: staff)
    try say("a3", ana, name: "Ana", after: 10_000)
    try fixture.deliver(.whatsApp("ours to ana", id: "x", at: start), in: nil)
    try say("m2", mia, name: "Mia", after: 12_000)
    let outcome = try fixture.store.unmerge(second, by: staff)
    #expect(outcome.newMessages == 2)
    #expect(try fixture.messages(second).map(\.text) == ["m1", "m2"])
    #expect(Set(try fixture.messages(first).map(\.text)) == ["a1", "a2", "a3", "ours to ana"])
    try say("a4", ana, name: "Ana", after: 20_000)
    #expect(try fixture.leads().count == 2)
    #expect(try fixture.messages(first).last?.text == "a4")
  }

  @Test func aReactionTakenBackCountsForNothingAfterAnUnmerge() throws {
    let (first, second) = try two()
    _ = try fixture.store.merge(first, into: second, by: staff)
    try fixture.deliver(
      .onWhatsApp(
        .reaction(
          InboundReaction(
            providerID: "r1",
            target: "not here",
            person: mia,
            profileName: "Mia",
            emoji: nil,
            at: start + 12_000
          )
        )
      )
    )
    _ = try fixture.store.unmerge(second, by: staff)
    let lead = try #require(try fixture.store.lead(second, scope: .everything))
    #expect(lead.summary.unread == 1, "m1 alone")
    #expect(lead.threads.first?.lastInboundAt == start + 2000)
  }

  @Test func mergesThatMakeNoSenseAreRefused() throws {
    let (first, second) = try two()
    #expect(throws: StoreError.self) { try fixture.store.merge(first, into: first, by: staff) }
    #expect(throws: StoreError.noSuchLead(LeadID(99))) {
      try fixture.store.merge(LeadID(99), into: second, by: staff)
    }
  }

  @Test func anErasedPersonIsNowhereAndStaysGone() throws {
    let body = #"{"entry":[{"changes":[{"value":{"messages":[{"from":"4915112345678"}]}}]}]}"#
    _ = try fixture.store.keep(
      [.sample(seq: 900, body: body)],
      cursor: FeedCursor(log: "test-log", after: 900)
    )
    let row = try #require(try fixture.store.pendingEvents(limit: 10).last { $0.raw.seq == 900 })
    let message = InboundEvent.whatsApp(
      "my secret wish",
      from: ana[0].value,
      name: "Ana Secret",
      id: "w1",
      at: start
    )
    _ = try fixture.store.apply([fixture.decoded(row.id, [message])])
    let lead = try fixture.lead().id
    try fixture.store.addNote(lead, text: "secret note", by: staff)
    try fixture.store.saveDraft(.reply(lead), of: fixture.anna.id, text: "secret draft")
    try fixture.store.saveDraft(.note(lead), of: fixture.anna.id, text: "secret note begun")
    let size = try fixture.store.erasureSize(lead)
    #expect(size.messages == 1 && size.notes == 1)
    let erasure = try fixture.store.erase(lead, by: staff)
    #expect(erasure.events == 1)
    for word in ["secret", "Ana", ana[0].value] {
      #expect(try tables(holding: word) == [])
    }
    #expect(try fixture.store.event(row.id)?.raw.body == [])
    #expect(try fixture.store.event(row.id)?.raw.sha256 == row.raw.sha256)
    try fixture.store.replay([row.id])
    #expect(try fixture.store.pendingEvents(limit: 10).isEmpty)
    // The provider posts the same webhook once more.
    try fixture.deliver(message)
    #expect(try tables(holding: "secret wish") == [])
    #expect(throws: StoreError.noSuchLead(lead)) { try fixture.store.erase(lead, by: staff) }
  }

  @Test func whatIsTypedWhileALeadIsMergedGoesOnInTheOther() throws {
    let (first, second) = try two()
    let anna = fixture.anna.id
    _ = try fixture.store.merge(first, into: second, by: staff)
    #expect(try fixture.store.survivor(of: first) == second)
    // The screen still writes to the lead that it has opened; "Hi Ana" is what it stored last.
    for (text, known) in [("Hi Ana, we", ["Hi Ana"]), ("Hi Ana, we are open", ["Hi Ana, we"])] {
      let other = try fixture.store.saveDraft(.reply(first), of: anna, text: text, known: known)
      #expect(other == nil)
    }
    #expect(try fixture.store.draft(.reply(second), of: anna) == "Hi Mia\nHi Ana, we are open")
    // A text that was not stored before the merge is below all.
    try fixture.store.saveDraft(.note(first), of: anna, text: "no jumps", known: [])
    #expect(
      try fixture.store.draft(.note(second), of: anna) == "Mia's back\nAna's knee\nno jumps"
    )
  }

  @Test func nothingIsTypedForALeadThatNeverWas() throws {
    try fixture.store.saveDraft(.reply(LeadID(404)), of: fixture.anna.id, text: "hello")
    #expect(try fixture.store.survivor(of: LeadID(404)) == nil)
    #expect(try fixture.store.draft(.reply(LeadID(404)), of: fixture.anna.id) == nil)
  }

  @Test func anUndoneMergeKeepsNothingOfWhoIsErased() throws {
    let (first, second) = try two()
    _ = try fixture.store.merge(first, into: second, by: staff)
    _ = try fixture.store.unmerge(first, by: staff)
    _ = try fixture.store.erase(first, by: staff)
    for word in ["Ana", ana[0].value] { #expect(try tables(holding: word) == [], "\(word)") }
    #expect(try fixture.store.lead(second, scope: .everything)?.summary.name == "Mia")
  }

  @Test func webhooksOfOthersThatHoldTheSameLettersStay() throws {
    let bodies = [
      #"{"entry":[{"changes":[{"value":{"messages":[{"from":"1","text":{"body":"hi maria.k"}}]}}]}]}"#,
      #"{"entry":[{"changes":[{"value":{"alert":"maria.k"}}]}]}"#.replacing(
        "maria.k",
        with: "maria.k2"
      ),
      #"{"entry":[{"changes":[{"value":{"messages":["#
        + #"{"from":"maria.k","id":"a"},{"from":"49170000","id":"b"}]}}]}]}"#,
    ]
    for (seq, body) in bodies.enumerated() {
      _ = try fixture.store.keep(
        [.sample(seq: Int64(950 + seq), body: body)],
        cursor: FeedCursor(log: "bodies", after: Int64(950 + seq))
      )
    }
    let rows = try fixture.store.pendingEvents(limit: 10).filter { $0.raw.seq >= 950 }
    _ = try fixture.store.apply(rows.map { fixture.decoded($0.id, [], parkedReason: "odd") })
    _ = try fixture.store.pool.write { database in
      try database.blankWebhooks(naming: ["maria.k"], known: [], at: start)
    }
    let left = try rows.map { try #require(try fixture.store.event($0.id)) }
    #expect(left.map(\.state) == [.parked, .parked, .parked])
    #expect(left[0].raw.body == Array(bodies[0].utf8) && left[1].raw.body == Array(bodies[1].utf8))
    let third = String(decoding: left[2].raw.body, as: UTF8.self)
    #expect(third.contains("49170000") && !third.contains("maria.k"))
  }

  @Test func whatAnErasedPersonReactedToOrEditedBringsNobodyBack() throws {
    func later(_ kind: MessageKind, _ text: String, _ id: String) -> InboundEvent {
      .whatsApp(
        InboundMessage(
          providerID: id,
          person: ana,
          profileName: "Ana Secret",
          kind: kind,
          text: text,
          providerAt: start + 1000,
          replyTo: "w1"
        )
      )
    }
    let events: [InboundEvent] = [
      .whatsApp("wish", from: ana[0].value, name: "Ana Secret", id: "w1", at: start),
      later(.edit, "secret wish", "e1"), later(.reaction, "🎉", "r1"),
    ]
    for event in events { try fixture.deliver(event) }
    _ = try fixture.store.erase(try fixture.lead().id, by: staff)
    for word in ["secret", "wish", "🎉"] { #expect(try tables(holding: word) == [], "\(word)") }
    let left = try fixture.leads().map(\.id)
    for event in events { try fixture.deliver(event) }
    #expect(try fixture.leads().map(\.id) == left)
    for word in ["secret", "wish", "🎉"] { #expect(try tables(holding: word) == [], "\(word)") }
  }

  @Test func aBatchKeepsWhatItSaysOfOthers() {
    let body = #"{"entry":[{"messages":[{"from":"111222333"},{"from":"444555666"}]}]}"#
    let rest = WebhookRedaction(names: ["111222333"]).rest(of: Array(body.utf8))
    let text = String(decoding: rest, as: UTF8.self)
    #expect(text.contains("444555666"))
    #expect(!text.contains("111222333"))
  }

  /// Tables with a column that holds `word`; staff's own are no customer's.
  private func tables(holding word: String) throws -> [String] {
    try fixture.store.read { database in
      let names = try String.fetchAll(
        database,
        sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('user')"
      )
      return try names.filter { name in
        try Row.fetchAll(database, sql: "SELECT * FROM \"\(name)\"").contains { row in
          row.contains { _, value in
            switch value.storage {
            case .string(let text): text.contains(word) && !text.contains("@gym.example")
            case .blob(let data): data.firstRange(of: Data(word.utf8)) != nil
            default: false
            }
          }
        }
      }
    }
  }
}
