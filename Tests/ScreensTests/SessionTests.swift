// What a person does at the front desk, key by key, and what the app asks for and shows.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct SessionTests {
  @Test func signingInAsksForTheGymAndTheInbox() {
    var session = Session()
    session.type("ana@downtown.gym<Enter>secret pass<Enter>")
    #expect(
      session.took() == [.signIn(email: "ana@downtown.gym", password: Secret("secret pass"))]
    )
    #expect(session.text.contains("Signing in"))
    session.load(.signedIn(Screens.Session(user: Sample.ana)))
    let effects = session.took()
    #expect(effects.contains(.loadGym))
    #expect(
      effects.contains(.loadInbox(InboxQuery(anchor: .top, filter: .open, limit: 200)))
    )
  }

  @Test func aFailureWhileSigningInFreesTheForm() {
    var session = Session()
    session.type("ana@downtown.gym<Enter>secret<Enter>")
    session.load(.failed(reason: "the store is locked"))
    #expect(session.text.contains("✗ The store is locked"))
    _ = session.took()
    session.type("secret<Enter>")
    #expect(session.took().count == 1)
  }

  @Test func aPasswordIsNeverOnScreen() {
    var session = Session()
    session.type("ana@downtown.gym<Enter>hunter22")
    #expect(!session.text.contains("hunter22"))
    #expect(session.text.contains("••••••••"))
  }

  @Test func settingUpChecksBeforeItAsks() {
    var session = Session(start: .setup(zone: "Europe/Berlin"))
    session.type("Downtown<Enter><Enter>Ana<Enter>ana@x.org<Enter>longenough<Enter>other<Enter>")
    #expect(session.took().isEmpty)
    #expect(session.text.contains("not the same"))
    session.type("<C-u>longenough<Enter>")
    #expect(
      session.took() == [
        .setUp(
          gym: "Downtown",
          zone: "Europe/Berlin",
          name: "Ana",
          email: "ana@x.org",
          password: Secret("longenough")
        )
      ]
    )
  }

  @Test func movingOpensNothingAndMarksNothingRead() {
    var session = Session.desk()
    session.type("jjk")
    #expect(session.took().isEmpty)
    #expect(session.state.inbox.cursor == LeadID(2))
    #expect(session.state.opened == nil)
  }

  @Test func openingLoadsAndMarksRead() {
    var session = Session.desk()
    session.type("<Enter>")
    #expect(
      session.took() == [
        .loadThread(LeadID(1), .newest(20)), .loadLead(LeadID(1)), .loadDraft(.reply(LeadID(1))),
        .loadCompany(LeadID(1)),
      ]
    )
    session.load(.thread(Sample.thread()))
    #expect(session.took() == [.markRead(LeadID(1), through: MessageID(8))])
    session.load(.thread(Sample.thread()))
    #expect(session.took().isEmpty)
  }

  @Test func readIsNotReportedWhileNobodyLooks() {
    var session = Session.desk()
    session.type("<Enter>")
    session.send(.terminal(.focus(false)))
    session.load(.thread(Sample.thread()))
    #expect(!session.took().contains(.markRead(LeadID(1), through: MessageID(8))))
    session.send(.terminal(.focus(true)))
    #expect(session.took().contains(.markRead(LeadID(1), through: MessageID(8))))
  }

  @Test func theOpenedLeadStaysWhileTheCursorMoves() {
    var session = Session.desk(columns: 160)
    session.openFirst()
    session.type("<Esc>jjj")
    #expect(session.state.opened?.id == LeadID(1))
    #expect(session.state.inbox.cursor == LeadID(4))
    #expect(session.screen[1].contains("Мария Соколова · WhatsApp"))
  }

  @Test func enterShowsTheBubbleInTheSameFrame() {
    var session = Session.desk()
    session.openFirst()
    _ = session.took()
    session.type("rHello there<Enter>")
    #expect(session.text.contains("Hello there ▐"))
    #expect(session.text.contains("sending in 8 s"))
    let effects = session.took()
    #expect(effects.contains(.reply(LeadID(1), text: "Hello there")))
    // The store drops the draft with the sending: until then it is all there is.
    #expect(!effects.contains(.saveDraft(.reply(LeadID(1)), text: "", seen: nil, now: true)))
    #expect(session.state.inbox.rows.first?.waitingSince == nil)
  }

  @Test func theStoresRowReplacesTheBubble() {
    var session = Session.desk()
    session.openFirst()
    session.type("rHello there<Enter>")
    let stored = Sample.message(
      10,
      "Hello there",
      at: session.now,
      status: .queued,
      author: Sample.ana.id,
      undoUntil: session.now + 8000
    )
    session.load(.thread(Sample.thread(Sample.messages + [stored])))
    let bubbles = session.screen.filter { $0.contains("Hello there ▐") }
    #expect(bubbles.count == 1)
    #expect(session.state.opened?.thread.pending.isEmpty == true)
  }

  @Test func undoCallsTheReplyBackIntoTheComposer() {
    var session = Session.desk()
    session.openFirst()
    session.type("rHello there<Enter>")
    let stored = Sample.message(
      10,
      "Hello there",
      at: session.now,
      status: .queued,
      author: Sample.ana.id,
      undoUntil: session.now + 8000
    )
    session.load(.thread(Sample.thread(Sample.messages + [stored])))
    _ = session.took()
    session.type("<Esc>u")
    #expect(session.took().contains(.recall(MessageID(10))))
    #expect(session.state.opened?.composer.text.text == "Hello there")
    #expect(!session.text.contains("Hello there ▐"))
  }

  @Test func undoBeforeTheStoreAnsweredRecallsOnceTheRowIsKnown() {
    var session = Session.desk()
    session.openFirst()
    session.type("rHello there<Enter><Esc>u")
    #expect(!session.took().contains(.undo))
    let stored = Sample.message(
      10,
      "Hello there",
      at: session.now,
      status: .queued,
      author: Sample.ana.id
    )
    session.load(.thread(Sample.thread(Sample.messages + [stored])))
    #expect(session.took().contains(.recall(MessageID(10))))
    #expect(!session.text.contains("Hello there ▐"))
  }

  @Test func undoWithNothingToCallBackReversesTheLastAct() {
    var session = Session.desk()
    session.type("u")
    #expect(session.took() == [.undo])
  }

  @Test func aRefusedReplyComesBackAsText() {
    var session = Session.desk()
    session.openFirst()
    session.type("rHello there<Enter>")
    session.load(.replyRefused(lead: LeadID(1), text: "Hello there", reason: "The window closed"))
    #expect(session.state.opened?.composer.text.text == "Hello there")
    #expect(session.text.contains("The window closed"))
    #expect(!session.text.contains("Hello there ▐"))
  }

  @Test func whatWasCalledBackBeforeItWasRefusedIsThereOnce() {
    var session = Session.desk()
    session.openFirst()
    session.type("rHello there<Enter><Esc>u")
    session.load(.replyRefused(lead: LeadID(1), text: "Hello there", reason: "The window closed"))
    #expect(session.state.opened?.composer.text.text == "Hello there")
  }

  @Test func theCountdownStepsEachSecond() {
    var session = Session.desk()
    session.openFirst()
    session.type("rHi<Enter>")
    session.wait(300)
    #expect(nextDeadline(session.state) == Sample.now + 1000)
    session.wait(700)
    #expect(session.text.contains("sending in 7 s"))
    session.wait(60_000)
    #expect(!session.text.contains("sending in"))
  }

  @Test func whoWasErasedIsSaidAndNotWrittenTo() {
    var session = Session.desk()
    session.openFirst()
    session.type("rHello")
    var page = Sample.thread(closedReason: "This person was erased")
    page.isErased = true
    page.messages[0].deletedAt = Sample.now
    session.load(.thread(page))
    #expect(session.text.contains("was erased"))
    #expect(session.text.contains("⊘ erased") && !session.text.contains("deleted by"))
    _ = session.took()
    session.type("r more")
    #expect(session.state.opened?.composer.isEmpty == true)
    #expect(!session.took().contains { if case .saveDraft = $0 { true } else { false } })
  }

  @Test func aSearchIsNotRemembered() {
    var session = Session.desk()
    session.type(":search Maria Lopez<Enter>")
    #expect(!session.took().contains { if case .rememberCommand = $0 { true } else { false } })
    #expect(session.state.search != nil)
  }

  @Test func anEmptyComposerSendsNothing() {
    var session = Session.desk()
    session.openFirst()
    session.type("r")
    _ = session.took()
    session.type("<Enter><Enter>  <Enter>")
    #expect(!session.took().contains { if case .reply = $0 { true } else { false } })
  }

  @Test func aPasteNeverSends() {
    var session = Session.desk()
    session.openFirst()
    session.type("r")
    _ = session.took()
    session.send(.terminal(.paste("one\ntwo\n")))
    #expect(
      session.took() == [.saveDraft(.reply(LeadID(1)), text: "one\ntwo\n", seen: nil, now: false)]
    )
  }

  @Test func savedRepliesFillWhatIsKnownAndBlockWhatIsNot() {
    var session = Session.desk()
    session.openFirst()
    session.type("t2")
    #expect(session.state.opened?.composer.text.text.hasPrefix("Hi Мария! Your first") == true)
    _ = session.took()
    session.type("<Enter>")
    #expect(session.took().isEmpty)
    #expect(session.text.contains("Fill in {day} before sending"))
  }

  @Test func aClosedWindowSaysWhyInsteadOfTyping() {
    var session = Session.desk()
    session.openFirst()
    session.load(.thread(Sample.thread(closedReason: "The 24 hours are over: send a template")))
    session.type("r")
    #expect(session.state.isTyping == false)
    #expect(session.text.contains("⊘ The 24 hours are over: send a template"))
  }

  @Test func digitsPickAStageAtOnce() {
    var session = Session.desk()
    session.type("s3")
    #expect(session.took() == [.setStage(LeadID(1), StageID(3), reason: nil)])
  }

  @Test func losingALeadAsksWhy() {
    var session = Session.desk()
    session.type("slost<Enter>")
    #expect(session.acts().isEmpty)
    session.type("<Enter>moved away<Enter>")
    #expect(session.acts() == [.setStage(LeadID(1), StageID(11), reason: "moved away")])
  }

  @Test func assigningShowsAtOnce() {
    var session = Session.desk()
    session.type("jA")
    #expect(session.took() == [.assign(LeadID(2), Sample.ana.id)])
    #expect(session.state.inbox.rows[1].owner == Sample.ana.id)
    session.type("A")
    #expect(session.text.contains("The lead is yours already"))
  }

  @Test func thePaletteTakesArguments() {
    var session = Session.desk()
    session.type(":stage inter<Enter>")
    #expect(
      session.took() == [
        .rememberCommand("stage Interested"), .setStage(LeadID(1), StageID(3), reason: nil),
      ]
    )
    session.type(":assign tom<Enter>")
    #expect(
      session.took() == [.rememberCommand("assign Tom Okafor"), .assign(LeadID(1), Sample.tom.id)]
    )
    session.type(":filter needs<Enter>")
    #expect(
      session.took() == [
        .rememberCommand("filter Needs reply"),
        .loadInbox(InboxQuery(anchor: .top, filter: .needsReply, limit: 200)),
      ]
    )
  }

  @Test func helpSearchesAndRuns() {
    var session = Session.desk()
    session.type("?dashb<Enter>")
    #expect(session.state.focus == .dashboard)
    #expect(session.took() == [.loadDashboard])
  }

  @Test func anUnconfirmedReplyIsSettledByTwoKeys() {
    var session = Session.desk()
    session.openFirst()
    _ = session.took()
    session.type("m")
    #expect(session.took() == [.resolve(MessageID(9), sendAgain: false)])
    session.type("M")
    #expect(session.took() == [.resolve(MessageID(9), sendAgain: true)])
  }

  @Test func aFailedReplyIsWrittenAgain() {
    var session = Session.desk()
    session.type("<Enter>")
    session.load(.thread(Sample.thread(Array(Sample.messages.prefix(6)))))
    session.type("M")
    #expect(session.state.isTyping)
    #expect(session.state.opened?.composer.text.text == "See you on Thursday!")
  }

  @Test func copyingTakesWhatTheyWrote() {
    var session = Session.desk()
    session.openFirst()
    _ = session.took()
    session.type("yp")
    #expect(session.took() == [.copy("+4915123456789")])
    session.type("ym")
    #expect(session.took() == [.copy("И сколько стоит абонемент?")])
    session.type("yl")
    #expect(session.took() == [.copy("https://downtown.gym/find-us")])
  }

  @Test func aNoteIsShownAtOnce() {
    var session = Session.desk(columns: 160)
    session.openFirst()
    _ = session.took()
    session.type("cprefers evenings<Enter>")
    #expect(session.took().last == .addNote(LeadID(1), text: "prefers evenings"))
    #expect(session.text.contains("prefers evenings"))
  }

  @Test func theNextWaitingLeadIsOneKeyAway() {
    var session = Session.desk()
    session.type("]]]")
    #expect(session.state.inbox.cursor == LeadID(4))
    session.type("]")
    #expect(session.state.inbox.cursor == LeadID(1))
    session.type("[")
    #expect(session.state.inbox.cursor == LeadID(4))
  }

  @Test func quittingAsksOnlyWhenSomethingIsUnsent() {
    var session = Session.desk()
    session.type("q")
    #expect(session.took().isEmpty)
    #expect(session.text.contains("1 reply has not been sent yet"))
    session.type("n")
    session.send(.health(WorkerHealth(link: .connected, queued: 0)))
    session.type("q")
    #expect(session.took() == [.quit])
  }

  @Test func controlCTwiceOffersToQuit() {
    var session = Session.desk()
    session.type("<C-c>")
    #expect(session.text.contains("Ctrl-C again"))
    session.wait(3000)
    session.type("<C-c><C-c>")
    #expect(session.text.contains("y quit"))
    #expect(session.took().isEmpty)
    session.type("y")
    #expect(session.took() == [.quit])
  }

  @Test func aPrefixShowsItsContinuationsAfterAMoment() {
    var session = Session.desk()
    session.type("g")
    #expect(nextDeadline(session.state) == Sample.now + 400)
    session.wait(400)
    #expect(session.text.contains("Journal"))
    session.type("d")
    #expect(session.state.focus == .dashboard)
  }
}
