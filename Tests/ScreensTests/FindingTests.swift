// Finding a lead and a place in a long chat, marking leads, the palette's memory, the tour.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct FindingTests {
  private static let filters = InboxQuery(anchor: .top, filter: .open, limit: 200)

  private func found(_ text: String, _ rows: [LeadSummary], _ hits: [SearchHit]) -> InboxPage {
    var page = Sample.page(rows)
    page.query.search = text
    page.hits = Dictionary(uniqueKeysWithValues: hits.map { ($0.lead, $0) })
    return page
  }

  private func hit(_ lead: Int64, _ text: String, message: Int64) -> SearchHit {
    SearchHit(
      lead: LeadID(lead),
      message: MessageID(message),
      kind: .message,
      name: "",
      snippet: text,
      at: Sample.now
    )
  }

  /// `/sauna`, found in an old message of the second lead.
  private func searched(columns: Int = 120, rows: Int = 40) -> Session {
    var session = Session.desk(columns: columns, rows: rows)
    session.type("jj/sauna")
    session.load(.inbox(found("s", [], [])))
    let row = [Sample.leads[1]]
    session.load(.inbox(found("sauna", row, [hit(2, "do you have a SAUNA", message: 40)])))
    return session
  }

  @Test func theListFollowsWhatIsTyped() {
    var session = searched()
    #expect(session.text.contains("/sauna"))
    #expect(session.text.contains("do you have a SAUNA"))
    #expect(session.text.contains("Find in all leads · 1"))
    let asked = session.took().compactMap { effect -> String? in
      if case .loadInbox(let query) = effect { return query.search }
      return nil
    }
    #expect(asked.first == "s")
    #expect(asked.last == "sauna")
    session.type("<Esc>")
    #expect(session.state.inbox.cursor == LeadID(3), "the list is as it was")
    #expect(session.state.inbox.rows.count == Sample.leads.count)
  }

  @Test func whatIsTypedAheadOfTheRowsWaitsForThem() {
    var session = Session.desk()
    session.type("/sauna<Enter>rHallo<Esc>")
    #expect(session.state.opened == nil)
    session.load(.inbox(found("s", [Sample.leads[3]], [])))
    #expect(session.state.opened == nil, "that is not what was asked last")
    session.load(.inbox(found("sauna", [Sample.leads[1]], [])))
    #expect(session.state.opened?.id == LeadID(2))
    #expect(
      session.took().contains(.saveDraft(.reply(LeadID(2)), text: "Hallo", seen: nil, now: true))
    )
    #expect(session.state.typed.isEmpty)
  }

  @Test func whatWaitsForRowsIsGivenUpByControlC() {
    var session = Session.desk()
    session.type("f2A")
    #expect(session.state.inbox.filter == .mine)
    session.type("<C-C>")
    session.load(.inbox(Sample.page([Sample.leads[1]], filter: .mine)))
    #expect(!session.took().contains { if case .assign = $0 { true } else { false } })
    session.type("A")
    #expect(session.took().contains { if case .assign = $0 { true } else { false } })
  }

  @Test func lettersOfASearchAreNoCommands() {
    var session = Session.desk()
    session.type("/e?:q")
    #expect(session.state.search?.field.text == "e?:q")
    #expect(session.state.overlays.isEmpty)
    #expect(!session.took().contains(.quit))
  }

  @Test func whatWasFoundOpensAtTheWords() {
    var session = searched()
    _ = session.took()
    session.type("<Enter>")
    #expect(session.state.opened?.id == LeadID(2))
    let effects = session.took()
    #expect(effects.contains(.findInThread(LeadID(2), SearchTerms("sauna"))))
    let window = ThreadWindow.around(MessageID(40), older: 30, newer: 30)
    #expect(effects.contains(.loadThread(LeadID(2), window)))
    var all: [Message] = []
    for index: Int64 in 1...200 {
      let text = index % 20 == 0 ? "sauna \(index)" : "message \(index)"
      let at = Sample.ago(minutes: 3000 - index * 10)
      all.append(Sample.message(index, text, at: at, lead: 2))
    }
    let places = all.filter { $0.text.hasPrefix("sauna") }.map { $0.id }
    var page = Sample.thread(Array(all[10...70]), lead: 2, hasOlder: true)
    page.hasNewer = true
    session.load(.thread(page))
    #expect(session.took().isEmpty, "what is below is not read")
    session.load(
      .found(lead: LeadID(2), SearchTerms("sauna"), Array(places.reversed()))
    )
    #expect(session.text.contains("sauna 40"))
    #expect(session.text.contains("newer messages"))
    session.type("n")
    #expect(session.text.contains("sauna 20"))
    session.type("NN")
    #expect(session.text.contains("sauna 60"))
    _ = session.took()
    session.type("G")
    #expect(session.took().contains(.loadThread(LeadID(2), .newest(60))))
  }

  @Test func markedLeadsAreDealtWithAsOne() {
    var session = Session.desk()
    session.type("<Space><Space>")
    #expect(session.text.contains("◆ 2 marked"))
    session.type("/")
    #expect(session.text.contains("◆ 2 marked"), "also what a search doesn't show")
    session.type("<Esc>")
    _ = session.took()
    session.type("atom")
    #expect(session.text.contains("Assign 2 leads"))
    session.type("<Enter>")
    #expect(session.took() == [.bulk([LeadID(1), LeadID(2)], .assign(Sample.tom.id))])
    #expect(!session.text.contains("marked"))
    session.type("ggvjjve")
    #expect(session.took() == [.bulk([LeadID(1), LeadID(2), LeadID(3)], .noReplyNeeded)])
    session.type("*s")
    session.type("lost<Enter>too far<Enter>")
    let all = Sample.leads.map(\.id).sorted()
    #expect(session.acts() == [.bulk(all, .stage(StageID(11), reason: "too far"))])
    session.type("<Space><Esc>")
    #expect(!session.text.contains("marked"))
  }

  @Test(arguments: [(120, 40), (80, 24), (46, 19), (40, 16)])
  func whileLeadsAreMarkedTheFooterSaysWhatIsDoneWithThem(columns: Int, rows: Int) {
    var session = Session.desk(columns: columns, rows: rows)
    session.type("<Space><Space>")
    let footer = session.screen.last ?? ""
    #expect(footer.hasPrefix(" s stage"))
    #expect(footer.contains("a assign") && footer.contains("Esc unmark"))
    #expect(columns < 46 || footer.contains("e no reply"))
    #expect(!footer.contains("open") && !footer.contains("r reply"), "those are about one")
    session.type("<Esc>")
    #expect(session.screen.last?.contains("Enter open") == true)
  }

  @Test func inASearchEscapeEndsThatBeforeTheMarks() {
    var session = searched()
    session.type("<Tab><Space>")
    #expect(session.text.contains("◆ 1 marked"))
    #expect(session.screen.last?.contains("unmark") == false)
  }

  @Test func foundWordsStayMarkedInAChosenMessage() throws {
    var session = Session.desk()
    session.type("/sauna")
    session.load(.inbox(found("s", [], [])))
    session.load(.inbox(found("sauna", [Sample.leads[1]], [hit(2, "a SAUNA", message: 1)])))
    session.type("<Enter>")
    var message = Sample.messages[0]
    message.id = MessageID(1)
    message.lead = LeadID(2)
    message.text = "Do you have a SAUNA here?"
    session.load(.thread(Sample.thread([message], lead: 2)))
    session.load(.found(lead: LeadID(2), SearchTerms("sauna"), [MessageID(1)]))
    session.type("v")
    #expect(session.state.opened?.thread.selected == MessageID(1))
    let canvas = view(session.state)
    let y = try #require(session.screen.firstIndex { $0.contains("have a SAUNA here") })
    let styles = (33..<120).map { (canvas[$0, y].glyph, canvas[$0, y].style) }
    #expect(styles.filter { $0.1 == Theme.found }.map(\.0).joined() == "SAUNA")
    let rest = styles.filter { "Doyuhvere?".contains($0.0) }
    #expect(!rest.isEmpty && rest.allSatisfy { $0.1 == Theme.selected })
  }

  @Test func theListsTitleTellsItsNumbersApart() {
    var session = Session.desk(columns: 80, rows: 12)
    session.load(.inbox(Sample.page()))
    session.type("G")
    #expect(session.screen.prefix(2).joined().contains("4 waiting · ↑"))
  }

  @Test func colleaguesAreSeenTyping() {
    var session = Session.desk()
    session.openFirst()
    let typing = Company.Other(user: Sample.tom.id, name: Sample.tom.name, typedAt: session.now)
    session.load(.company(Company(lead: LeadID(1), draft: "", others: [typing])))
    #expect(session.text.contains("Tom is typing here"))
    session.wait(7000)
    #expect(session.text.contains("Tom has a draft here"))
    session.load(.company(Company(lead: LeadID(1), draft: "", others: [])))
    #expect(!session.text.contains("Tom has a draft"))
  }

  @Test func emojiAreWrittenByName() {
    var session = Session.desk()
    session.openFirst()
    session.type("rsee you :mus")
    #expect(session.text.contains("muscle"))
    session.type("<Tab>")
    #expect(session.state.opened?.composer.text.text == "see you 💪")
    session.type(" :tada: at 10:30: fine, teh end")
    #expect(session.state.opened?.composer.text.text == "see you 💪 🎉 at 10:30: fine, teh end")
    session.type("<C-_>")
    #expect(session.state.opened?.composer.text.text != "see you 💪 🎉 at 10:30: fine, teh end")
  }

  @Test func theDraftGoesToTheEditorAndBack() {
    var session = Session.desk()
    session.openFirst()
    session.type("rhi<C-X><C-E>")
    // A draft that is still on its way would be lost.
    #expect(!session.took().contains(.editOutside(LeadID(1), text: "hi")))
    session.load(.draft(.reply(LeadID(1)), text: ""))
    _ = session.took()
    session.type("<C-X><C-E>")
    #expect(session.took().contains(.editOutside(LeadID(1), text: "hi")))
    session.load(.edited(lead: LeadID(1), text: "hi there\nall"))
    #expect(session.state.opened?.composer.text.text == "hi there\nall")
    #expect(
      session.took() == [
        .saveDraft(.reply(LeadID(1)), text: "hi there\nall", seen: "", now: false)
      ]
    )
    session.type("<C-_>")
    #expect(session.state.opened?.composer.text.text == "hi")
    session.load(.edited(lead: LeadID(2), text: "elsewhere"))
    #expect(
      session.took().contains(
        .saveDraft(.reply(LeadID(2)), text: "elsewhere", seen: nil, now: true)
      )
    )
  }

  @Test func thePaletteRemembersLines() {
    var session = Session.desk()
    session.load(.memory(history: ["stage Won", "gone", "refresh"], hasTakenTour: true))
    session.type(":")
    let screen = session.text
    #expect(screen.contains("Stage: Won"))
    #expect(!screen.contains("gone"))
    session.type("<Esc>:st<Tab>inter<Tab>")
    guard case .palette(let palette) = session.state.overlays.last else {
      Issue.record("no palette")
      return
    }
    #expect(palette.input.text == "stage Interested")
  }
}
