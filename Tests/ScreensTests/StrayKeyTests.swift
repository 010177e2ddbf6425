// Keys that mean nothing where they are pressed: a line says so, and where they mean something.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct StrayKeyTests {
  private func said(_ keys: String, in place: String = "") -> String? {
    var session = Session.desk()
    if !place.isEmpty { session.openFirst() }
    session.type(place)
    session.state.notice = nil
    session.type(keys)
    #expect(session.state.notice?.kind != .problem)
    return session.state.notice?.text
  }

  @Test func aKeyOfAnotherPlaceSaysHowToGetThere() {
    #expect(said("f", in: "2") == "f is for the inbox: 1 goes there · Filter the inbox")
    #expect(said("*", in: "2") == "* is for the inbox: 1 goes there · Mark all")
    #expect(said("o") == "o is for a chat: Enter opens one · Open a file or link")
    #expect(said("p", in: "4") == "p is for a chat: 2 goes there · Pictures in the chat")
    #expect(
      said("<C-T>", in: "2")
        == "Ctrl-T is for a reply being written: r starts one · Pick a saved reply"
    )
    #expect(said("y", in: "4") == "y is for the inbox: 1 goes there")
    #expect(said("o", in: "2v") == "o is for a chat: Esc goes back there · Open a file or link")
  }

  @Test(arguments: ["m", "M"])
  func whatHasNoMessageToBeAboutCallsItAsHelpDoes(key: String) throws {
    var session = Session.desk()
    session.openFirst()
    session.load(.thread(Sample.thread([Sample.messages[0]])))
    session.type(key)
    #expect(session.state.notice?.text.contains("maybe sent") ?? false)
    session.type("?" + "maybe sent")
    #expect(session.screen.contains { $0.contains("│ " + key + " ") })
  }

  @Test func aKeyWithoutAnyMeaningSaysSo() {
    #expect(said("z") == "z does nothing here · ? shows the keys")
    #expect(said("gz", in: "2") == "g z does nothing here · ? shows the keys")
    #expect(said("f", in: "2v") == "f does nothing here · Esc goes back")
    #expect(said("<C-Space>") == nil)
  }

  @Test func itIsNotSaidTwiceInARowAndNotWhileTyping() {
    var session = Session.desk()
    session.type("z")
    let until = session.state.notice?.until
    session.wait(1000)
    session.type("z!")
    #expect(session.state.notice?.text.hasPrefix("z ") ?? false)
    #expect(session.state.notice?.until == until)
    session.wait(6000)
    #expect(session.state.notice == nil)
    session.openFirst()
    session.type("rz!")
    #expect(session.state.notice == nil)
    session.type("<Esc><Esc>/z!")
    #expect(session.state.notice == nil)
  }

  @Test func aProblemStaysToBeRead() {
    var session = Session.desk()
    session.load(.failed(reason: "the disk is full"))
    session.type("z")
    #expect(session.state.notice?.text == "The disk is full")
  }
}
