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
    session.type(":assign to me")
    #expect(session.text.contains("mine") && !session.text.contains("No such person"))
    session.type("<Esc>:refresh now<Enter>")
    #expect(session.text.contains("“refresh” takes nothing after it"))
  }

  @Test(arguments: [("theme", ":theme"), ("sign out", ":logout"), (":enter", ":enter")])
  func helpListsCommandsWithoutKeys(typed: String, name: String) {
    var session = Session.desk()
    session.type("?" + typed)
    #expect(session.screen.contains { $0.contains("│ " + name + " ") })
  }
}
