// Taking back: always what was done last, whichever lead it was about; hints name a key only where it
// does that.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct DeedTests {
  private func chat() -> Session {
    var session = Session.desk()
    session.openFirst()
    _ = session.took()
    return session
  }

  /// What the store has of a message that was just sent.
  private func stored(_ id: Int64, _ text: String, _ session: Session) -> Message {
    Sample.message(
      id,
      text,
      at: session.now,
      status: .queued,
      author: Sample.ana.id,
      undoUntil: session.now + 8000
    )
  }

  private func planned(_ id: Int64, _ text: String, _ session: Session) -> Message {
    var message = stored(id, text, session)
    message.undoUntil = nil
    message.scheduledAt = Sample.now + .day
    return message
  }

  private func isRecall(_ effect: AppEffect) -> Bool {
    if case .recall = effect { true } else { false }
  }

  @Test func aNewerChangeIsTakenBackBeforeWhatIsForLater() {
    var session = chat()
    session.type("rSee you<Esc>:later tomorrow 12:00<Enter>")
    session.load(.thread(Sample.thread(Sample.messages + [planned(99, "See you", session)])))
    #expect(session.text.contains("◷ tomorrow, 10:30 · u cancel"))
    session.type("1j")
    session.load(.acted(note: "Moved to Visit booked", isReversible: true))
    #expect(session.text.contains("Moved to Visit booked · u undo"))
    #expect(!session.text.contains("u cancel"), "it would not")
    _ = session.took()
    session.type("u")
    #expect(session.took() == [.undo])
    #expect(session.text.contains("u cancel"))
    session.type("u")
    #expect(session.took().contains(.recall(MessageID(99))))
    #expect(session.state.opened?.composer.text.text == "See you")
  }

  @Test func whatIsForLaterIsCancelledFromAnotherLead() {
    var session = chat()
    session.type("rSee you<Esc>:later tomorrow 12:00<Enter>]")
    session.load(.thread(Sample.thread(lead: 2)))
    #expect(session.state.opened?.id == LeadID(2))
    _ = session.took()
    session.type("u")
    #expect(session.state.opened?.id == LeadID(1))
    #expect(session.text.contains("Cancelled for Мария: it is a draft again"))
    session.load(.thread(Sample.thread(Sample.messages + [planned(99, "See you", session)])))
    #expect(session.took().contains(.recall(MessageID(99))))
    #expect(session.state.opened?.composer.text.text == "See you")
  }

  @Test func aNewerChangeIsTakenBackBeforeAReply() {
    var session = chat()
    session.type("rhello<Enter><Esc>")
    session.load(.acted(note: "Moved to Won", isReversible: true))
    session.type("uu")
    let effects = session.took()
    #expect(effects.contains(.undo))
    #expect(session.state.opened?.composer.text.text == "hello")
    #expect(session.text.contains("Called back"))
  }

  @Test func doneAgainItIsTheNewestAgain() {
    var session = chat()
    session.load(.acted(note: "Moved to Won", isReversible: true))
    session.type("u")
    session.type("rhello<Enter><Esc>U")
    _ = session.took()
    session.type("u")
    #expect(session.took() == [.undo])
  }

  @Test func whatWasWrittenElsewhereIsTakenBackInItsChatOnly() {
    var session = chat()
    var old = planned(99, "See you", session)
    old.receivedAt = Sample.ago(days: 1)
    session.load(.thread(Sample.thread(Sample.messages + [old])))
    #expect(session.text.contains("u cancel"))
    session.type("1")
    #expect(!session.text.contains("u cancel"))
    _ = session.took()
    session.type("u")
    #expect(session.took() == [.undo])
    session.type("2u")
    #expect(session.took().contains(.recall(MessageID(99))))
  }

  @Test func aColleaguesMessageIsTakenBackWhenItIsChosen() {
    var session = chat()
    var theirs = planned(99, "See you", session)
    theirs.author = Sample.tom.id
    session.load(.thread(Sample.thread(Sample.messages + [theirs])))
    #expect(!session.text.contains("u cancel"))
    _ = session.took()
    session.type("u")
    #expect(session.took() == [.undo])
    session.type("v")
    #expect(session.state.selectedMessage?.id == MessageID(99))
    #expect(session.text.contains("u cancel"))
    session.type("u")
    #expect(session.took().contains(.recall(MessageID(99))))
  }

  @Test func theNewestOfTwoRepliesHasTheKey() {
    var session = chat()
    session.type("rfirst<Enter>second<Enter><Esc>")
    #expect(session.screen.filter { $0.contains("sending in") }.count == 2)
    #expect(session.screen.filter { $0.contains("· u undo") }.count == 1)
    session.type("uu")
    #expect(session.state.opened?.composer.text.text == "first\nsecond")
    let page = Sample.messages + [stored(10, "first", session), stored(11, "second", session)]
    session.load(.thread(Sample.thread(page)))
    #expect(session.took().filter(isRecall).count == 2)
    #expect(!session.text.contains("sending in"))
  }

  @Test func aPlaceIsCalledBackBeforeOldText() {
    var session = chat()
    session.type("rold words<C-u><C-x>p52.5, 13.4, Downtown Gym<Enter>")
    session.load(.thread(Sample.thread(Sample.messages + [place(session)])))
    #expect(session.text.contains("Ctrl-_ undo"))
    _ = session.took()
    session.type("<C-_>")
    #expect(session.took().contains(.recall(MessageID(50))))
    #expect(session.state.opened?.composer.text.text == "", "a place was not typed")
    session.type("<C-_>")
    #expect(session.state.opened?.composer.text.text == "old words")
  }

  @Test func whatWasTypedSinceIsUndoneBeforeAPlace() {
    var session = chat()
    session.type("r<C-x>p52.5, 13.4, Downtown Gym<Enter>")
    session.load(.thread(Sample.thread(Sample.messages + [place(session)])))
    session.type("more")
    #expect(session.text.contains("Esc u undo"))
    _ = session.took()
    session.type("<C-_>")
    #expect(!session.took().contains(where: isRecall))
    session.type("<C-_>")
    #expect(session.took().contains(.recall(MessageID(50))))
  }

  private func place(_ session: Session) -> Message {
    var place = stored(50, "Downtown Gym", session)
    place.kind = .location
    return place
  }

  @Test func aReplyCalledBackWaitsAgain() {
    var session = chat()
    let before = session.state.inbox.row(LeadID(1))
    session.type("rhello<Enter><Esc>")
    #expect(session.state.inbox.row(LeadID(1))?.needsReply == false)
    session.type("u")
    #expect(session.state.inbox.row(LeadID(1))?.preview == before?.preview)
    #expect(session.state.inbox.row(LeadID(1))?.needsReply == true)
  }

  @Test func whatTheStoreNeverHadCallsNothingElseBack() {
    var session = chat()
    session.type("rhello<Enter><Esc>u")
    session.load(.thread(Sample.thread()))
    #expect(session.state.opened?.thread.pending.isEmpty == true)
  }
}
