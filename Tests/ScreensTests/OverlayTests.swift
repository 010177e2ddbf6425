// What lies over the panes: what it lists, what it says when nothing fits, and how it is read to its end.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct OverlayTests {
  @Test(arguments: [
    (":stage wonn", "No such stage", "There is no stage “wonn”", "Interested"),
    (":assign zoe", "No such person", "There is no person “zoe”", "Tom Okafor"),
    (":filter xyz", "No such filter", "There is no filter “xyz”", "Unassigned"),
    (":theme xyz", "No such theme", "There is no theme “xyz”", "terminal"),
    (":template xyz", "No such saved reply", "There is no saved reply “xyz”", "Trial offer"),
  ])
  func anArgumentThatNamesNothingIsAnsweredByTheChoices(
    typed: String,
    listed: String,
    said: String,
    choice: String
  ) {
    var session = Session.desk()
    session.type(typed)
    #expect(session.text.contains(listed) && session.text.contains(choice))
    #expect(!session.text.contains("No such command"))
    session.type("<Enter>")
    #expect(session.text.contains(said))
    #expect(session.text.contains(choice), "the palette stays open")
    #expect(session.took().isEmpty)
  }

  @Test func aChoiceBelowWhatNamesNothingIsRun() {
    var session = Session.desk()
    session.type(":filter xyz<Down><Down><Enter>")
    #expect(session.state.inbox.filter == .mine)
    session.load(.inbox(Sample.page(Sample.leads, filter: .mine)))
    session.type(":assign to me")
    #expect(session.text.contains("mine") && !session.text.contains("No such person"))
    session.type("<Esc>:refresh now<Enter>")
    #expect(session.text.contains("“refresh” takes nothing after it"))
  }

  @Test(arguments: [":", "<C-P>"])
  func nothingTypedRunsNothing(opener: String) {
    var session = Session.desk()
    session.load(.memory(history: ["stage Won"], hasTakenTour: true))
    session.type(opener + "<Enter>")
    #expect(session.state.overlays.isEmpty)
    #expect(session.took().isEmpty)
    session.type(opener + "<Down><Enter>")
    #expect(session.took().contains(.setStage(LeadID(1), StageID(7), reason: nil)))
  }

  @Test func aCommandWithoutItsArgumentAsksForIt() {
    var session = Session.desk()
    session.type(":stage <Enter>")
    #expect(session.took().isEmpty)
    guard case .picker = session.state.overlays.last else {
      Issue.record("no picker")
      return
    }
    session.type("<Esc>:stage <Down><Enter>")
    #expect(session.took().contains { if case .setStage = $0 { true } else { false } })
  }

  @Test(arguments: [("later", "a reply being written"), ("replay", "the journal")])
  func aCommandOfAnotherPlaceSaysWhere(word: String, place: String) {
    var session = Session.desk()
    session.type(":" + word)
    #expect(session.text.contains("“\(word)” is for "), "before Enter")
    session.type("<Enter>")
    #expect(session.state.notice?.text.contains(place) ?? false)
  }

  @Test func anArgumentOfACommandOfAnotherPlaceSaysWhere() {
    var session = Session.desk(columns: 160, rows: 44)
    session.type(":later fri 9:00")
    #expect(session.text.contains("can't now: “later” is for a chat"))
  }

  @Test func aFilterLeadsToTheInboxByItself() {
    var session = Session.desk()
    session.openFirst()
    session.type(":filter mine<Enter>")
    #expect(session.state.focus == .inbox && session.state.inbox.filter == .mine)
    #expect(session.state.notice == nil)
    session.load(.inbox(Sample.page(Sample.leads, filter: .mine)))
    session.type("2:filter<Enter>")
    #expect(session.text.contains("Unassigned"))
    session.type("<Down><Enter>")
    #expect(session.state.focus == .inbox && session.state.inbox.filter == .unassigned)
  }

  @Test(arguments: [("theme", ":theme"), ("sign out", ":logout"), (":enter", ":enter")])
  func helpListsCommandsWithoutKeys(typed: String, name: String) {
    var session = Session.desk()
    session.type("?" + typed)
    #expect(session.screen.contains { $0.contains("│ " + name + " ") })
  }

  @Test func helpIsReadToItsEndAndKeepsItsColumns() {
    var session = Session.desk(columns: 80, rows: 24)
    session.type("?same person")
    #expect(session.screen.contains { $0.contains("Same person as another lead M") })
    #expect(session.text.contains("takes it back."), "the end of the help stands below")
    #expect(session.text.contains("Esc clear"))
    session.type("<Esc>")
    #expect(session.text.contains("Esc close"))
    session.type("enter begins")
    #expect(!session.text.contains("`"), "marks of the page of keys stay there")
  }

  @Test func wideScreensGiveHelpTheirWidth() {
    var session = Session.desk(columns: 160, rows: 44)
    session.type("?same person")
    #expect(session.screen.contains { $0.contains("Same person") && $0.contains("takes it back.") })
    session.type("<C-c>:merge")
    #expect(session.screen.contains { $0.contains("merge") && $0.contains("takes it back.") })
  }

  @Test(arguments: ["s", "a", "t", "c", "=", "rhi<C-X>l", "rhi<C-X>a"], [20, 24, 30])
  func aNarrowPopupNamesTheLeadAndTheWayOut(keys: String, columns: Int) {
    var session = Session.desk(columns: columns, rows: 16)
    session.openFirst()
    session.type("<Esc>" + keys)
    #expect(!session.state.overlays.isEmpty)
    let border = session.screen.first { $0.contains("╭─ ") } ?? ""
    #expect(border.hasPrefix("╭─ Мария"))
    #expect(session.screen.last { $0.contains("╰─ ") }?.contains("Esc") ?? false)
    session.type("<Esc>")
    #expect(session.state.overlays.isEmpty)
  }

  @Test func whereThereIsRoomATitleIsASentence() {
    var session = Session.desk(columns: 40, rows: 15)
    session.openFirst()
    session.type("s")
    #expect(session.text.contains("Stage of Мария Соколова"))
    session.type("<Esc><Esc> j s")
    #expect(session.text.contains("Stage of 2 leads") || session.text.contains("Stage of 1 lead"))
  }

  @Test func thePaletteTellsTheWholeOfTheChosenLine() {
    var session = Session.desk(columns: 80, rows: 24)
    session.type(":merge")
    #expect(session.text.contains("takes it back."))
    session.type("<C-u>template trial")
    #expect(session.text.contains("suit you?"))
  }

  /// Walks down a list: whatever is not in sight is announced.
  @Test(arguments: [
    (30, 12, "s"), (80, 24, "gt"), (46, 19, "t"), (30, 12, ":"), (40, 15, "?"),
  ])
  func listsSayThatThereIsMore(columns: Int, rows: Int, keys: String) throws {
    var session = Session.desk(columns: columns, rows: rows)
    var book = OutboundScreenTests.book
    book.templates = (1...20).map {
      Template(id: TemplateID(Int64($0)), gym: Sample.gym.id, name: "Reply \($0)", body: "Hi!")
    }
    session.load(.gym(book))
    session.type(keys)
    var list = try ListOnScreen(session)
    #expect(list.marks == ["↓"], "at the top")
    var seen = Set(list.rows.keys)
    for _ in 0..<200 where list.marks.contains("↓") {
      session.type("<Down>")
      list = try ListOnScreen(session)
      seen.formUnion(list.rows.keys)
      #expect(list.rows.values.filter(\.isChosen).count == 1, "the chosen row is in sight")
    }
    #expect(list.marks == ["↑"], "at the end")
    #expect(seen == Set(0..<list.count).subtracting(list.headings), "each row has been in sight")
    #expect(list.rows.values.allSatisfy { !$0.text.isEmpty })
  }

  /// The list of the topmost popup, else of the page of templates, as it is seen.
  private struct ListOnScreen {
    struct Row {
      var text: String
      var isChosen: Bool
    }

    /// By their index in the whole list.
    var rows: [Int: Row] = [:]
    /// Arrows on the border beside the rows, from the top; elsewhere in the popup there are none.
    var marks: [String] = []
    /// Rows of the whole list.
    var count = 0
    /// Those of them that can't be chosen.
    var headings: Set<Int> = []

    init(_ session: Session) throws {
      let canvas = view(session.state)
      let popup = canvas.targets.last { $0.meaning == .surface }?.rect
      let box = try #require(popup ?? session.state.layout.templates)
      for target in canvas.targets {
        guard case .row(let index) = target.meaning, box.intersection(target.rect) == target.rect
        else { continue }
        let cells = (target.rect.x..<target.rect.maxX).map { canvas[$0, target.rect.y] }
        rows[index] = Row(
          text: cells.map(\.glyph).joined().filter { $0 != " " },
          isChosen: cells.allSatisfy { $0.style == Theme.selected }
        )
        #expect(target.rect.maxX < box.maxX - 1, "a row leaves the border alone")
        #expect(!cells.contains { $0.style == Theme.accentStrong }, "no mark lies on a row")
      }
      marks = (box.y..<box.maxY).map { canvas[box.maxX - 1, $0].glyph }.filter {
        ["↑", "↓"].contains($0)
      }
      (count, headings) = Self.contents(session.state)
    }

    private static func contents(_ state: AppState) -> (Int, Set<Int>) {
      switch state.overlays.last {
      case .picker(let picker): return (picker.matching.count, [])
      case .palette(let palette): return (state.entries(of: palette).count, [])
      case .help(let help): return (help.commands(of: state.commands).count, [])
      default:
        let rows = state.templateRows
        return (rows.count, Set(rows.indices.filter { !rows[$0].isChoosable }))
      }
    }
  }

  /// Walks down a pane: its last row and its first are in sight, and nothing lies on them.
  @Test(arguments: [Size(columns: 46, rows: 19), Size(columns: 40, rows: 15)])
  func panesSayThatThereIsMoreBesideTheirRows(size: Size) {
    var session = Session.desk(columns: size.columns, rows: size.rows)
    session.openFirst()
    session.type("3")
    let pane = session.state.layout.lead ?? Rect(x: 0, y: 0, width: 0, height: 0)
    guard let opened = session.state.opened else { return }
    let lines = session.state.leadLines(opened, width: session.state.leadTextWidth(pane))
      .map { $0.left.map(\.text).joined() }
    #expect(lines.count > pane.height)
    func edge() -> String {
      let canvas = view(session.state)
      return (pane.y..<pane.maxY).map { canvas[pane.maxX - 1, $0].glyph }.joined()
        .filter { $0 != " " }
    }
    #expect(edge() == "↓")
    var seen: Set<String> = []
    for _ in lines {
      seen.formUnion(session.screen)
      session.type("j")
    }
    #expect(edge() == "↑")
    for line in lines {
      let words = line.split(separator: " ").joined(separator: " ")
      #expect(seen.contains { $0.split(separator: " ").joined(separator: " ").contains(words) })
    }
  }

  @Test func aScrolledChatSaysSoBesideItsMessages() {
    var session = Session.desk(columns: 80, rows: 24)
    session.openFirst()
    session.type("kkk")
    let words = "↓ 3 lines below · G"
    #expect(session.screen.contains { $0.hasPrefix("───") && $0.contains(words) })
    session.type("G")
    #expect(!session.text.contains("below"))
  }

  @Test(arguments: [
    (":", "", "sta", 80), ("<C-P>", "", "undo", 80), (":", "", "zzz", 46), ("s", "", "won", 46),
    ("t", "", "tri", 80), ("f", "", "mi", 120),
  ])
  func typingLeavesAPopupWhereItIs(keys: String, first: String, more: String, columns: Int) throws {
    var session = Session.desk(columns: columns, rows: 30)
    session.openFirst()
    session.type("1" + keys + first)
    func top() throws -> Int {
      try #require(view(session.state).targets.first { $0.meaning == .surface }).rect.y
    }
    let before = try top()
    session.type(more)
    #expect(try top() == before)
  }

  @Test(arguments: [("s", "1-9 or Enter"), ("f", "1-6 or Enter")])
  func aPickerNamesTheDigitsItHas(keys: String, words: String) {
    var session = Session.desk()
    session.type(keys)
    #expect(session.text.contains(words))
    session.type("w")
    #expect(!session.text.contains("1-"), "while something is typed a digit is a letter of it")
  }

  @Test(arguments: ["g", "y"])
  func thePopupAfterAPrefixIsReadOnTheNarrowestScreen(prefix: String) {
    var session = Session.desk(columns: 20, rows: 12)
    session.openFirst()
    session.type(prefix)
    session.wait(400)
    #expect(session.text.contains("╭─ \(prefix) …"))
    #expect(!session.screen.contains { $0.contains("│") && $0.contains("…") }, "\(session.text)")
  }

  @Test func noChoiceAfterAPrefixIsHiddenOnALowScreen() {
    var session = Session.desk(columns: 20, rows: 8)
    session.type("g")
    session.wait(400)
    for word in ["Top", "Inbox", "Chat", "Lead", "Dashboard", "Templates", "Journal", "Notices"] {
      #expect(session.text.contains(word))
    }
  }

  /// A popup leaves enough of what lies below it to be read, or nothing.
  @Test(arguments: [20, 40, 46, 52, 58, 60, 66, 72, 80, 90, 100, 110, 120, 160])
  func popupsLeaveNoScrapsBesideThem(columns: Int) throws {
    for keys in ["?", ":", "<C-P>", "s", "a", "t", "f", "c", "slost<Enter>", "gtn"] {
      var session = Session.desk(columns: columns, rows: 24)
      session.openFirst()
      session.type("1" + keys)
      let canvas = view(session.state)
      let box = try #require(canvas.targets.last { $0.meaning == .surface }?.rect)
      let beside = (box.x, columns - box.maxX)
      #expect(beside == (0, 0) || min(beside.0, beside.1) >= 6, "\(keys): \(beside)")
    }
  }

  @Test func thePopupAfterAPrefixLeavesNoScrapOfTheListBesideIt() {
    var session = Session.desk(columns: 40, rows: 15)
    session.type("jjg")
    session.wait(400)
    let box = session.screen.drop { !$0.contains("╭") }.prefix { !$0.contains("╰") }
    #expect(box.count > 4 && box.allSatisfy { !$0.contains("▌") })
  }

  @Test(arguments: [
    Size(columns: 20, rows: 6), Size(columns: 20, rows: 8), Size(columns: 80, rows: 24),
  ])
  func erasingSaysFirstWhatGoesThenWhatToType(size: Size) throws {
    var session = Session.desk(columns: size.columns, rows: size.rows)
    session.openFirst()
    session.load(.toErase(ErasureSize(lead: LeadID(1), messages: 41, notes: 5, files: 3)))
    let canvas = view(session.state)
    let warned = try #require(session.screen.firstIndex { $0.contains("41 messages") })
    let asked = try #require(session.screen.firstIndex { $0.contains("Type 41 to erase") })
    #expect(warned < asked)
    #expect((0..<size.columns).contains { canvas[$0, warned].style == Theme.bad })
    let cursor = try #require(canvas.cursor)
    #expect(cursor.y == asked + 1)
    #expect(canvas[cursor.x, cursor.y].style.attributes.contains(.underline))
    session.type("5<Enter>")
    #expect(session.text.contains("✗ Type 41"))
    #expect(view(session.state).cursor?.y == cursor.y || size.rows < 20, "the field stays")
  }

  @Test(arguments: ["c", "slost<Enter>", "2r<C-x>a", "2rhi<C-x>l"])
  func whatAPromptAsksForIsUnderlined(keys: String) throws {
    var session = Session.desk()
    session.openFirst()
    session.type("1" + keys + "abc")
    let canvas = view(session.state)
    let cursor = try #require(canvas.cursor)
    #expect(session.screen[cursor.y].contains("abc"))
    for x in cursor.x - 3...cursor.x {
      #expect(canvas[x, cursor.y].style.attributes.contains(.underline))
    }
  }

  @Test func aPreviewLeavesItsBlankLinesToTheList() {
    var session = Session.desk(columns: 46, rows: 19)
    var book = Sample.book
    book.templates = (1...12).map {
      Template(id: TemplateID(Int64($0)), gym: Sample.gym.id, name: "Reply \($0)", body: "Hi!")
    }
    session.load(.gym(book))
    session.type("t")
    #expect(session.text.contains("Reply 9") && session.text.contains("Hi!"))
  }

  @Test func howToSaveStandsFirstWhereThereIsLittleRoom() {
    var session = Session.desk(columns: 30, rows: 12)
    session.type("gtn")
    #expect(session.text.contains("Enter next or save"))
    session.type("Parking<Tab>")
    #expect(session.text.contains("Enter save"))
  }

  @Test func escapeAsksBeforeWhatIsTypedIsLost() {
    var session = Session.desk()
    session.type("gtn<Esc>")
    #expect(!session.text.contains("New saved reply"), "nothing typed, nothing asked")
    session.type("nParking<Esc>")
    #expect(session.text.contains("Esc again drops what is typed"))
    session.type("!<Esc>")
    #expect(session.text.contains("Parking!") && session.text.contains("Esc again"))
    session.send(.terminal(.paste(" lot")))
    session.type("<Esc>")
    #expect(session.text.contains("Parking! lot"), "what was pasted since is not lost either")
    session.type("<Esc>")
    #expect(!session.text.contains("Parking!"))
  }

  @Test func theCursorIsOnWhatWasSaved() {
    var session = Session.desk()
    session.type("gtnParking<Tab>Behind the house.<Enter>")
    session.load(.templateSaved(note: "Saved reply “Parking” added", isReversible: true))
    var book = Sample.book
    book.templates.insert(
      Template(id: TemplateID(99), gym: Sample.gym.id, name: "Parking", body: "Behind the house."),
      at: 2
    )
    session.load(.gym(book))
    session.type("D")
    #expect(session.text.contains("Delete “Parking”?"))
  }

  @Test func theCursorStaysOnItsTemplateWhenTheListChanges() {
    var session = Session.desk()
    session.type("gtjj")
    var book = Sample.book
    book.templates.removeFirst()
    session.load(.gym(book))
    session.type("D")
    #expect(session.text.contains("Delete “\(Sample.templates[2].name)”?"))
  }

  @Test func theTimelineNamesPeople() {
    var session = Session.desk()
    session.type("<Enter>")
    var detail = Sample.detail
    detail.activity = [Sample.tom.email, "gone@downtown.gym"].enumerated().map { index, email in
      Activity(
        id: Int64(index + 1),
        at: Sample.now,
        actor: "Ana Berger",
        verb: "assign",
        before: nil,
        after: email
      )
    }
    session.load(.lead(detail))
    session.type("3")
    #expect(session.text.contains("Assigned to Tom Okafor"))
    #expect(session.text.contains("Assigned to gone@downtown.gym"))
  }

  @Test func whatIsPlannedIsNotToSend() {
    var session = Session.desk()
    var health = Sample.health
    health.queued = 0
    health.planned = 2
    session.send(.health(health))
    #expect(!session.text.contains("to send") && session.text.contains("2 planned"))
  }
}
