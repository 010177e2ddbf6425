// What is typed and not sent, on the screen: kept, brought back, met in another terminal.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct DraftTests {
  @Test func draftsAreKeptAsTyped() {
    var session = Session.desk()
    session.openFirst()
    _ = session.took()
    session.type("rab")
    #expect(
      session.took() == [
        .saveDraft(.reply(LeadID(1)), text: "a", seen: nil, now: false),
        .saveDraft(.reply(LeadID(1)), text: "ab", seen: nil, now: false),
      ]
    )
    session.type("<Esc>")
    #expect(session.took() == [.saveDraft(.reply(LeadID(1)), text: "ab", seen: nil, now: true)])
    #expect(session.text.contains("✎ Draft: ab"))
    session.type("<Esc>j<Enter>")
    session.load(.draft(.reply(LeadID(2)), text: "from yesterday"))
    #expect(session.text.contains("✎ Draft: from yesterday"))
  }

  @Test func suspendingKeepsWhatIsTypedAndTheComposerOpen() {
    var session = Session.desk()
    session.openFirst()
    session.type("rHello<C-Z>")
    let effects = session.took()
    #expect(effects.contains(.saveDraft(.reply(LeadID(1)), text: "Hello", seen: nil, now: true)))
    #expect(effects.last == .suspend)
    session.type(" there")
    #expect(session.state.opened?.composer.text.text == "Hello there")
  }

  @Test func aDraftThatComesWhileTypingIsNotLost() {
    var session = Session.desk()
    session.type("rnew words")
    session.load(.draft(.reply(LeadID(1)), text: "from yesterday"))
    #expect(session.state.opened?.composer.text.text == "from yesterday\nnew words")
  }

  @Test func aDraftThatBeginsLikeWhatIsTypedIsNotLost() {
    var session = Session.desk()
    session.type("rSee")
    session.load(.draft(.reply(LeadID(1)), text: "See you at six"))
    #expect(session.state.opened?.composer.text.text == "See you at six\nSee")
    #expect(
      session.took().last
        == .saveDraft(
          .reply(LeadID(1)),
          text: "See you at six\nSee",
          seen: "See you at six",
          now: true
        )
    )
  }

  @Test(arguments: ["<Esc>", "<C-c>"])
  func aNoteThatIsLeftStandsThereAgain(key: String) {
    let note = DraftKey.note(LeadID(1))
    var session = Session.desk(columns: 160)
    session.openFirst()
    _ = session.took()
    session.type("c")
    #expect(session.took() == [.loadDraft(note)])
    session.load(.draft(note, text: ""))
    session.type("eve")
    #expect(session.took().last == .saveDraft(note, text: "eve", seen: "", now: false))
    session.type(key)
    #expect(session.took() == [.saveDraft(note, text: "eve", seen: "", now: true)])
    #expect(session.text.contains("The note is kept: c goes on with it"))
    #expect(session.text.contains("✎ Begun: eve"))
    session.type("c")
    session.load(.draft(note, text: "eve"))
    _ = session.took()
    session.type("nings<Enter>")
    #expect(session.took().last == .addNote(LeadID(1), text: "evenings"))
    #expect(!session.text.contains("✎ Begun"))
  }

  @Test func aNoteThatWasBegunStandsAboveWhatIsTypedAlready() {
    var session = Session.desk(columns: 160)
    session.type("cnew")
    session.load(.draft(.note(LeadID(2)), text: "of somebody else"))
    session.load(.draft(.reply(LeadID(1)), text: "a reply"))
    session.load(.draft(.note(LeadID(1)), text: "begun"))
    _ = session.took()
    session.send(.terminal(.paste(" and pasted")))
    let note = AppEffect.saveDraft(
      .note(LeadID(1)),
      text: "begun\nnew and pasted",
      seen: "begun",
      now: false
    )
    #expect(session.took() == [note])
    // Another terminal of the same person has typed a note there meanwhile.
    session.load(.draftMet(.note(LeadID(1)), text: "elsewhere"))
    session.load(.draftMet(.note(LeadID(1)), text: "elsewhere"))
    session.type("<Enter>")
    #expect(
      session.took().last
        == .addNote(LeadID(1), text: "elsewhere\nbegun\nnew and pasted")
    )
  }

  @Test func anotherSessionsDraftComesAlong() {
    var session = Session.desk()
    session.openFirst()
    session.load(.draft(.reply(LeadID(1)), text: "half"))
    session.load(.company(Company(lead: LeadID(1), draft: "half a thought", others: [])))
    #expect(session.state.opened?.composer.text.text == "half a thought")
    // Also into the open composer, as long as nothing was typed here since.
    session.type("r")
    session.load(.company(Company(lead: LeadID(1), draft: "half a thought more", others: [])))
    #expect(session.state.opened?.composer.text.text == "half a thought more")
    session.load(.company(Company(lead: LeadID(1), draft: nil, others: [])))
    #expect(session.state.opened?.composer.text.text == "half a thought more")
    _ = session.took()
    session.type("!")
    #expect(
      session.took().last
        == .saveDraft(
          .reply(LeadID(1)),
          text: "half a thought more!",
          seen: "half a thought more",
          now: false
        )
    )
  }

  @Test func whatIsTypedWhileTheStoreAnswersStands() {
    var session = Session.desk()
    session.openFirst()
    session.load(.draft(.reply(LeadID(1)), text: ""))
    session.load(.company(Company(lead: LeadID(1), draft: "", others: [])))
    session.send(.draftsChanged)
    session.type("rhere")
    _ = session.took()
    session.load(.company(Company(lead: LeadID(1), draft: "elsewhere", others: [])))
    #expect(session.state.opened?.composer.text.text == "here")
    #expect(session.took() == [.loadCompany(LeadID(1))])
    session.load(.draftMet(.reply(LeadID(1)), text: "elsewhere"))
    #expect(session.state.opened?.composer.text.text == "elsewhere\nhere")
    #expect(session.text.contains("What you wrote in another terminal stands above"))
  }

  @Test func whatWasSentInAnotherTerminalCanNotBeSentAgain() {
    var session = Session.desk()
    session.openFirst()
    session.load(.draft(.reply(LeadID(1)), text: "See you"))
    session.load(.company(Company(lead: LeadID(1), draft: "See you", others: [])))
    session.type("r")
    session.load(.company(Company(lead: LeadID(1), draft: "", others: [])))
    #expect(session.text.contains("Sent or cleared in another terminal of yours"))
    _ = session.took()
    session.type("<Enter>")
    #expect(!session.took().contains { if case .reply = $0 { true } else { false } })
    session.type("<C-_>")
    #expect(session.state.opened?.composer.text.text == "See you")
  }

  private static func begun(_ session: inout Session) -> String? {
    session.took().reversed().lazy
      .compactMap { effect in
        if case .keep(let choice) = effect, choice.key == .begunTemplates {
          choice.value
        } else {
          nil
        }
      }
      .first
  }

  @Test func aTemplateThatIsBegunOutlivesTheSession() throws {
    var session = Session.desk()
    session.type("gtnPark<Tab>Behind the house")
    session.send(.terminal(.paste(", \"left\"")))
    let kept = try #require(Self.begun(&session))
    var next = Session.desk()
    next.load(.preferences(["begun_templates": kept]))
    next.type("gtn")
    #expect(next.text.contains("Behind the house, \"left\""))
    #expect(next.text.contains("What you had begun stands here again"))
    // Dropping it takes a second Esc, as before; then it is gone for good.
    next.type("<Esc>")
    #expect(next.text.contains("Esc again drops what is typed"))
    next.type("<Esc>")
    #expect(Self.begun(&next) == "")
    next.type("n")
    #expect(!next.text.contains("Behind the house"))
  }

  @Test func aSavedTemplateIsNoLongerBegun() {
    var session = Session.desk()
    session.type("gtnPark<Tab>Behind the house<Enter>")
    session.load(.templateRefused(reason: "the name is taken"))
    #expect(Self.begun(&session)?.isEmpty == false)
    session.type("<Enter>")
    session.load(.templateSaved(note: "Saved reply “Park” added", isReversible: true))
    #expect(Self.begun(&session) == "")
  }

  @Test(arguments: [
    "", "nonsense", "[1]", "{\"reply new\": 3}", "{\"reply new\": {\"name\": [1]}}",
  ])
  func choicesOfAnotherVersionHarmNothing(kept: String) {
    var session = Session.desk()
    session.load(.preferences(["begun_templates": kept]))
    session.type("gtn")
    #expect(session.text.contains("New saved reply"))
    #expect(!session.text.contains("stands here again"))
  }
}
