// Users, drafts, what each has read, and the history of what people did.
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct PeopleTests {
  let fixture: TemporaryStore
  let lead: LeadID
  var store: LeadStore { fixture.store }

  init() throws {
    fixture = try TemporaryStore()
    try fixture.deliver(.whatsApp("one", id: "m1", at: TemporaryStore.start))
    lead = try fixture.lead().id
  }

  private func unread(_ user: User?) throws -> Int { try fixture.lead(viewer: user).unread }

  private func hear(_ id: String) throws {
    fixture.clock.advance(.minute)
    try fixture.deliver(.whatsApp(id, id: id, at: fixture.clock.now))
  }

  @Test func unreadIsEachUsersOwn() throws {
    try hear("m2")
    #expect(try unread(fixture.anna) == 2)
    try store.markRead(lead, by: fixture.anna.id)
    #expect(try unread(fixture.anna) == 0)
    #expect(try unread(fixture.ben) == 2)
    #expect(try unread(nil) == 0, "somebody has opened it")
    try hear("m3")
    #expect(try unread(fixture.anna) == 1)
    #expect(try unread(fixture.ben) == 3)
    #expect(try unread(nil) == 1)
  }

  @Test func readingChangesNothingForTheTeam() throws {
    try store.markRead(lead, by: fixture.anna.id)
    #expect(try fixture.lead().waitingSince == TemporaryStore.start)
    let rev = try store.rev()
    try store.markRead(lead, by: fixture.anna.id)
    #expect(try store.rev() == rev, "nothing new, nothing written")
  }

  @Test func anAnswerReadsItForEverybody() throws {
    _ = try store.enqueue(
      lead,
      kind: .text,
      text: "hi",
      undo: 0,
      by: Actor(user: fixture.anna.id)
    )
    #expect(try unread(fixture.ben) == 0)
    try hear("m2")
    #expect(try unread(fixture.ben) == 1)
  }

  @Test func draftsAreEachUsersOwnAndUncounted() throws {
    try store.saveDraft(.reply(lead), of: fixture.anna.id, text: "hel")
    // That there is one is news; what it says is not.
    let rev = try store.rev()
    try store.saveDraft(.reply(lead), of: fixture.anna.id, text: "hello 👋🏽")
    #expect(try store.draft(.reply(lead), of: fixture.anna.id) == "hello 👋🏽")
    #expect(try store.draft(.reply(lead), of: fixture.ben.id) == nil)
    #expect(try fixture.reopened().draft(.reply(lead), of: fixture.anna.id) == "hello 👋🏽")
    #expect(try fixture.lead(viewer: fixture.anna).hasDraft)
    #expect(try !fixture.lead(viewer: fixture.ben).hasDraft)
    #expect(try store.rev() == rev)
    try store.saveDraft(.reply(lead), of: fixture.anna.id, text: "")
    #expect(try store.draft(.reply(lead), of: fixture.anna.id) == nil)
    #expect(try store.rev() == rev + 1)
  }

  @Test func whatTheWriterHasNotSeenStaysAbove() throws {
    let anna = fixture.anna.id
    func save(_ text: String, known: [String]) throws -> String? {
      try store.saveDraft(.reply(lead), of: anna, text: text, known: known)
    }
    #expect(try save("one", known: []) == nil)
    #expect(try save("one more", known: ["one"]) == nil)
    #expect(try save("mine", known: ["one"]) == "one more", "typed in another terminal")
    #expect(try store.draft(.reply(lead), of: anna) == "one more\nmine")
    #expect(try save("", known: ["mine"]) == "one more\nmine", "not seen, so not cleared")
    #expect(try store.draft(.reply(lead), of: anna) == "one more\nmine")
    #expect(try save("one more\nmine", known: []) == nil, "the same text is no other")
    #expect(try save("", known: ["one more\nmine"]) == nil)
    #expect(try store.draft(.reply(lead), of: anna) == nil)
  }

  @Test func aNoteBeingTypedIsADraftOfItsOwn() throws {
    let anna = fixture.anna.id
    let rev = try store.rev()
    try store.saveDraft(.note(lead), of: anna, text: "knee trouble")
    try store.saveDraft(.note(lead), of: fixture.ben.id, text: "Ben's")
    #expect(try store.rev() == rev, "no list shows it")
    #expect(try store.draft(.reply(lead), of: anna) == nil)
    #expect(try store.company(at: lead, of: fixture.ben.id).others.isEmpty)
    #expect(try fixture.reopened().draft(.note(lead), of: anna) == "knee trouble")
    let scope = Scope(reach: .everything, viewer: anna)
    #expect(try store.lead(lead, scope: scope)?.begunNote == "knee trouble")
    #expect(try store.lead(lead, scope: .everything)?.begunNote == nil)
    // A reply takes the reply's draft with it, a note the note's.
    try store.saveDraft(.reply(lead), of: anna, text: "Hi")
    _ = try store.enqueue(lead, OutboundMessage(text: "Hi"), undo: 0, by: Actor(user: anna))
    #expect(try store.draft(.note(lead), of: anna) == "knee trouble")
    try store.addNote(lead, text: "knee trouble", by: Actor(user: anna))
    #expect(try store.draft(.note(lead), of: anna) == nil)
    #expect(try store.draft(.note(lead), of: fixture.ben.id) == "Ben's")
  }

  @Test func theHistorySaysWhoDidWhat() throws {
    let anna = Actor(user: fixture.anna.id)
    let stages = try store.stages(.everything)
    try store.setStage(lead, to: stages[1].id, reason: nil, by: anna)
    try store.assign(lead, to: fixture.ben.id, by: Actor(label: "cli:root"))
    try store.addNote(lead, text: "likes boxing", by: anna)
    try store.setNoReplyNeeded(lead, at: fixture.clock.now, by: anna)
    let detail = try #require(try store.lead(lead, scope: .everything))
    let lines = detail.activity.reversed().map {
      "\($0.actor ?? "-") \($0.verb) \($0.before ?? "") > \($0.after ?? "")"
    }
    #expect(
      lines == [
        "- created  > WhatsApp", "Anna stage New > Contacted",
        "cli:root assign  > ben@gym.example", "Anna note  > likes boxing",
        "Anna no_reply_needed  > ",
      ]
    )
    #expect(detail.notes.map(\.text) == ["likes boxing"])
    #expect(detail.notes.map(\.author) == ["Anna"])
  }

  @Test func aStageOfAnotherGymIsRefused() throws {
    let other = try store.ensureGym(
      slug: "uptown",
      name: "Uptown",
      zone: "Europe/Berlin",
      country: nil,
      defaults: .sample
    )
    let stage = try #require(
      try store.stages(Scope(reach: .gym(other.id), viewer: nil)).first
    )
    let rev = try store.rev()
    #expect(throws: StoreError.noSuchStage(stage.id.description)) {
      try store.setStage(lead, to: stage.id, reason: nil, by: .system)
    }
    #expect(try store.rev() == rev, "a rollback takes the counter back")
  }

  @Test func eMailsAreUniqueInAnyCase() throws {
    #expect(throws: StoreError.userExists("ANNA@gym.example")) {
      try store.addUser(
        email: "ANNA@gym.example",
        name: "",
        role: .staff,
        passwordHash: nil,
        by: .system
      )
    }
    #expect(try store.user(email: "Anna@Gym.example")?.id == fixture.anna.id)
    #expect(throws: StoreError.noSuchUser("x@y")) {
      try store.setDisabled(email: "x@y", true, by: .system)
    }
  }

  @Test func sessionsEndOnce() throws {
    let session = try store.startSession(fixture.anna.id, origin: "test")
    #expect(try store.sessions(limit: 5).first?.endedAt == nil)
    try store.endSession(session)
    let ended = try store.sessions(limit: 5).first?.endedAt
    #expect(ended == fixture.clock.now)
    fixture.clock.advance(.hour)
    try store.endSession(session)
    #expect(try store.sessions(limit: 5).first?.endedAt == ended)
  }

  @Test func whoWasErasedKeepsNoDraft() throws {
    try store.saveDraft(.reply(lead), of: fixture.ben.id, text: "hel")
    _ = try store.erase(lead, by: .system)
    #expect(throws: StoreError.noSuchLead(lead)) {
      try store.addNote(lead, text: "Maria called", by: Actor(user: fixture.ben.id))
    }
    let rev = try store.rev()
    for kind in DraftKey.Kind.allCases {
      let key = DraftKey(kind: kind, lead: lead)
      try store.saveDraft(key, of: fixture.ben.id, text: "hello Maria")
      #expect(try store.draft(key, of: fixture.ben.id) == nil)
    }
    #expect(try store.rev() == rev)
  }

  @Test func aReplyThatIsNeededAgainIsUnreadAgain() throws {
    try hear("m2")
    #expect(try unread(fixture.ben) == 2)
    try store.setNoReplyNeeded(lead, at: fixture.clock.now, by: .system)
    #expect(try unread(fixture.ben) == 0)
    try store.setNoReplyNeeded(lead, at: nil, by: .system)
    #expect(try unread(fixture.ben) == 2)
  }

  @Test func whatWasAnsweredStaysReadWhenAReplyIsNeededAgain() throws {
    _ = try store.enqueue(lead, OutboundMessage(text: "hello"), undo: 0, by: .system)
    try hear("m2")
    try store.setNoReplyNeeded(lead, at: fixture.clock.now, by: .system)
    try store.setNoReplyNeeded(lead, at: nil, by: .system)
    #expect(try unread(fixture.ben) == 1)
  }

  @Test func anotherProcessSeesAChange() throws {
    let watch = try ChangeWatch(store: store)
    #expect(try !watch.hasChanged())
    let other = try fixture.reopened()
    try other.addNote(lead, text: "from elsewhere", by: .system)
    #expect(try watch.hasChanged())
    #expect(try !watch.hasChanged())
  }
}
