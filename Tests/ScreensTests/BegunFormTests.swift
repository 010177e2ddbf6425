// Answers that were being typed when the line was lost stand there again; those that were given or dropped
// don't.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct BegunFormTests {
  /// What was last kept of the first lead's forms; nil when nothing was.
  private static func kept(_ session: inout Session) -> String? {
    session.took().reversed().lazy
      .compactMap { effect in
        if case .saveDraft(.form(LeadID(1)), let text, _, _) = effect { text } else { nil }
      }
      .first
  }

  private static func open() -> Session {
    var session = Session.desk()
    session.openFirst()
    session.load(.draft(.reply(LeadID(1)), text: "See you"))
    return session
  }

  /// Keys that open a form of the first lead, and what is typed there.
  static let forms = [
    ("slost<Enter>", "moved to Ulm"), ("r<C-x>l", "tue 7:1"), ("r<C-x>a", "/tmp/pri"),
  ]

  @Test(arguments: forms)
  func whatIsTypedOutlivesTheSession(keys: String, answer: String) throws {
    var session = Self.open()
    session.type(keys)
    #expect(session.took().contains(.loadDraft(.form(LeadID(1)))))
    session.type(answer)
    let kept = try #require(Self.kept(&session))
    var next = Self.open()
    next.type(keys)
    next.load(.draft(.form(LeadID(1)), text: kept))
    #expect(next.text.contains(answer))
    #expect(next.text.contains("What you had begun stands here again"))
    next.type("<Esc>")
    #expect(Self.kept(&next) == "")
    next.type(keys)
    next.load(.draft(.form(LeadID(1)), text: ""))
    #expect(!next.text.contains(answer))
  }

  @Test func aPastedAnswerIsKeptToo() throws {
    var session = Self.open()
    session.type("slost<Enter>")
    session.send(.terminal(.paste("too \"far\"\nfor them")))
    let kept = try #require(Self.kept(&session))
    #expect(BegunForms(kept: kept)["lost"] == ["answer": "too \"far\" for them"])
  }

  @Test func anAnswerThatIsGivenIsForgotten() {
    var session = Self.open()
    session.type("slost<Enter>moved<Enter>")
    #expect(Self.kept(&session) == "")
  }

  @Test func eachFormHasItsOwn() throws {
    var session = Self.open()
    session.type("slost<Enter>")
    session.load(.draft(.form(LeadID(1)), text: #"{"later":{"answer":"fri 9"}}"#))
    #expect(!session.text.contains("stands here again"))
    session.type("far")
    let kept = BegunForms(kept: try #require(Self.kept(&session)))
    #expect(kept["later"] == ["answer": "fri 9"] && kept["lost"] == ["answer": "far"])
    session.type("<Enter>")
    let left = BegunForms(kept: try #require(Self.kept(&session)))
    #expect(left["later"] != nil && left["lost"] == nil)
  }

  @Test func whatIsTypedBeforeTheStoreAnswersStands() throws {
    var session = Self.open()
    session.type("slost<Enter>far")
    session.load(.draft(.form(LeadID(1)), text: #"{"lost":{"answer":"Berlin"}}"#))
    #expect(session.text.contains("far") && !session.text.contains("Berlin"))
    session.type("!")
    #expect(try #require(Self.kept(&session)) == #"{"lost":{"answer":"far!"}}"#)
  }

  @Test func whatWasAnsweredElsewhereIsNotAskedAgain() {
    var session = Self.open()
    session.type("slost<Enter>")
    session.load(.draft(.form(LeadID(1)), text: #"{"later":{"answer":"tue 7"}}"#))
    session.type("<Esc>r<C-x>l")
    session.load(.draft(.form(LeadID(1)), text: ""))
    #expect(!session.text.contains("tue 7"))
  }

  @Test func aTemplatesGapsOutliveTheSession() throws {
    func begin() -> Session {
      var session = Session.desk()
      session.load(.gym(OutboundScreenTests.book))
      session.openFirst()
      session.load(.thread(Sample.thread(closedReason: "More than 24 h since their last message")))
      session.type("r<Enter>")
      return session
    }
    var session = begin()
    session.type("<Tab>Thursday at ")
    let kept = try #require(Self.kept(&session))
    var next = begin()
    next.load(.draft(.form(LeadID(1)), text: kept))
    #expect(next.text.contains("Thursday at"))
    next.type("<Esc>")
    #expect(next.text.contains("Esc again drops"))
    #expect(Self.kept(&next) == nil)
    next.type("<Esc>")
    #expect(Self.kept(&next) == "")
  }

  /// As a merge joins what was begun at two leads, and what another version may have left.
  @Test(arguments: ["", "nonsense", "[1]", "{\"lost\": 3}", "{\"lost\": {\"answer\": [1]}}\n\n{"])
  func whatIsNotOursHarmsNothing(kept: String) {
    var session = Self.open()
    session.type("slost<Enter>")
    session.load(.draft(.form(LeadID(1)), text: kept))
    #expect(session.text.contains("why?"))
    #expect(!session.text.contains("nonsense"))
  }

  @Test func ofTwoLinesTheLaterCounts() {
    let forms = BegunForms(kept: "{\"lost\":{\"answer\":\"a\"}}\n{\"lost\":{\"answer\":\"b\"}}")
    #expect(forms["lost"] == ["answer": "b"])
  }
}
