// What people do at the desk: replying through the gate, moving, handing over, noting, and taking
// each of it back.
import Desk
import Model
import Store
import TestSupport
import Testing

@Suite struct DeskActsTests {
  let fixture: TemporaryStore
  let desk: FrontDesk
  let lead: LeadID
  let seat: Seat

  init() throws {
    fixture = try TemporaryStore()
    desk = FrontDesk(store: fixture.store, undoSendSeconds: 8, passwords: .cheap)
    try fixture.deliver(.whatsApp("Hi", id: "m1", at: TemporaryStore.start))
    lead = try fixture.lead().id
    seat = Seat(user: fixture.anna)
  }

  private func stage(_ name: String) throws -> StageID {
    try #require(try fixture.store.stages(.everything).first { $0.name == name }).id
  }

  private func reply(_ text: String) -> String? {
    rule { _ = try desk.reply(lead, text: text, undo: true, by: seat) }
  }

  @Test func aReplyWaitsOutItsUndoWindow() throws {
    let id = try desk.reply(lead, text: "hello", undo: true, by: seat)
    let message = try #require(try fixture.store.message(id))
    #expect(message.status == .queued)
    #expect(message.undoUntil == fixture.clock.now + 8000)
    #expect(message.author == fixture.anna.id)
    let direct = try desk.reply(lead, text: "at once", undo: false, by: Seat(script: "cli:me"))
    #expect(try fixture.store.message(direct)?.undoUntil == nil)
  }

  @Test func aRecalledReplyIsADraftAgain() throws {
    let id = try desk.reply(lead, text: "hello", undo: true, by: seat)
    #expect(try desk.recall(id, by: seat).text == "hello")
    #expect(try fixture.store.draft(.reply(lead), of: fixture.anna.id) == "hello")
    #expect(try fixture.lead().needsReply)
  }

  @Test func aRecalledPlaceLeavesTheDraftAlone() throws {
    try fixture.store.saveDraft(.reply(lead), of: fixture.anna.id, text: "half a")
    let place = OutboundMessage(.place(Place(latitude: 52.5, longitude: 13.4)), text: "The gym")
    let id = try #require(try desk.send(lead, [place], undo: true, by: seat).first)
    try desk.recall(id, by: seat)
    #expect(try fixture.store.draft(.reply(lead), of: fixture.anna.id) == "half a")
  }

  @Test func whoWasErasedIsNotWrittenTo() throws {
    _ = try fixture.store.erase(lead, by: seat.actor)
    let page = try #require(try desk.thread(lead, in: .newest(5), seat: seat))
    #expect(page.isErased)
    #expect(page.closedReason == "This person was erased: nobody is left to write to")
    #expect(reply("hello") == "erased")
  }

  @Test func aScreenThatHasTheTextInItsDraftGetsItOnce() throws {
    let id = try desk.reply(lead, text: "hello", undo: true, by: seat)
    try fixture.store.saveDraft(.reply(lead), of: fixture.anna.id, text: "hello\nand more")
    try desk.recall(id, asDraft: false, by: seat)
    #expect(try fixture.store.draft(.reply(lead), of: fixture.anna.id) == "hello\nand more")
    #expect(try fixture.store.outboxCounts().queued == 0)
  }

  @Test func theGateRefusesWhatCannotGo() throws {
    #expect(reply("  \n ") == "empty")
    #expect(reply("Hi {first_name}") == "placeholder")
    #expect(reply(String(repeating: "x", count: 4097)) == "too_long")
    #expect(try fixture.store.outboxCounts().queued == 0)
    #expect(reply(String(repeating: "x", count: 4096)) == nil)
  }

  @Test func theGateClosesWithTheWindow() throws {
    fixture.clock.advance(.day - 3 * .minute)
    #expect(reply("in time") == nil)
    fixture.clock.advance(.hour)
    #expect(reply("too late") == "window")
    let page = try #require(try desk.thread(lead, in: .newest(50), seat: seat))
    #expect(page.closedReason?.contains("send a template") == true)
    #expect(page.windowClosesAt == nil)
    try fixture.deliver(.whatsApp("still there", id: "m2", at: fixture.clock.now))
    #expect(reply("yes") == nil)
    let open = try #require(try desk.thread(lead, in: .newest(50), seat: seat))
    #expect(open.closedReason == nil)
    #expect(open.windowClosesAt != nil)
  }

  @Test func instagramAllowsAPersonAWeek() throws {
    try fixture.deliver(.instagram("hey", messageID: "i1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    fixture.clock.advance(6 * .day)
    #expect(rule { _ = try desk.reply(lead, text: "hi", undo: true, by: seat) } == nil)
    fixture.clock.advance(2 * .day)
    #expect(rule { _ = try desk.reply(lead, text: "hi", undo: true, by: seat) } == "window")
  }

  @Test func nobodyIsAnsweredWhoIsNotThere() throws {
    #expect(throws: StoreError.noSuchLead(LeadID(99))) {
      try desk.reply(LeadID(99), text: "hi", undo: true, by: seat)
    }
    #expect(try desk.thread(LeadID(99), in: .newest(5), seat: seat) == nil)
    let elsewhere = Seat(actor: seat.actor, scope: Scope(reach: .gym(GymID(99)), viewer: nil))
    #expect(throws: StoreError.noSuchLead(lead)) {
      try desk.reply(lead, text: "hi", undo: true, by: elsewhere)
    }
    #expect(throws: StoreError.noSuchLead(lead)) {
      try desk.assign(lead, to: nil, by: elsewhere)
    }
  }

  @Test func aStageChangeIsUndoneAndRedone() throws {
    let new = try fixture.lead().stage
    let contacted = try stage("Contacted")
    #expect(try desk.setStage(lead, to: contacted, reason: nil, by: seat) == "Moved to Contacted")
    _ = try desk.undo(by: seat)
    #expect(try fixture.lead().stage == new)
    _ = try desk.redo(by: seat)
    #expect(try fixture.lead().stage == contacted)
    #expect(rule { _ = try desk.redo(by: seat) } == "redo")
  }

  @Test func anErasedLeadIsNotBroughtBackByUndo() throws {
    let erased = try fixture.lead().stage
    _ = try desk.setStage(lead, to: try stage("Contacted"), reason: nil, by: seat)
    _ = try desk.addNote(lead, text: "knee", by: seat)
    _ = try fixture.store.erase(lead, by: .system)
    #expect(throws: StoreError.noSuchLead(lead)) { try desk.undo(by: seat) }
    // It did not go through, and does not stand in the way of the one before.
    #expect(rule { _ = try desk.undo(by: seat) } != nil)
    #expect(rule { _ = try desk.undo(by: seat) } == "undo")
    let rows = try fixture.leads()
    #expect(rows.first?.stage != erased)
    #expect(throws: StoreError.noSuchLead(lead)) {
      try desk.setStage(lead, to: erased, reason: nil, by: seat)
    }
  }

  @Test func whoeverIsDisabledIsNoAdmin() throws {
    let admin = try fixture.store.addUser(
      email: "boss@example.com",
      name: "Boss",
      role: .admin,
      passwordHash: nil,
      by: .system
    )
    try fixture.store.setDisabled(email: "boss@example.com", true, by: .system)
    #expect(try !fixture.store.isActive(admin.id))
    #expect(rule { _ = try desk.erase(lead, by: Seat(user: admin)) } == "role")
  }

  @Test func losingALeadNeedsAReasonThatUndoBringsBack() throws {
    let lost = try stage("Lost")
    #expect(rule { _ = try desk.setStage(lead, to: lost, reason: " ", by: seat) } == "reason")
    _ = try desk.setStage(lead, to: lost, reason: "too far", by: seat)
    _ = try desk.setStage(lead, to: try stage("New"), reason: nil, by: seat)
    _ = try desk.undo(by: seat)
    #expect(try fixture.lead().stage == lost)
    let detail = try #require(try fixture.store.lead(lead, scope: .everything))
    #expect(detail.activity.first?.after == "Lost: too far")
  }

  @Test func anAssignmentIsUndoneAndRedone() throws {
    #expect(try desk.assign(lead, to: fixture.ben.id, by: seat) == "Assigned to Ben")
    #expect(try desk.assign(lead, to: nil, by: seat) == "Assigned to nobody")
    _ = try desk.undo(by: seat)
    #expect(try fixture.lead().owner == fixture.ben.id)
    _ = try desk.undo(by: seat)
    #expect(try fixture.lead().owner == nil)
    _ = try desk.redo(by: seat)
    #expect(try fixture.lead().owner == fixture.ben.id)
  }

  @Test func nothingGoesToSomebodySwitchedOff() throws {
    try fixture.store.setDisabled(email: "ben@gym.example", true, by: .system)
    #expect(rule { _ = try desk.assign(lead, to: fixture.ben.id, by: seat) } == "disabled")
    #expect(throws: StoreError.noSuchUser("99")) {
      try desk.assign(lead, to: UserID(99), by: seat)
    }
  }

  @Test func aNoteIsUndoneAndRedone() throws {
    func notes() throws -> [String] {
      try fixture.store.lead(lead, scope: .everything)?.notes.map(\.text) ?? []
    }
    #expect(rule { _ = try desk.addNote(lead, text: " ", by: seat) } == "note")
    _ = try desk.addNote(lead, text: " likes boxing ", by: seat)
    #expect(try notes() == ["likes boxing"])
    _ = try desk.undo(by: seat)
    #expect(try notes() == [])
    _ = try desk.redo(by: seat)
    #expect(try notes() == ["likes boxing"])
  }

  @Test func savedRepliesAreUndoneAndRedone() throws {
    func replies() throws -> [String] {
      try fixture.store.templates(.everything).map { $0.name + ": " + $0.body }
    }
    let seat = Seat(user: User(id: fixture.anna.id, email: "a@x", name: "Anna", role: .admin))
    let before = try replies()
    _ = try desk.saveReply(nil, name: "Hours", body: "7 to 22", by: seat)
    _ = try desk.undo(by: seat)
    #expect(try replies() == before)
    _ = try desk.redo(by: seat)
    let made = try #require(try fixture.store.templates(.everything).last)
    #expect(try replies() == before + ["Hours: 7 to 22"])
    _ = try desk.saveReply(nil, name: "Price", body: "30", by: seat)
    _ = try desk.saveReply(made.id, name: "Hours", body: "6 to 23", by: seat)
    _ = try desk.undo(by: seat)
    #expect(try replies() == before + ["Hours: 7 to 22", "Price: 30"])
    // Deleted and had back, it has its place among the others.
    _ = try desk.deleteReply(made.id, by: seat)
    #expect(try replies() == before + ["Price: 30"])
    #expect(try desk.undo(by: seat) == "Undone: saved reply")
    #expect(try replies() == before + ["Hours: 7 to 22", "Price: 30"])
    // What a colleague has made of it since stays.
    _ = try desk.saveReply(made.id, name: "Hours", body: "8 to 20", by: seat)
    try fixture.store.saveTemplate(
      made.id,
      gym: made.gym,
      name: "Hours",
      body: "9 to 18",
      by: .system
    )
    #expect(rule { _ = try desk.undo(by: seat) } == "changed")
    #expect(try replies().contains("Hours: 9 to 18"))
  }

  @Test func noReplyNeededIsUndoneAndRedone() throws {
    _ = try desk.noReplyNeeded(lead, by: seat)
    #expect(try !fixture.lead().needsReply)
    #expect(rule { _ = try desk.noReplyNeeded(lead, by: seat) } == "no_reply")
    _ = try desk.undo(by: seat)
    #expect(try fixture.lead().waitingSince == TemporaryStore.start)
    _ = try desk.redo(by: seat)
    #expect(try !fixture.lead().needsReply)
  }

  @Test func noReplyNeededSpeaksOfWhatWasOnScreen() throws {
    fixture.clock.advance(.minute)
    _ = try desk.noReplyNeeded(lead, by: seat)
    // Written before the key, arrived after it.
    try fixture.deliver(.whatsApp("wait", id: "m2", at: fixture.clock.now - 5000))
    #expect(try fixture.lead().waitingSince == fixture.clock.now - 5000)
  }

  @Test func everybodyUndoesTheirOwn() throws {
    _ = try desk.assign(lead, to: fixture.ben.id, by: seat)
    #expect(rule { _ = try desk.undo(by: Seat(user: fixture.ben)) } == "undo")
    let name = try fixture.lead().name
    #expect(try desk.undo(by: seat) == "Undone: assignment · \(name)")
    #expect(try fixture.lead().owner == nil)
  }

  @Test func oneActOnManyIsUndoneAsOne() throws {
    try fixture.deliver(
      .whatsApp("me too", from: "34600111222", name: "Ines", id: "i1", at: fixture.clock.now)
    )
    let both = try fixture.leads().map(\.id)
    #expect(both.count == 2)
    _ = try desk.assign(both[0], to: fixture.anna.id, by: seat)
    #expect(try desk.assign(both, to: fixture.ben.id, by: seat) == "Assigned 2 leads to Ben")
    #expect(try desk.undo(by: seat) == "Undone: assignment of 2 leads")
    let owners = Dictionary(uniqueKeysWithValues: try fixture.leads().map { ($0.id, $0.owner) })
    #expect(owners[both[0]] == fixture.anna.id && owners[both[1]] == .some(nil))
    #expect(try desk.noReplyNeeded(both, by: seat) == "No reply needed: 2 leads")
    _ = try desk.undo(by: seat)
    #expect(try fixture.leads().filter(\.needsReply).count == 2)
    _ = try desk.setStage(both, to: try stage("Contacted"), reason: nil, by: seat)
    #expect(try Set(fixture.leads().map(\.stage)) == [stage("Contacted")])
  }

  @Test func whatOthersChangedSinceStays() throws {
    _ = try desk.assign(lead, to: fixture.anna.id, by: seat)
    _ = try desk.assign(lead, to: fixture.ben.id, by: Seat(user: fixture.ben))
    #expect(rule { _ = try desk.undo(by: seat) } == "changed")
    #expect(try fixture.lead().owner == fixture.ben.id)
    // It is gone from the log, so that the act before it can be undone.
    #expect(rule { _ = try desk.undo(by: seat) } == "undo")
  }

  @Test func aNewActEndsRedoing() throws {
    _ = try desk.assign(lead, to: fixture.ben.id, by: seat)
    _ = try desk.undo(by: seat)
    _ = try desk.addNote(lead, text: "new", by: seat)
    #expect(rule { _ = try desk.redo(by: seat) } == "redo")
  }

  @Test func aPersonsWordSettlesAnUnconfirmedReply() throws {
    let first = try desk.reply(lead, text: "one", undo: false, by: seat)
    _ = try fixture.store.claim()
    try fixture.store.finish(first, .unknown(reason: "cut off"))
    _ = try desk.resolve(first, sendAgain: true, by: seat)
    #expect(try fixture.store.message(first)?.status == .queued)
    _ = try fixture.store.claim()
    try fixture.store.finish(first, .unknown(reason: "cut off"))
    _ = try desk.resolve(first, sendAgain: false, by: seat)
    #expect(try fixture.store.message(first)?.status == .sent)
    let detail = try #require(try fixture.store.lead(lead, scope: .everything))
    #expect(detail.activity.prefix(2).map(\.verb) == ["was_sent", "send_again"])
  }

  @Test func theBookHasTheGymsNames() throws {
    let book = try #require(try desk.book(seat: seat))
    #expect(book.gym.name == "Downtown")
    #expect(book.users.map(\.name) == ["Anna", "Ben"])
    #expect(book.stages.map(\.name) == ["New", "Contacted", "Later", "Won", "Lost"])
    #expect(book.templates.map(\.name) == ["Hello"])
  }

  /// Berlin's midnight, not the machine's: 23:30 UTC on Sunday is Monday there.
  @Test func theDashboardsDayIsTheGyms() throws {
    let before = Timestamp(seconds: 1_772_406_000)  // Sunday, 1 March 2026, 23:00 UTC
    try fixture.deliver(
      .whatsApp("yesterday", from: "491", id: "a", at: before - 1),
      .whatsApp("today", from: "492", id: "b", at: before)
    )
    #expect(try desk.dashboard(seat: seat).newToday == 2)
  }
}
