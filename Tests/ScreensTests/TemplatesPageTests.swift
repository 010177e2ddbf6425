// The page of saved replies and WhatsApp's templates: a place like the others, with keys of its own.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct TemplatesPageTests {
  private func page(columns: Int = 120, rows: Int = 40) -> Session {
    var session = Session.desk(columns: columns, rows: rows)
    session.load(.gym(OutboundScreenTests.book))
    session.openFirst()
    session.type("gt")
    return session
  }

  @Test func itIsLeftToWhereOneCameFrom() {
    for key in ["q", "<Esc>", "h"] {
      var session = page()
      #expect(session.state.focus == .templates)
      #expect(!session.text.contains("Мария"), "it takes the whole body")
      session.type(key)
      #expect(session.state.focus == .thread)
    }
  }

  @Test func theKeysOfEveryPlaceWorkHereToo() {
    var session = page()
    session.type("4")
    #expect(session.state.focus == .dashboard)
    session.type("gt?")
    #expect(session.text.contains("Help · Saved replies and templates"))
    #expect(session.text.contains("New WhatsApp template"))
  }

  @Test func movingPassesOverHeadingsAndStopsAtTheEnds() {
    var session = page()
    let first = session.state.chosenTemplate
    session.type("k")
    #expect(session.state.chosenTemplate == first)
    let count = session.state.templateRows.filter(\.isChoosable).count
    for _ in 1..<count {
      let before = session.state.chosenTemplate
      session.type("j")
      #expect(session.state.chosenTemplate != before)
    }
    let last = session.state.chosenTemplate
    session.type("j")
    #expect(session.state.chosenTemplate == last)
    session.type("gg")
    #expect(session.state.chosenTemplate == first)
    session.type("G")
    #expect(session.state.chosenTemplate == last)
    session.type("<C-U><PgUp>")
    #expect(session.state.chosenTemplate == first)
  }

  @Test func theFooterNamesWhatCanBeDone() {
    var session = page(columns: 120, rows: 40)
    let footer = session.screen.last ?? ""
    for words in ["e edit", "n new reply", "N new template", "D delete", "S sync", "? help"] {
      #expect(footer.contains(words))
    }
    var user = Sample.ana
    user.role = .staff
    session.state.session = Screens.Session(user: user)
    #expect(session.screen.last?.contains("e edit") == false)
    session.type("D")
    #expect(session.state.overlays.isEmpty)
    #expect(session.text.contains("Only an owner or admin changes templates"))
  }

  @Test func aClickShowsTheTextAndASecondOneEdits() throws {
    var session = page(columns: 80, rows: 24)
    let y = try #require(session.screen.firstIndex { $0.contains(Sample.templates[1].name) })
    session.send(.terminal(.mouse(Mouse(action: .press, at: Point(x: 5, y: y)))))
    #expect(session.state.chosenTemplate == .reply(name: Sample.templates[1].name))
    #expect(session.state.overlays.isEmpty)
    session.send(.terminal(.mouse(Mouse(action: .press, at: Point(x: 5, y: y)))))
    guard case .templateEditor = session.state.overlays.last else {
      Issue.record("no editor")
      return
    }
  }

  @Test(arguments: [Size(columns: 46, rows: 19), Size(columns: 40, rows: 15)])
  func theTextStandsBelowTheListWhereThereIsNoRoomBeside(size: Size) {
    let session = page(columns: size.columns, rows: size.rows)
    let words = Sample.templates[0].body.split(separator: " ").first.map(String.init) ?? ""
    #expect(session.screen.contains { $0.contains(Sample.templates[0].name) })
    #expect(session.screen.contains { $0.hasPrefix(" ╌╌╌") })
    #expect(session.text.contains(words))
  }
}
