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
    session.type(":" + word + "<Enter>")
    #expect(session.text.contains("“\(word)” is for "))
    #expect(session.text.contains(place))
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
  func listsSayThatThereIsMore(columns: Int, rows: Int, keys: String) {
    var session = Session.desk(columns: columns, rows: rows)
    var book = OutboundScreenTests.book
    book.templates = (1...20).map {
      Template(id: TemplateID(Int64($0)), gym: Sample.gym.id, name: "Reply \($0)", body: "Hi!")
    }
    session.load(.gym(book))
    session.type(keys)
    #expect(session.text.contains("↓") && !session.text.contains("↑"))
    session.type("<Down><Down><Down><Down><Down><Down><Down><Down><Down><Down><Down><Down>")
    #expect(session.text.contains("↑"))
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
    #expect(session.text.contains("Enter next, then save"))
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
