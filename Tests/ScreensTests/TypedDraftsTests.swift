// Drafts between the keys and the store: nothing that the screen has not seen is replaced.
import Model
import Screens
import Testing

@Suite struct TypedDraftsTests {
  private let key = DraftKey.reply(LeadID(1))
  private var drafts = TypedDrafts()

  private mutating func stored() -> String? { drafts.take()[key]?.text }

  @Test mutating func whatIsTypedBeforeTheDraftIsReadGoesBelowIt() throws {
    _ = drafts.startReading(key)
    drafts.keep(.init("new"), for: key)
    #expect(stored() == nil, "it waits")
    drafts.read(key, stored: "old")
    drafts.release(key)
    let draft = try #require(drafts.take()[key])
    #expect(draft.text == "old\nnew")
    #expect(drafts.known(draft, for: key) == ["old"], "which it replaces")
    drafts.keep(.init("old\nnew one"), for: key)
    #expect(stored() == "old\nnew one")
    drafts.keep(.init(""), for: key)
    #expect(stored() == "", "the screen has had it, and it was deleted there")
  }

  @Test mutating func anUntouchedDraftStays() {
    _ = drafts.startReading(key)
    drafts.keep(.init(""), for: key)
    drafts.read(key, stored: "old")
    drafts.release(key)
    #expect(stored() == nil)
  }

  @Test mutating func aTextThatTheScreenHasNotSeenIsNotKnown() throws {
    _ = drafts.startReading(key)
    drafts.read(key, stored: "old")
    drafts.release(key)
    drafts.keep(.init("typed before the answer came"), for: key)
    let draft = try #require(drafts.take()[key])
    #expect(drafts.known(draft, for: key).isEmpty)
  }

  @Test mutating func whatAnotherTerminalWroteStaysAboveUntilTheScreenHasIt() throws {
    drafts.keep(.init("mine"), for: key)
    drafts.stored(try #require(drafts.take()[key]), below: "theirs", for: key)
    drafts.keep(.init("mine too"), for: key)
    let draft = try #require(drafts.take()[key])
    #expect(draft.text == "theirs\nmine too", "the screen has not heard of it yet")
    #expect(drafts.known(draft, for: key) == ["theirs\nmine"])
    drafts.keep(.init("theirs\nmine"), for: key)
    #expect(stored() == "theirs\nmine")
    drafts.keep(.init("mine"), for: key)
    #expect(stored() == "mine", "deleted where it was seen")
  }

  @Test mutating func aRefusedReplyStaysAboveWhatIsTyped() {
    drafts.keep(.init("Hello"), for: key)
    drafts.startSending(key)
    #expect(stored() == nil, "it is a message now")
    drafts.giveBack("Hello", to: key)
    #expect(stored() == nil, "the sending is not over")
    drafts.release(key)
    #expect(stored() == "Hello")
    drafts.keep(.init("more"), for: key)
    #expect(stored() == "Hello\nmore", "the screen has not heard of it yet")
    drafts.keep(.init("Hello\nmor"), for: key)
    #expect(stored() == "Hello\nmor")
    drafts.keep(.init("mor"), for: key)
    #expect(stored() == "mor")
  }

  @Test mutating func whatIsTypedBehindAReplyWaitsUntilItIsSent() {
    drafts.keep(.init("Hello"), for: key)
    drafts.startSending(key)
    drafts.keep(.init("And one more"), for: key)
    #expect(stored() == nil, "or the sending would take it for the text that is sent")
    #expect(drafts.isAhead(key))
    drafts.release(key)
    #expect(stored() == "And one more")
    #expect(!drafts.isAhead(key))
  }

  @Test mutating func whatWasTypedBeforeIsStoredBeforeReading() {
    drafts.keep(.init("kept"), for: key)
    #expect(drafts.startReading(key) == .init("kept"))
    drafts.read(key, stored: "kept")
    drafts.release(key)
    #expect(stored() == nil)
  }

  @Test mutating func aNoteIsNoReply() {
    drafts.keep(.init("for us"), for: .note(LeadID(1)))
    drafts.keep(.init("for you"), for: key)
    drafts.startSending(key)
    let ready = drafts.take()
    #expect(ready.mapValues(\.text) == [.note(LeadID(1)): "for us"])
  }
}
