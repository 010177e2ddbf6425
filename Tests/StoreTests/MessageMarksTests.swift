// Reactions, edits and deletions end the same in whatever order they come, and a deletion leaves no words.
import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite(.ownThreads) struct MessageMarksTests {
  let fixture: TemporaryStore
  var start: Timestamp { TemporaryStore.start }
  var store: LeadStore { fixture.store }

  init() throws { fixture = try TemporaryStore() }

  private func mark(
    _ kind: MessageKind,
    _ text: String,
    id: String,
    about target: String = "m1",
    at time: Int64,
    isEcho: Bool = false
  ) -> InboundEvent {
    .whatsApp(
      InboundMessage(
        providerID: id,
        person: [Identity(kind: .phone, value: "4915112345678")],
        profileName: nil,
        kind: kind,
        text: text,
        providerAt: start + time,
        isEcho: isEcho,
        replyTo: target
      )
    )
  }

  private func reaction(
    _ emoji: String?,
    id: String,
    about target: String = "m1",
    at time: Int64
  ) -> InboundEvent {
    .onWhatsApp(
      .reaction(
        InboundReaction(
          providerID: id,
          target: target,
          person: [Identity(kind: .phone, value: "4915112345678")],
          profileName: nil,
          emoji: emoji,
          at: start + time
        )
      )
    )
  }

  private func messages() throws -> [Message] { try fixture.messages(try fixture.lead().id) }

  @Test func aReactionStandsOnItsBubbleAndAsksForAnAnswer() throws {
    try fixture.deliver(.whatsApp("Is Friday full?", id: "m1", at: start))
    let lead = try fixture.lead().id
    fixture.clock.advance(1000)
    let ours = try store.enqueue(lead, kind: .text, text: "Friday 2 pm?", undo: 0, by: .system)
    _ = try store.claim()
    try store.finish(ours, .accepted(providerID: "out1"))
    #expect(try fixture.lead().waitingSince == nil)
    try fixture.deliver(reaction("👍", id: "r1", about: "out1", at: 60_000))
    #expect(try messages().map(\.text) == ["Is Friday full?", "Friday 2 pm?"])
    #expect(try messages().last?.reactions == [Reaction(from: "customer", emoji: "👍")])
    let summary = try fixture.lead(viewer: fixture.anna)
    #expect(summary.waitingSince == start + 60_000)
    #expect(summary.preview == "👍")
    #expect(summary.unread == 1, "the question was answered, the reaction not")
    let detail = try #require(try store.lead(lead, scope: .everything))
    #expect(detail.threads.first?.lastInboundAt == start + 60_000, "it opens the reply window")

    try fixture.deliver(reaction(nil, id: "r2", about: "out1", at: 70_000))
    #expect(try messages().last?.reactions == [])
    #expect(try fixture.lead().waitingSince == nil, "taken back before anybody answered")
    #expect(try fixture.lead().preview == "Friday 2 pm?")
    try fixture.deliver(reaction("❤️", id: "r3", about: "out1", at: 80_000))
    #expect(try messages().last?.reactions == [Reaction(from: "customer", emoji: "❤️")])
    #expect(try fixture.lead().waitingSince == start + 80_000)
  }

  @Test func ourReactionStandsOnItsBubbleOnceItIsTaken() throws {
    try fixture.deliver(.whatsApp("See you at six!", id: "m1", at: start))
    let lead = try fixture.lead().id
    func react(_ emoji: String?) throws -> MessageID {
      fixture.clock.advance(1000)
      let message = OutboundMessage(.reaction(emoji: emoji), text: emoji ?? "", replyTo: "m1")
      return try store.enqueue(lead, message, undo: 0, by: Actor(user: fixture.anna.id))
    }
    let first = try react("👍")
    #expect(try messages().map(\.kind) == [.text, .reaction], "until then it can be called back")
    _ = try store.claim()
    try store.finish(first, .accepted(providerID: "out1"))
    #expect(try messages().map(\.kind) == [.text])
    #expect(try messages().first?.reactions.map(\.emoji) == ["👍"])
    #expect(try fixture.lead().preview == "👍")

    // One that fails afterwards is a line again, and the one before it stands.
    let second = try react("🔥")
    _ = try store.claim()
    try store.finish(second, .accepted(providerID: "out2"))
    #expect(try messages().first?.reactions.map(\.emoji) == ["🔥"])
    let failure = MessageFailure(code: 131_026, title: "no")
    try fixture.deliver(.receipt(.failed, of: "out2", at: start + 9000, failure: failure))
    #expect(try messages().map(\.kind) == [.text, .reaction])
    #expect(try messages().first?.reactions.map(\.emoji) == ["👍"])

    let third = try react(nil)
    _ = try store.claim()
    try store.finish(third, .accepted(providerID: "out3"))
    #expect(try messages().first?.reactions == [])
  }

  @Test func aReactionToAMessageNeverSeenIsALine() throws {
    try fixture.deliver(reaction("👍", id: "r1", about: "unknown", at: 0))
    let line = try #require(try messages().first)
    #expect(line.kind == .reaction)
    #expect(line.text == "👍")
    #expect(line.replyTo == "unknown")
    #expect(line.quote == nil)
    try fixture.deliver(.whatsApp("late", id: "unknown", at: start - 1000))
    #expect(try messages().map(\.text) == ["late"])
    #expect(try messages().first?.reactions == [Reaction(from: "customer", emoji: "👍")])
  }

  @Test func anyOrderEndsTheSame() throws {
    let message = InboundEvent.whatsApp("at 5", id: "m1", at: start)
    let events = [
      message, mark(.edit, "at 6", id: "e1", at: 2000), mark(.edit, "at 7", id: "e2", at: 3000),
      reaction("👍", id: "r1", at: 4000), reaction("🎉", id: "r2", at: 5000),
    ]
    for order in permutations(events) {
      let test = try MessageMarksTests()
      for event in order { try test.fixture.deliver(event) }
      let messages = try test.messages()
      #expect(messages.map(\.text) == ["at 7"])
      #expect(messages.first?.firstText == "at 5")
      #expect(messages.first?.editedAt == start + 3000)
      #expect(messages.first?.reactions == [Reaction(from: "customer", emoji: "🎉")])
      let lead = try test.fixture.lead()
      #expect(lead.preview == "🎉")
      #expect(lead.waitingSince == start)
    }
  }

  @Test func aDeletionLeavesNoWords() throws {
    let secret = "my card is 4111"
    let events = [
      InboundEvent.whatsApp(secret, id: "m1", at: start),
      mark(.edit, secret + " 1111", id: "e1", at: 1000),
      mark(.revoke, "[deleted a message]", id: "d1", at: 2000),
    ]
    for order in permutations(events) {
      let test = try MessageMarksTests()
      for event in order { try test.deliverWithBody(event, words: secret) }
      // The provider repeats them after all was deleted.
      for event in events { try test.deliverWithBody(event, words: secret) }
      let messages = try test.messages()
      #expect(messages.map(\.text) == [""])
      #expect(messages.first?.deletedAt == start + 2000)
      #expect(messages.first?.firstText == nil)
      #expect(try test.rowsWith("4111") == 0, "\(order.map(\.fact))")
      #expect(try test.fixture.lead().waitingSince == nil)
      #expect(try test.fixture.lead().preview == "[deleted]")
    }
  }

  @Test(arguments: [[0, 1], [1, 0]])
  func aDeletionTakesTheFilesToo(order: [Int]) throws {
    func photo(_ id: String) -> InboundEvent {
      .whatsApp(
        InboundMessage(
          providerID: id,
          person: [Identity(kind: .phone, value: "4915112345678")],
          profileName: nil,
          kind: .image,
          text: "[photo]",
          providerAt: start,
          media: [InboundMedia(kind: .image, providerID: "f-" + id, name: "me.jpg")]
        )
      )
    }
    let events = [photo("m1"), mark(.revoke, "", id: "d1", at: 2000)]
    try fixture.deliver(events[order[0]])
    let file = StoredFile(
      path: "aa.jpg",
      sha256: "aa",
      bytes: 3,
      type: MediaType(mime: "image/jpeg", fileExtension: "jpg")
    )
    // Fetched before it is taken back, as another's of the same content is.
    try fixture.deliver(photo("m2"))
    for wanted in try store.wantedMedia(limit: 9) where wanted.providerID != "f-m2" || order[0] == 0
    {
      #expect(try store.keepMedia(wanted.id, file))
    }
    try fixture.deliver(events[order[1]])
    let taken = try #require(try messages().first { $0.deletedAt != nil })
    #expect(taken.media.isEmpty)
    #expect(try !store.wantedMedia(limit: 9).contains { $0.providerID == "f-m1" })
    try FileManager.default.createDirectory(
      atPath: store.media.path,
      withIntermediateDirectories: true
    )
    for name in ["aa.jpg", "bb.jpg"] {
      try Data([1]).write(to: URL(fileURLWithPath: store.media.fullPath(name)))
    }
    try store.pool.write { try $0.execute(sql: "INSERT INTO dropped_file VALUES ('bb.jpg')") }
    try store.removeDroppedFiles()
    let left = try FileManager.default.contentsOfDirectory(atPath: store.media.path)
    #expect(left.contains("aa.jpg") && !left.contains("bb.jpg"), "another message has it still")
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM dropped_file") } == 0)
  }

  @Test func aDeletionOfAMessageNeverSeenBlanksItsEdits() throws {
    for order in [[0, 1], [1, 0]] {
      let test = try MessageMarksTests()
      let events = [
        mark(.edit, "call 4111", id: "e1", about: "gone", at: 1000),
        mark(.revoke, "[deleted a message]", id: "d1", about: "gone", at: 2000),
      ]
      for index in order { try test.deliverWithBody(events[index], words: "call 4111") }
      #expect(try test.messages().count == 2)
      #expect(try test.rowsWith("4111") == 0)
    }
  }

  @Test func whatOthersSaidInTheSameBatchStays() throws {
    let body = Self.body([("m1", "my secret", "491511"), ("m2", "hello there", "491522")])
    let row = try keep(body)
    _ = try store.apply([
      fixture.decoded(
        row,
        [
          .whatsApp("my secret", from: "491511", id: "m1", at: start),
          .whatsApp("hello there", from: "491522", id: "m2", at: start),
        ]
      )
    ])
    let before = try #require(try store.event(row))
    try fixture.deliver(mark(.revoke, "[deleted a message]", id: "d1", at: 1000))
    let after = try #require(try store.event(row))
    let text = String(decoding: after.raw.body, as: UTF8.self)
    #expect(!text.contains("my secret"))
    #expect(text.contains("hello there"))
    #expect(text.contains("\"m1\""), "its id stays as a tombstone")
    #expect(after.raw.sha256 == before.raw.sha256)
    #expect(after.raw.receivedAt == before.raw.receivedAt)
  }

  @Test func ourOwnDeletionTouchesOnlyOurs() throws {
    try fixture.deliver(.whatsApp("theirs", id: "m1", at: start))
    try fixture.deliver(mark(.revoke, "[deleted a message]", id: "d1", at: 1000, isEcho: true))
    #expect(try messages().first?.text == "theirs")
    #expect(try fixture.lead().waitingSince == start, "a deletion of ours is no answer")
  }

  @Test func aQuoteShowsWhatItAnswers() throws {
    try fixture.deliver(.whatsApp("which one?", id: "m1", at: start))
    var answer = InboundMessage(
      providerID: "m2",
      person: [Identity(kind: .phone, value: "4915112345678")],
      profileName: nil,
      kind: .text,
      text: "that",
      providerAt: start + 1000,
      replyTo: "m1"
    )
    try fixture.deliver(.whatsApp(answer))
    #expect(try messages().last?.quote == Quote(direction: .inbound, text: "which one?"))
    answer.providerID = "m3"
    answer.replyTo = "never seen"
    try fixture.deliver(.whatsApp(answer))
    #expect(try messages().last?.quote == nil)
    #expect(try messages().last?.replyTo == "never seen")
  }

  // MARK: - What the journal holds

  private static func body(_ messages: [(id: String, text: String, from: String)]) -> String {
    let list = messages.map {
      #"{"id":"\#($0.id)","from":"\#($0.from)","timestamp":"1772452800","type":"text","#
        + #""text":{"body":"\#($0.text)"}}"#
    }
    let contacts = messages.map {
      #"{"wa_id":"\#($0.from)","profile":{"name":"Name of \#($0.from)"}}"#
    }
    return
      #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"value":{"contacts":["#
      + contacts.joined(separator: ",") + #"],"messages":["# + list.joined(separator: ",")
      + "]}}]}]}"
  }

  private func keep(_ body: String) throws -> Int64 {
    let seq = Int64(try store.pendingEvents(limit: 10_000).count) + 1000 + Int64(body.utf8.count)
    _ = try store.keep(
      [.sample(seq: seq, receivedAt: fixture.clock.now, body: body)],
      cursor: FeedCursor(log: "bodies", after: seq)
    )
    return try #require(try store.pendingEvents(limit: 10_000).last).id
  }

  /// Applies one event under a webhook that holds its words.
  private func deliverWithBody(_ event: InboundEvent, words: String) throws {
    guard case .message(let message) = event.fact else { return }
    let said =
      message.kind == .edit
      ? #"{"id":"\#(message.providerID)","edit":{"original_message_id":"\#(message.replyTo ?? "")","#
        + #""message":{"text":{"body":"\#(message.text)"}}}}"#
      : message.kind == .revoke
        ? #"{"id":"\#(message.providerID)","revoke":{"original_message_id":"\#(message.replyTo ?? "")"}}"#
        : #"{"id":"\#(message.providerID)","text":{"body":"\#(message.text)"}}"#
    let filler = String(
      repeating: " ",
      count: try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM journal") ?? 0 }
    )
    let row = try keep(#"{"entry":[{"changes":[{"value":{"messages":["# + said + "]}}]}]}" + filler)
    _ = try store.apply([fixture.decoded(row, [event])])
  }

  /// Rows of any table that hold `words`.
  private func rowsWith(_ words: String) throws -> Int {
    try store.read { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT (SELECT count(*) FROM message WHERE text LIKE ?1 OR first_text LIKE ?1
              OR content LIKE ?1)
            + (SELECT count(*) FROM lead WHERE preview LIKE ?1)
            + (SELECT count(*) FROM journal WHERE CAST(body AS TEXT) LIKE ?1)
          """,
        arguments: ["%\(words)%"]
      ) ?? 0
    }
  }
}

private func permutations<Element>(_ elements: [Element]) -> [[Element]] {
  guard elements.count > 1 else { return [elements] }
  return elements.indices.flatMap { index in
    var rest = elements
    let element = rest.remove(at: index)
    return permutations(rest).map { [element] + $0 }
  }
}
