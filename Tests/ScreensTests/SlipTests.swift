// Slips and changes from elsewhere while somebody acts: nothing is done to somebody else, nothing that was
// typed becomes a command.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct SlipTests {
  private func isAct(_ effect: AppEffect) -> Bool { effect.isAct }

  @Test func whoIsMergedWhileOneWritesLeavesNoKeysToOthers() throws {
    var session = Session.desk()
    session.openFirst()
    session.load(.draft(.reply(LeadID(1)), text: ""))
    session.type("rWe")
    _ = session.took()
    session.load(.leadMissing(LeadID(1), into: Sample.leads[1]))
    #expect(
      session.took().contains(
        .saveDraft(.reply(LeadID(1)), text: "We", seen: "", now: true)
      ),
      "the store puts it into the draft of the lead that remains"
    )
    session.type(" Ae are open]")
    #expect(!session.took().contains(where: isAct))
    #expect(session.text.contains("was merged"))
    session.type("<Enter>")
    #expect(session.state.opened?.id == LeadID(2))
    #expect(session.state.isTyping)
    #expect(session.took().contains(.loadDraft(.reply(LeadID(2)))))
  }

  @Test func whoIsErasedWhileOneWritesLeavesNoKeysToOthers() {
    var session = Session.desk()
    session.openFirst()
    session.type("rWe")
    var page = Sample.thread()
    page.isErased = true
    session.load(.thread(page))
    _ = session.took()
    session.type(" Ae]")
    #expect(!session.took().contains(where: isAct))
    #expect(session.text.contains("was erased"))
    session.type("<Enter>")
    #expect(session.state.focus == .inbox)
  }

  @Test func whoOnlyReadsIsToldWhereTheLeadWent() {
    var session = Session.desk()
    session.openFirst()
    session.load(.leadMissing(LeadID(1), into: Sample.leads[1]))
    #expect(session.text.contains("is one lead with"))
    #expect(session.state.overlays.isEmpty)
  }

  /// The list without the lead under the cursor, as when somebody else has taken it.
  private func withoutFirst() -> InboxPage {
    var rows = Sample.page().rows
    rows.removeAll { $0.id == LeadID(1) }
    return Sample.page(rows)
  }

  @Test func aSavedReplyGoesToWhomItsTitleNames() {
    var session = Session.desk()
    session.type("t")
    #expect(session.text.contains("Saved replies to"))
    session.load(.inbox(withoutFirst()))
    session.type("1")
    #expect(session.state.opened?.id == LeadID(1))
    #expect(session.state.opened?.composer.isEmpty == false)
  }

  @Test(arguments: [("note Called", "1"), ("stage Contacted", "1")])
  func aLineOfThePaletteIsAboutWhomItWasOpenedFor(line: String, lead: String) {
    var session = Session.desk()
    session.type(":" + line)
    session.load(.inbox(withoutFirst()))
    #expect(session.state.inbox.cursor != LeadID(1))
    session.type("<Enter>")
    let acts = session.took().filter(isAct)
    #expect(acts.count == 1)
    switch acts.first {
    case .addNote(let id, _), .setStage(let id, _, _): #expect(id == LeadID(1))
    default: Issue.record("\(acts)")
    }
  }

  @Test func undoingTypingStopsAtTheLeadBeingWrittenTo() {
    var session = Session.desk()
    session.openFirst()
    session.type("rfirst answer<Enter><C-n>abc<C-_><C-_>")
    #expect(session.state.opened?.id != LeadID(1))
    #expect(session.text.contains("Nothing more to undo here"))
    session.type("def")
    #expect(session.state.opened?.composer.text.text == "def")
  }

  @Test func marksEndWithTheirList() {
    var session = Session.desk()
    session.type("<Space>f")
    session.type("2")
    #expect(session.state.marks.isEmpty)
    #expect(session.text.contains("The marks are gone with their list: 1 lead"))
  }

  @Test func marksThatASearchDoesNotShowAreCounted() {
    var session = Session.desk()
    session.type("<Space><Space>/sa")
    for text in ["s", "sa"] {
      var page = Sample.page([Sample.leads[1]])
      page.query.search = text
      session.load(.inbox(page))
    }
    #expect(session.text.contains("◆ 2, 1 hidden"))
  }

  @Test(arguments: ["c", "a", "s"])
  func anAltKeyOverAQuestionChangesNothing(key: String) {
    var session = Session.desk()
    session.type(key + "Pre")
    _ = session.took()
    for letter in ["<A-e>", "<A-A>", "<A-s>"] { session.type(letter) }
    #expect(!session.took().contains(where: isAct))
    #expect(!session.state.overlays.isEmpty)
  }

  @Test func whatWasSaidOfTheTextEndsWithTheWriting() {
    var session = Session.desk()
    session.openFirst()
    session.type("rwords<C-c>")
    #expect(session.text.contains("Ctrl-_ brings it back"))
    session.type("<Esc>")
    #expect(!session.text.contains("brings it back"))
  }

  @Test func theTerminalsKeysWorkOverAQuestionToo() {
    var session = Session.desk()
    session.type("cknee<C-z><C-l>")
    #expect(session.took().suffix(2) == [.suspend, .redraw])
    #expect(session.text.contains("knee"))
  }

  @Test func aPasteOpensNobody() {
    var session = Session.desk()
    session.type("2")
    session.send(.terminal(.paste("hello")))
    #expect(session.state.opened == nil)
    #expect(session.text.contains("Paste goes into a reply"))
  }
}
