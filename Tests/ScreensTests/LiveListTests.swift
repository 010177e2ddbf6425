// The list while customers keep writing: rows slide in, the cursor's lead stays under the cursor.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct LiveListTests {
  /// Leads that nobody waits in, newest first.
  private func calm(_ count: Int, from first: Int64 = 100) -> [LeadSummary] {
    (0..<count).map { index in
      Sample.lead(
        first + Int64(index),
        "Lead \(first + Int64(index))",
        "hello",
        minutes: Int64(60 + index)
      )
    }
  }

  private func row(of name: String, in session: Session) -> Int? {
    session.screen.firstIndex { $0.contains(name) }
  }

  @Test func aRowSlidesInAboveWithoutMovingTheCursorsLead() throws {
    var session = Session.desk()
    session.load(.inbox(Sample.page(calm(60))))
    session.type("ggjjjjjjjjjjjjjjjjjjjjjjjjj")
    let lead = try #require(session.state.inbox.cursor)
    let before = row(of: "Lead \(lead)", in: session)
    let arrival = Sample.lead(500, "Newcomer", "hi!", minutes: 0, waits: true, unread: 1)
    session.load(.inbox(Sample.page([arrival] + calm(60))))
    #expect(session.state.inbox.cursor == lead)
    #expect(row(of: "Lead \(lead)", in: session) == before)
  }

  @Test func anArrivalOnTopIsSeenWithoutAKey() {
    var session = Session.desk()
    session.load(.inbox(Sample.page(calm(60))))
    let arrival = Sample.lead(500, "Newcomer", "hi!", minutes: 0, waits: true, unread: 1)
    session.load(.inbox(Sample.page([arrival] + calm(60))))
    #expect(row(of: "Newcomer", in: session) == 2)
  }

  @Test func changesWhileARequestIsUnderWayLeadToOneMore() {
    var session = Session.desk()
    session.send(.storeChanged)
    session.send(.storeChanged)
    session.send(.storeChanged)
    #expect(session.took().count == 1)
    session.load(.inbox(Sample.page()))
    #expect(session.took().count == 1)
    session.load(.inbox(Sample.page()))
    #expect(session.took().isEmpty)
  }

  @Test func aFailureDoesNotBlockTheNextRequest() {
    var session = Session.desk()
    session.send(.storeChanged)
    let question = session.took()[0]
    session.load(.failed(reason: "a note could not be stored", of: .addNote(LeadID(1), text: "")))
    session.send(.storeChanged)
    #expect(session.took().isEmpty, "the list is still on its way")
    session.load(.failed(reason: "the disk is full", of: question))
    session.send(.storeChanged)
    #expect(session.took() == [question])
    #expect(session.text.contains("✗ The disk is full"))
  }

  @Test func nearTheWindowsEdgeTheNextWindowIsAskedFor() {
    var session = Session.desk()
    session.load(.inbox(Sample.page(calm(200), total: 10_000)))
    session.type("gg")
    #expect(session.took().isEmpty)
    for _ in 0..<151 { session.type("j") }
    let around = InboxQuery(anchor: .around(LeadID(250)), filter: .open, limit: 200)
    #expect(session.took() == [.loadInbox(around)])
    session.load(.inbox(Sample.page(calm(200, from: 150), offset: 50, total: 10_000)))
    #expect(session.state.inbox.cursorIndex == 151)
    #expect(session.state.inbox.cursor == LeadID(251))
  }

  @Test func theEndIsReachedThroughTheStore() {
    var session = Session.desk()
    session.load(.inbox(Sample.page(calm(200), total: 10_000)))
    _ = session.took()
    session.type("G")
    #expect(
      session.took() == [.loadInbox(InboxQuery(anchor: .bottom, filter: .open, limit: 200))]
    )
    session.load(.inbox(Sample.page(calm(200, from: 9900), offset: 9800, total: 10_000)))
    #expect(session.state.inbox.cursor == LeadID(10_099))
    session.type("gg")
    session.load(.inbox(Sample.page(calm(200), total: 10_000)))
    #expect(session.state.inbox.cursor == LeadID(100))
    #expect(session.state.inbox.top == 0)
  }

  @Test func anArrivalBehindOnesBackRingsAndCounts() {
    var session = Session.desk()
    session.send(.terminal(.focus(false)))
    let arrival = Sample.lead(500, "Newcomer", "hi!", minutes: 0, waits: true, unread: 3)
    session.load(.inbox(Sample.page(Sample.leads + [arrival])))
    #expect(session.took() == [.notify("3 new messages"), .title("(3) Inbox – Downtown")])
    session.load(.inbox(Sample.page(Sample.leads + [arrival])))
    #expect(session.took().isEmpty)
    // Another stranger within the same second: providers' times are no finer.
    let twin = Sample.lead(501, "Second", "me too", minutes: 0, waits: true, unread: 1)
    session.load(.inbox(Sample.page(Sample.leads + [arrival, twin])))
    #expect(session.took() == [.notify("4 new messages"), .title("(4) Inbox – Downtown")])
    session.send(.terminal(.focus(true)))
    #expect(session.took() == [.title("Inbox – Downtown")])
  }

  @Test func shortMessagesFillThePane() {
    var session = Session.desk(columns: 120, rows: 40)
    session.type("<Enter>")
    _ = session.took()
    let few = (1...20).map { Sample.message($0, "ok", at: Sample.ago(minutes: 60 - $0)) }
    session.load(.thread(Sample.thread(few, hasOlder: true)))
    #expect(session.took().contains(.loadThread(LeadID(1), .newest(80))))
    let more = (1...80).map { Sample.message($0, "ok", at: Sample.ago(minutes: 90 - $0)) }
    session.load(.thread(Sample.thread(more, hasOlder: true)))
    let asksAgain = session.took().contains { effect in
      if case .loadThread = effect { true } else { false }
    }
    #expect(!asksAgain, "the pane is full")
  }

  @Test func olderMessagesKeepTheScrollsPlace() throws {
    var session = Session.desk(columns: 80, rows: 24)
    session.type("<Enter>")
    let all = (1...200).map { index in
      Sample.message(
        Int64(index),
        "message \(index)",
        at: Sample.ago(minutes: Int64(3000 - index * 10))
      )
    }
    session.load(.thread(Sample.thread(Array(all.suffix(24)), hasOlder: true)))
    _ = session.took()
    for _ in 0..<30 { session.type("<PgUp>") }
    #expect(session.took() == [.loadThread(LeadID(1), .newest(72))])
    let before = session.screen[5...18]
    session.load(.thread(Sample.thread(Array(all.suffix(84)), hasOlder: true)))
    #expect(session.screen[5...18] == before)
    let more = Sample.message(300, "the newest", at: Sample.now)
    session.load(.thread(Sample.thread(Array(all.suffix(120)) + [more], hasOlder: true)))
    #expect(session.screen[5...18] == before)
  }

  @Test func aClickOpensTheRowUnderIt() {
    var session = Session.desk()
    session.send(.terminal(.mouse(Mouse(action: .press, at: Point(x: 5, y: 4)))))
    #expect(session.state.opened?.id == LeadID(2))
    session.send(.terminal(.mouse(Mouse(action: .press, at: Point(x: 2, y: 0)))))
    #expect(session.state.focus == .inbox)
  }
}
