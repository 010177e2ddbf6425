// Themes, borders, mouse and notifications: chosen, shown, remembered.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct ScreenSettingsTests {
  private func mouse(_ action: Mouse.Action, _ x: Int, _ y: Int) -> AppEvent {
    .terminal(.mouse(Mouse(action: action, at: Point(x: x, y: y))))
  }

  @Test func theBorderIsDraggedAndRemembered() {
    var session = Session.desk(columns: 120, rows: 40)
    session.openFirst()
    _ = session.took()
    #expect(session.state.layout.inbox?.width == 32)
    session.send(mouse(.press, 32, 10))
    session.send(mouse(.drag, 40, 11))
    session.send(mouse(.drag, 45, 12))
    #expect(session.state.layout.inbox?.width == 45)
    #expect(session.took() == [])
    session.send(mouse(.release, 45, 12))
    #expect(session.took() == [.keep(Preference(key: .listWidth, value: "45"))])
    // Beyond what leaves room for a chat it stops.
    session.send(mouse(.press, 45, 10))
    session.send(mouse(.drag, 119, 10))
    #expect(session.state.layout.thread?.width == 44)
    // A narrower terminal keeps both panes readable, a wider one has the choice back.
    session.send(.terminal(.resize(Size(columns: 100, rows: 40))))
    #expect((session.state.layout.thread?.width ?? 0) >= 44)
  }

  @Test func aDragElsewhereMovesNothing() {
    var session = Session.desk()
    session.openFirst()
    session.send(mouse(.press, 60, 10))
    session.send(mouse(.drag, 80, 10))
    session.send(mouse(.release, 80, 10))
    #expect(session.state.layout.inbox?.width == 32)
  }

  @Test func keysMoveTheBorderToo() {
    var session = Session.desk(columns: 160, rows: 44)
    session.openFirst()
    session.type(">><lt>")
    #expect(session.state.layout.inbox?.width == 38)
    session.type("3>>")
    #expect(session.state.layout.lead?.width == 42)
    session.type("+>")
    #expect(session.text.contains("no border to move"))
  }

  @Test func choicesComeBackAtTheNextSignIn() {
    var session = Session.desk(columns: 160, rows: 44)
    session.state.screen.themes = ["terminal", "vivid"]
    session.load(
      .preferences(["theme": "vivid", "list_width": "50", "lead_width": "30", "mouse": "off"])
    )
    #expect(session.took() == [.setTheme("vivid"), .setMouse(false)])
    #expect(session.state.layout.inbox?.width == 50)
    #expect(session.state.layout.lead?.width == 30)
    // A theme that is no longer in the config, and nonsense, change nothing.
    session.load(.preferences(["theme": "gone", "list_width": "wide", "lead_width": "-4"]))
    #expect(session.took() == [])
    _ = session.screen
  }

  @Test func aThemeIsShownWhileTheCursorIsOnIt() {
    var session = Session.desk()
    session.state.screen.themes = ["terminal", "soft", "vivid"]
    session.type(":theme<Enter>")
    _ = session.took()
    session.type("<Down><Down>")
    #expect(session.took() == [.setTheme("soft"), .setTheme("vivid")])
    session.type("<Esc>")
    #expect(session.took() == [.setTheme("terminal")])
    session.type(":theme<Enter><Down><Enter>")
    #expect(
      session.took().suffix(2)
        == [.setTheme("soft"), .keep(Preference(key: .theme, value: "soft"))]
    )
    // Whoever signs in next gets the config's again.
    session.type(":logout<Enter>")
    #expect(session.took().contains(.setTheme("terminal")))
  }

  @Test func aThemeIsChosenByItsName() {
    var session = Session.desk()
    session.state.screen.themes = ["terminal", "soft", "vivid"]
    session.type(":theme viv<Enter>")
    #expect(session.took().contains(.keep(Preference(key: .theme, value: "vivid"))))
    #expect(session.text.contains("Theme: vivid"))
  }

  @Test func enterSendsOrBeginsANewLine() throws {
    var session = Session.desk(columns: 120, rows: 40)
    session.type("<Enter>:enter<Enter>")
    #expect(session.took().contains(.keep(Preference(key: .enter, value: "newline"))))
    #expect(session.text.contains("Enter begins a new line · Ctrl-X Ctrl-X sends"))
    session.type("rHello<Enter>Maria")
    #expect(session.state.opened?.composer.text.text == "Hello\nMaria")
    #expect(session.text.contains("Ctrl-X Ctrl-X send") && session.text.contains("Enter new line"))
    session.type("<C-X><C-X>")
    #expect(session.state.opened?.composer.text.text == "")
    #expect(session.state.lastSent != nil)
    // Elsewhere Enter is what it was, and what was chosen can be taken back.
    session.type("<Esc>:enter<Enter>")
    #expect(session.took().contains(.keep(Preference(key: .enter, value: "send"))))
    session.type("rHi<Enter>")
    #expect(session.state.opened?.composer.text.text == "")
  }

  @Test func whatEnterDoesIsEachPersonsOwn() {
    var session = Session.desk(columns: 120, rows: 40)
    session.state.screen.enter = .newline
    session.type("<Enter>r")
    #expect(session.text.contains("Enter new line"))
    session.load(.preferences(["enter": "send"]))
    #expect(session.text.contains("Enter send"))
    session.load(.preferences(["enter": "nonsense"]))
    #expect(session.text.contains("Enter new line"), "the config's word")
    // Whoever takes the tour learns the key that they will press.
    session.type("<Esc>:tour<Enter><Down><Enter>")
    #expect(session.text.contains("then Ctrl-X Ctrl-X sends it"))
  }

  @Test func whoeverIsDisabledIsOut() {
    var session = Session.desk()
    session.type("<Enter>rhalf a reply")
    session.load(.dismissed)
    #expect(session.text.contains("This account has been disabled: ask an admin"))
    #expect(!session.text.contains("half a reply"))
    #expect(session.took().contains(.signOut))
  }

  @Test func quietHoursAreQuiet() {
    let arrival = Sample.lead(500, "Newcomer", "hi!", minutes: 0, waits: true, unread: 1)
    for (hours, rings) in [("22:00-07:00", true), ("10:00-11:00", false)] {
      var session = Session.desk()
      session.state.screen.quietHours = HoursOfDay(hours)
      session.send(.terminal(.focus(false)))
      _ = session.took()
      session.load(.inbox(Sample.page([arrival] + Sample.leads)))
      #expect(session.took().contains(.notify("1 new message")) == rings)
    }
  }

  @Test func theWheelMovesInAnOverlay() {
    var session = Session.desk()
    session.type("s")
    let before = Golden.styles(of: view(session.state))
    session.send(mouse(.wheelDown, 60, 20))
    #expect(Golden.styles(of: view(session.state)) != before)
    #expect(session.state.overlays.count == 1)
  }

  @Test func escapeAndAKeyTypedFastLeaveAnOverlay() {
    var session = Session.desk()
    session.type("?<A-:>")
    #expect(session.text.contains("Command"))
    #expect(session.state.overlays.count == 1)
  }
}
