// Sessions around who a lead is: two leads of one person, a stop word, forgetting somebody.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct PeopleTests {
  private let twin = LeadID(900)

  private func lead() -> Session {
    var session = Session.desk(columns: 160, rows: 44)
    session.openFirst()
    var detail = session.state.opened?.detail
    detail?.twins = [PossibleTwin(lead: twin, name: "Dr. Okafor", reason: "phone 4915112345678")]
    detail?.consents[.whatsapp] = Consent([
      .init(category: .all, decision: .optedOut, at: Sample.ago(minutes: 5), source: .word)
    ])
    if let detail { session.load(.lead(detail)) }
    _ = session.took()
    return session
  }

  @Test func thePaneSaysWhoItMayBeAndWhatTheyWant() {
    let text = lead().text
    #expect(text.contains("Perhaps the same person") && text.contains("Dr. Okafor"))
    #expect(text.contains("⊘ WhatsApp: wants no messages"))
  }

  @Test func theOtherLeadBecomesPartOfThisOne() throws {
    var session = lead()
    let here = try #require(session.state.opened?.id)
    session.type("=1")
    #expect(session.took() == [.merge(twin, into: here)])
    session.type("=2")
    #expect(session.took() == [.tellApart(here, twin)])
  }

  @Test func anyLeadOfTheListCanBeTheSamePerson() throws {
    var session = lead()
    let here = try #require(session.state.opened?.id)
    let other = try #require(session.state.inbox.rows.last { $0.id != here })
    session.type("=" + session.state.leadName(other) + "<Enter>")
    #expect(session.took() == [.merge(other.id, into: here)])
  }

  @Test func erasingWantsTheNumberTyped() throws {
    var session = lead()
    let here = try #require(session.state.opened?.id)
    session.type(":erase<Enter>")
    #expect(session.took().contains(.sizeErasure(here)))
    session.load(.toErase(ErasureSize(lead: here, messages: 14, notes: 1, files: 0)))
    #expect(session.text.contains("14 messages, 1 note, 0 files"))
    session.type("yes<Enter>")
    #expect(!session.took().contains(.erase(here)))
    #expect(session.text.contains("Type 14"))
    session.type("<C-u>14<Enter>")
    #expect(session.took() == [.erase(here)])
    #expect(session.state.overlays.isEmpty)
  }
}
