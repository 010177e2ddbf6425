// Clicks: what the frame shows at a place is what a click there does.
import Model
import TerminalUI
import TestSupport
import Testing

@testable import Screens

@Suite(.ownThreads) struct PointerTests {
  /// Clicks the first place where the screen shows `words`.
  private func click(_ words: String, _ session: inout Session) throws {
    for (y, line) in session.screen.enumerated() {
      guard let range = line.firstRange(of: words) else { continue }
      let x = Width.of(line[..<range.lowerBound])
      session.send(.terminal(.mouse(Mouse(action: .press, at: Point(x: x, y: y)))))
      return session.send(.terminal(.mouse(Mouse(action: .release, at: Point(x: x, y: y)))))
    }
    Issue.record("\(words) is not on the screen:\n\(session.text)")
  }

  @Test func aRowOfAPickerIsChosen() throws {
    var session = Session.desk()
    session.openFirst()
    session.type("s")
    let stage = try #require(Sample.book.stages.first { $0.kind == .open && $0.position > 0 })
    _ = session.took()
    try click("2   " + stage.name, &session)
    #expect(session.state.overlays.isEmpty)
    let lead = try #require(session.state.opened?.id)
    #expect(session.took().contains(.setStage(lead, stage.id, reason: nil)))
  }

  @Test func aClickBesideAListClosesIt() {
    for keys in ["?", ":", "s", "a"] {
      var session = Session.desk()
      session.openFirst()
      session.type(keys)
      #expect(session.state.overlays.count == 1, "\(keys)")
      session.send(.terminal(.mouse(Mouse(action: .press, at: Point(x: 1, y: 38)))))
      #expect(session.state.overlays.isEmpty, "\(keys)")
    }
  }

  @Test func aClickBesideANoteLosesNothing() {
    var session = Session.desk()
    session.openFirst()
    session.type("cCame by at noon")
    session.send(.terminal(.mouse(Mouse(action: .press, at: Point(x: 1, y: 38)))))
    #expect(session.text.contains("Came by at noon"))
  }

  @Test func aCommandOfThePaletteRuns() throws {
    var session = Session.desk()
    session.type(":filter ")
    try click("filter All", &session)
    #expect(session.state.overlays.isEmpty)
    #expect(session.state.inbox.filter == .all)
  }

  @Test func helpRunsWhatIsClicked() throws {
    var session = Session.desk()
    session.type("?filter")
    try click("Filter", &session)
    #expect(session.text.contains("Unassigned"))
  }

  @Test func theFootersHintsAreButtons() throws {
    var session = Session.desk()
    session.openFirst()
    session.type("?")
    try click("Esc close", &session)
    #expect(session.state.overlays.isEmpty)
    try click("? help", &session)
    #expect(session.state.overlays.count == 1)
    session.type("<Esc>")
    // Half a sequence doesn't swallow it.
    session.type("g")
    try click("? help", &session)
    #expect(session.state.overlays.count == 1)
  }

  @Test func theTabsAreClicked() throws {
    var session = Session.desk()
    try click("4 Dashboard", &session)
    #expect(session.state.focus == .dashboard)
    try click("1 Inbox", &session)
    #expect(session.state.focus == .inbox)
  }

  @Test func theWayBackIsClickedOnAPhone() throws {
    var session = Session.desk(columns: 46, rows: 19)
    session.openFirst()
    #expect(session.state.focus == .thread)
    try click("‹", &session)
    #expect(session.state.focus == .inbox)
  }

  @Test func aClickPlacesTheCursorOfTheReply() throws {
    var session = Session.desk()
    session.openFirst()
    session.type("rSee you Frday at six")
    try click("day at six", &session)
    session.type("i")
    #expect(session.state.opened?.composer.text.text == "See you Friday at six")
    #expect(session.state.opened?.composer.isActive == true)
  }

  @Test func aClickPlacesTheCursorOfANote() throws {
    var session = Session.desk()
    session.openFirst()
    session.type("cCame by on Monday")
    try click("Monday", &session)
    session.type("sunny ")
    #expect(session.text.contains("Came by on sunny Monday"))
  }

  @Test func thePopupOfAPrefixIsClicked() throws {
    var session = Session.desk()
    session.type("g")
    session.wait(500)
    #expect(session.text.contains("g …"))
    try click("Journal", &session)
    #expect(session.state.focus == .journal)
  }

  @Test func aFieldOfTheLoginIsClicked() throws {
    var session = Session(columns: 80, rows: 24)
    session.type("ana@demo.gym")
    try click("Password", &session)
    let password = try #require(session.screen.firstIndex { $0.contains("Password") })
    session.send(.terminal(.mouse(Mouse(action: .press, at: Point(x: 40, y: password)))))
    session.type("demo")
    guard case .login(let login) = session.state.phase else {
      Issue.record("not at the login")
      return
    }
    #expect(login.email.text == "ana@demo.gym")
    #expect(login.password.text == "demo")
  }

  /// Wherever a click goes, the screen can be drawn and its cursor is on it.
  @Test(arguments: [(120, 40), (80, 24), (46, 19), (40, 15), (20, 8)])
  func noPlaceTraps(columns: Int, rows: Int) {
    for keys in ["", "?", ":", "s", "t", "c", "g", "rHello", "/ma"] {
      var start = Session.desk(columns: columns, rows: rows)
      start.openFirst()
      start.type(keys)
      for y in 0..<rows {
        for x in stride(from: y * 5 % 23, to: columns, by: 23) {
          var session = start
          session.send(.terminal(.mouse(Mouse(action: .press, at: Point(x: x, y: y)))))
          let canvas = view(session.state)
          #expect(canvas.cursor.map { canvas.bounds.contains($0) } ?? true, "\(keys) \(x),\(y)")
        }
      }
    }
  }
}
