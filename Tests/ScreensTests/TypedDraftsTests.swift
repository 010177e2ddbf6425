// Drafts between the keys and the store: nothing that the screen has not seen is replaced.
import Model
import Screens
import Testing

@Suite struct TypedDraftsTests {
  private let lead = LeadID(1)
  private var drafts = TypedDrafts()

  private mutating func stored() -> String? { drafts.take()[lead]?.text }

  @Test mutating func whatIsTypedBeforeTheDraftIsReadGoesBelowIt() {
    _ = drafts.startReading(lead)
    drafts.keep(.init("new"), for: lead)
    #expect(stored() == nil, "it waits")
    drafts.read(lead, stored: "old")
    #expect(stored() == "old\nnew")
    drafts.keep(.init("old\nnew one"), for: lead)
    #expect(stored() == "old\nnew one")
    drafts.keep(.init(""), for: lead)
    #expect(stored() == "", "the screen has had it, and it was deleted there")
  }

  @Test mutating func anUntouchedDraftStays() {
    _ = drafts.startReading(lead)
    drafts.keep(.init(""), for: lead)
    drafts.read(lead, stored: "old")
    #expect(stored() == nil)
  }

  @Test mutating func aRefusedReplyStaysAboveWhatIsTyped() {
    drafts.keep(.init("Hello"), for: lead)
    drafts.send(lead)
    #expect(stored() == nil, "it is a message now")
    drafts.giveBack("Hello", to: lead)
    #expect(stored() == "Hello")
    drafts.keep(.init("more"), for: lead)
    #expect(stored() == "Hello\nmore", "the screen has not heard of it yet")
    drafts.keep(.init("Hello\nmor"), for: lead)
    #expect(stored() == "Hello\nmor")
    drafts.keep(.init("mor"), for: lead)
    #expect(stored() == "mor")
  }

  @Test mutating func whatWasTypedBeforeIsStoredBeforeReading() {
    drafts.keep(.init("kept"), for: lead)
    #expect(drafts.startReading(lead) == .init("kept"))
    drafts.read(lead, stored: "kept")
    #expect(stored() == nil)
  }
}
