// Answering one lead after the other: where the cursor goes, what one key opens, what can still be
// called back.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct FlowTests {
  @Test func afterAReplyTheCursorIsOnTheNextOneWaiting() {
    var session = Session.desk()
    session.openFirst()
    session.type("rhello<Enter>")
    #expect(session.state.opened?.id == LeadID(1))
    #expect(session.state.inbox.cursor == LeadID(2))
    // The answered lead goes down the list: the list stays with those that wait.
    var answered = Sample.leads
    answered[0].waitingSince = nil
    answered[0].rev += 100
    answered.append(answered.removeFirst())
    session.load(.inbox(Sample.page(answered)))
    #expect(session.state.inbox.cursor == LeadID(2))
    #expect(session.state.inbox.cursorIndex == 0)
    #expect(session.state.inbox.top == 0)
  }

  @Test func fromTheChatTheNextWaitingLeadIsOpenedByOneKey() {
    var session = Session.desk()
    session.openFirst()
    session.type("]")
    #expect(session.state.opened?.id == LeadID(2))
    #expect(session.state.focus == .thread)
    session.type("]]")
    #expect(session.state.opened?.id == LeadID(4))
    session.type("]")
    #expect(session.state.opened?.id == LeadID(1))
    session.type("[")
    #expect(session.state.opened?.id == LeadID(4))
  }

  @Test func fromTheDashboardTheLongestWaitingLeadIsOpened() {
    var session = Session.desk()
    session.type("4]")
    #expect(session.state.opened?.id == LeadID(1))
    #expect(session.state.focus == .thread)
  }

  @Test func theDashboardsTroubleIsAList() throws {
    var session = Session.desk()
    session.type("4")
    session.load(.dashboard(Sample.dashboard))
    #expect(session.text.contains("Enter shows them"))
    _ = session.took()
    session.type("<Enter>")
    #expect(session.state.focus == .inbox)
    #expect(session.state.inbox.filter == .troubled)
    #expect(
      session.took().contains {
        if case .loadInbox(let query) = $0 { query.filter == .troubled } else { false }
      }
    )
    session.load(.inbox(Sample.page([], filter: .troubled)))
    #expect(session.text.contains("No send is in trouble"))
  }

  @Test func aClickOnTheDashboardsTroubleOpensIt() throws {
    var session = Session.desk()
    session.type("4")
    session.load(.dashboard(Sample.dashboard))
    let row = try #require(session.screen.firstIndex { $0.contains("Sends in trouble") })
    let line = session.screen[row]
    let place = try #require(line.firstRange(of: "Sends in trouble"))
    let x = line.distance(from: line.startIndex, to: place.lowerBound)
    session.send(.terminal(.mouse(Mouse(action: .press, at: Point(x: x, y: row + 1)))))
    #expect(session.state.inbox.filter == .troubled)
    #expect(session.state.focus == .inbox)
  }

  @Test func withoutTroubleTheDashboardOpensNothing() {
    var session = Session.desk()
    session.type("4")
    var numbers = Sample.dashboard
    numbers.troubledSends = 0
    session.load(.dashboard(numbers))
    session.type("<Enter>")
    #expect(session.state.focus == .dashboard)
    #expect(session.text.contains("✗ No send is in trouble"))
  }

  @Test func noReplyNeededPassesOnToo() {
    var session = Session.desk()
    session.type("e")
    #expect(session.took() == [.noReplyNeeded(LeadID(1))])
    #expect(session.state.inbox.cursor == LeadID(2))
  }

  @Test func theComposerGoesOnToTheNextWaitingLead() {
    var session = Session.desk()
    session.openFirst()
    session.type("rhello<Enter><C-n>")
    #expect(session.state.opened?.id == LeadID(2))
    #expect(session.state.isTyping)
    session.type("hi<C-n>")
    #expect(session.state.opened?.id == LeadID(3))
    #expect(
      session.effects.contains(.saveDraft(.reply(LeadID(2)), text: "hi", seen: nil, now: true))
    )
  }

  @Test func whenNobodyElseWaitsItIsSaid() {
    var session = Session.desk()
    session.load(.inbox(Sample.page([Sample.leads[0]])))
    session.openFirst()
    session.type("]")
    #expect(session.text.contains("Nobody else is waiting"))
    #expect(session.state.opened?.id == LeadID(1))
  }

  @Test func aReplyCanBeCalledBackFromTheNextChat() throws {
    var session = Session.desk()
    session.openFirst()
    session.type("roops<Enter><C-n><Esc>")
    #expect(session.state.opened?.id == LeadID(2))
    #expect(session.text.contains("sending in 8 s · u undo"))
    session.wait(3000)
    #expect(session.text.contains("sending in 5 s · u undo"))
    _ = session.took()
    session.type("u")
    #expect(session.state.opened?.id == LeadID(1))
    #expect(session.state.opened?.composer.text.text == "oops")
    #expect(!session.took().contains(.undo))
    var stored = Sample.message(99, "oops", at: Sample.now)
    stored.direction = .outbound
    stored.status = .queued
    stored.author = Sample.ana.id
    session.load(.thread(Sample.thread(Sample.messages + [stored])))
    #expect(session.took().contains(.recall(MessageID(99))))
    #expect(session.state.opened?.composer.text.text == "oops")
  }

  @Test func whatWasCalledBackIsNoLongerOnItsWay() {
    var session = Session.desk()
    session.openFirst()
    session.type("roops<Enter><Esc>u3")
    #expect(session.text.contains("Called back"))
    #expect(!session.text.contains("sending in"))
  }

  @Test func callingBackWhileTypingGoesOnTyping() {
    var session = Session.desk()
    session.openFirst()
    session.type("roops<Enter><C-n>")
    #expect(session.text.contains("Ctrl-_ undo"))
    session.type("<C-_>")
    #expect(session.state.opened?.id == LeadID(1))
    #expect(session.state.isTyping)
  }

  @Test func afterTheWindowUndoIsTheLastActAgain() {
    var session = Session.desk()
    session.openFirst()
    session.type("rhello<Enter><C-n><Esc>")
    session.wait(9000)
    _ = session.took()
    session.type("u")
    #expect(session.took() == [.undo])
  }

  @Test func keysTypedAheadFillTheForms() {
    var session = Session()
    session.type("ana@downtown.gym<C-j>secret<C-j>")
    #expect(session.took() == [.signIn(email: "ana@downtown.gym", password: Secret("secret"))])
    var setup = Session(start: .setup(zone: "UTC"))
    setup.type("Downtown<C-j><C-j>Ana<C-j>ana@x.org<C-j>longenough<C-j>longenough<C-j>")
    #expect(setup.took().count == 1)
  }
}

@Suite struct GapTests {
  @Test func typingFillsTheGapsOneAfterTheOther() {
    var session = Session.desk()
    session.openFirst()
    session.type("t2")
    #expect(session.text.contains("fill in {day} · Tab next gap"))
    session.type("Friday<Tab>10:30")
    let text = session.state.opened?.composer.text.text ?? ""
    #expect(text.contains("Would Friday at 10:30 suit you?"))
    _ = session.took()
    session.type("<Enter>")
    #expect(session.took().contains { if case .reply = $0 { true } else { false } })
  }

  @Test func aSavedReplyStartsALineOfItsOwn() {
    var session = Session.desk()
    session.openFirst()
    session.type("rOne moment.<C-t>3")
    #expect(session.state.opened?.composer.text.text.hasPrefix("One moment.\nSee you on") == true)
    session.type("Monday")
    #expect(session.state.opened?.composer.text.text.contains("See you on Monday") == true)
  }

  @Test func tabGoesAroundAndPasteFillsToo() {
    var session = Session.desk()
    session.openFirst()
    session.type("t2<Tab>noon<Tab>")
    session.send(.terminal(.paste("Monday")))
    let text = session.state.opened?.composer.text.text ?? ""
    #expect(text.contains("Would Monday at noon suit you?"))
  }
}

@Suite struct WordsTests {
  @Test func aReversibleActNamesTheKeyThatTakesItBack() {
    var session = Session.desk()
    session.load(.acted(note: "Moved to Won", isReversible: true))
    #expect(session.text.contains("Moved to Won · u undo"))
    session.load(.acted(note: "Undone: stage change"))
    #expect(!session.text.contains("u undo ·"))
    #expect(session.text.contains("Undone: stage change "))
  }

  @Test func anActInTheListNamesItsLead() {
    var session = Session.desk()
    session.openFirst()
    session.load(.acted(note: "Moved to Won", isReversible: true, lead: LeadID(1)))
    #expect(session.text.contains("Moved to Won · u undo"), "whose chat it is stands above")
    session.type("1")
    session.load(.acted(note: "Assigned to Tom Okafor", isReversible: true, lead: LeadID(2)))
    #expect(session.text.contains("Assigned to Tom Okafor · Lena Vogt · u undo"))
    session.type("2")
    session.load(.acted(note: "No reply needed", isReversible: true, lead: LeadID(2)))
    #expect(
      session.text.contains("No reply needed · Lena Vogt · u undo"),
      "of another than is open"
    )
  }

  @Test func theKeyThatTakesItBackComesBeforeTheName() {
    var session = Session.desk(columns: 40, rows: 15)
    session.load(.acted(note: "Moved to Won", isReversible: true, lead: LeadID(4)))
    #expect(session.text.contains("Moved to Won · Amélie"))
    #expect(session.text.contains("… · u undo"))
    session.send(.terminal(.resize(Size(columns: 20, rows: 8))))
    session.load(.acted(note: "Note added", isReversible: true, lead: LeadID(4)))
    #expect(session.screen.last == " Note added · u undo", "in column 1")
  }

  @Test func setUpGoesBackToTheFieldThatIsWrong() {
    var session = Session(start: .setup(zone: "Mars/Phobos"))
    session.type("Gym<Enter><Enter>Ana<Enter>ana@x.org<Enter>longenough<Enter>longenough<Enter>")
    session.load(.setupFailed(reason: "\"Mars/Phobos\" is no time zone"))
    session.type("<C-u>UTC<Enter>")
    #expect(session.text.contains("UTC"))
    #expect(!session.text.contains("Mars/Phobos"))
  }

  @Test func aComplaintIsGoneOnceWhatItAskedForIsDone() {
    var session = Session.desk()
    session.openFirst()
    session.type("t2Friday<Enter>")
    #expect(session.text.contains("✗ Fill in {time} before sending"))
    session.type("<Tab>10:30")
    session.type("<Enter>")
    #expect(session.text.contains("sending in"))
    #expect(!session.text.contains("✗ Fill in"))
  }

  @Test func aReplyEndsWhatWasSaidOfTheOneBefore() {
    var session = Session.desk()
    session.openFirst()
    session.type("roops<Enter><C-_>")
    #expect(session.text.contains("Called back: it was not sent"))
    session.type("<C-u>better<Enter>")
    #expect(!session.text.contains("Called back"))
    session.type("<C-_>")
    #expect(session.text.contains("Called back: it was not sent"), "said again it stays")
  }

  @Test func movingOnLeavesWhatWasSaid() {
    var session = Session.desk()
    session.load(.acted(note: "Moved to Won", isReversible: true))
    session.type("jj")
    #expect(session.text.contains("Moved to Won · u undo"))
  }

  @Test func undoIsOfferedWhereThereIsSomethingToUndo() {
    var session = Session.desk()
    session.openFirst()
    session.load(.acted(note: "Moved to Won", isReversible: true))
    #expect(session.state.footerHints.contains { $0.word == "undo" })
    session.type("u")
    session.load(.acted(note: "Undone: stage change"))
    #expect(!session.state.footerHints.contains { $0.word == "undo" })
    session.type("u")
    session.load(.failed(reason: "nothing to undo"))
    #expect(session.text.contains("✗ Nothing to undo"))
    #expect(!session.state.footerHints.contains { $0.word == "undo" })
  }

  @Test func losingALeadNamesIt() {
    var session = Session.desk()
    session.type("slost<Enter>")
    #expect(session.text.contains("Мария Соколова → Lost: why?"))
  }
}

@Suite struct QuickEscapeTests {
  @Test func escapeAndAKeyInOneReadAreBothMeant() {
    var session = Session.desk()
    session.openFirst()
    session.type("roops<Enter><A-u>")
    #expect(session.state.opened?.composer.text.text == "oops")
    #expect(!session.state.isTyping)
    session.type("<A-]>")
    #expect(session.state.focus == .inbox)
    #expect(session.state.inbox.cursor == LeadID(3))
  }

  @Test func aSlipWhileTypingChangesNothing() {
    var session = Session.desk()
    session.openFirst()
    session.type("rhello")
    _ = session.took()
    session.type("<A-e><A-s>")
    #expect(session.state.isTyping)
    #expect(session.took().isEmpty)
    #expect(session.state.opened?.composer.text.text == "hello")
  }
}
