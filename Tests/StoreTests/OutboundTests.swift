// Messages of every kind on their way into the outbox: what they hold, their files, and those written for
// later.
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct OutboundTests {
  let fixture: TemporaryStore
  let lead: LeadID
  var store: LeadStore { fixture.store }
  var anna: Actor { Actor(user: fixture.anna.id) }

  init() throws {
    fixture = try TemporaryStore()
    try fixture.deliver(.whatsApp("Hi", id: "m1", at: TemporaryStore.start))
    lead = try fixture.lead().id
    fixture.clock.advance(.minute)
  }

  static let contents: [OutboundContent] = [
    .text, .file(.image), .link(.video, url: "https://gym.example/tour.mp4"),
    .place(Place(latitude: 52.5163, longitude: -13.3777, name: "Downtown", address: nil)),
    .reaction(emoji: "👍"), .reaction(emoji: nil),
    .choices(
      Choices(
        style: .list,
        rows: [.init(id: "1", title: "Monday", detail: "18:00"), .init(id: "2", title: "Friday")],
        opener: "Days"
      )
    ),
    .template(
      TemplateMessage(
        name: "trial",
        language: "de",
        header: [.init(name: "first_name", text: "Mía \"M\"\n")],
        headerMedia: .document,
        headerURL: "https://gym.example/plan.pdf",
        body: [.init(text: "{{1}}")],
        buttons: [.init(index: 1, kind: "url", text: "x?y=1")]
      )
    ),
  ]

  @Test(arguments: contents)
  func theWorkerGetsWhatWasComposed(_ content: OutboundContent) throws {
    _ = try store.enqueue(
      lead,
      OutboundMessage(content, text: "words", replyTo: "m1"),
      undo: 0,
      by: anna
    )
    let item = try #require(try store.claim())
    #expect(item.content == content)
    #expect(item.kind == content.kind)
    #expect(item.text == "words")
    #expect(item.replyTo == "m1")
    #expect(try fixture.messages(lead).last?.kind == content.kind)
  }

  @Test func aFileGoesAlongAndItsUploadIsRemembered() throws {
    let file = OutboundFile(
      kind: .image,
      path: "ab/abcd.jpg",
      mime: "image/jpeg",
      name: "class.jpg",
      bytes: 3,
      sha256: "abcd"
    )
    let id = try store.enqueue(
      lead,
      OutboundMessage(.file(.image), text: "Our hall", file: file),
      undo: 0,
      by: anna
    )
    let kept = try #require(try store.claim()?.file)
    #expect(kept.path == "ab/abcd.jpg" && kept.mime == "image/jpeg" && kept.providerID == nil)
    try store.noteUpload(kept.id, bytes: 2)
    #expect(try fixture.messages(lead).last?.media.first?.sentBytes == 2)
    try store.keepUpload(kept.id, providerID: "99")
    #expect(try fixture.messages(lead).last?.media.first?.sentBytes == nil)
    let uploaded = try #require(try store.file(of: id))
    #expect(uploaded.providerID == "99" && uploaded.uploadedAt == fixture.clock.now)
    try store.forgetUpload(kept.id)
    #expect(try store.file(of: id)?.providerID == nil)
  }

  @Test(arguments: [
    (MessageKind.document, "", "[document] prices.pdf"),
    (.document, "Ours", "[document] prices.pdf Ours"),
    (.image, "", "[photo]"), (.image, "Our hall", "[photo] Our hall"), (.video, "", "[video]"),
    (.audio, "", "[audio]"),
  ])
  func aFileOfOursHasWordsWhereALineStandsForIt(
    kind: MessageKind,
    caption: String,
    words: String
  ) throws {
    let file = OutboundFile(
      kind: kind,
      path: "ab/abcd.bin",
      mime: "application/pdf",
      name: "prices.pdf",
      bytes: 3,
      sha256: "abcd"
    )
    let id = try store.enqueue(
      lead,
      OutboundMessage(.file(kind), text: caption, file: file),
      undo: 0,
      by: anna
    )
    let message = try #require(try store.message(id))
    #expect(message.text == caption && message.words == words)
    #expect(try fixture.lead().preview == words)
    #expect(try store.claim()?.message == id)
    try store.finish(id, .accepted(providerID: "w1"))
    try fixture.deliver(
      .whatsApp(
        InboundMessage(
          providerID: "m9",
          person: [Identity(kind: .phone, value: "4915112345678")],
          profileName: nil,
          kind: .text,
          text: "Thanks",
          providerAt: fixture.clock.now,
          replyTo: "w1"
        )
      )
    )
    #expect(try fixture.messages(lead).last?.quote?.text == words)
  }

  @Test func aMessageForLaterWaitsForItsTimeAndHoldsNobody() throws {
    let friday = fixture.clock.now + 3 * .day
    let later = try store.enqueue(
      lead,
      OutboundMessage(text: "See you at 6", sendAt: friday),
      undo: 8000,
      by: anna
    )
    #expect(try store.claim() == nil)
    #expect(try fixture.messages(lead).last?.scheduledAt == friday)
    #expect(try fixture.messages(lead).last?.undoUntil == nil)
    let now = try store.enqueue(lead, kind: .text, text: "Hello!", undo: 0, by: anna)
    #expect(try store.claim()?.message == now)
    try store.finish(now, .accepted(providerID: "w1"))
    #expect(try store.nextDue() == friday)

    fixture.clock.advance(3 * .day)
    #expect(try store.claim()?.message == later)
    let sent = try #require(try fixture.messages(lead).last)
    // It stands in the thread where it is said.
    #expect(sent.id == later && sent.providerAt == friday && sent.scheduledAt == nil)
  }

  @Test func aMessageForLaterCanBeTakenBack() throws {
    let later = try store.enqueue(
      lead,
      OutboundMessage(text: "See you", sendAt: fixture.clock.now + .day),
      undo: 8000,
      by: anna
    )
    fixture.clock.advance(.hour)
    #expect(try store.recall(later, by: anna).text == "See you")
    #expect(try fixture.messages(lead).map(\.text) == ["Hi"])
    #expect(try store.nextDue() == nil)
  }

  @Test func aReactionLeavesTheDraftAlone() throws {
    try store.saveDraft(.reply(lead), of: fixture.anna.id, text: "half a")
    _ = try store.enqueue(
      lead,
      OutboundMessage(.reaction(emoji: "👍"), text: "👍", replyTo: "m1"),
      undo: 0,
      by: anna
    )
    #expect(try store.draft(.reply(lead), of: fixture.anna.id) == "half a")
  }

  @Test(
    arguments: [
      OutboundContent.place(Place(latitude: 52.5, longitude: 13.4)),
      .template(TemplateMessage(name: "hello", language: "en")),
    ]
  ) func whatWasNotTypedLeavesTheDraftAlone(content: OutboundContent) throws {
    try store.saveDraft(.reply(lead), of: fixture.anna.id, text: "half a")
    _ = try store.enqueue(lead, OutboundMessage(content, text: "words"), undo: 0, by: anna)
    #expect(try store.draft(.reply(lead), of: fixture.anna.id) == "half a")
  }

  @Test func partsOfALongTextLeaveInTheirOrder() throws {
    let parts = ["one", "two", "three"].map { OutboundMessage(text: $0) }
    _ = try store.enqueue(lead, parts: parts, undo: 0, by: anna)
    var sent: [String] = []
    while let item = try store.claim() {
      sent.append(item.text)
      #expect(try store.claim() == nil, "the next one waits for \(item.text)")
      try store.finish(item.message, .accepted(providerID: "w\(sent.count)"))
    }
    #expect(sent == ["one", "two", "three"])
  }

  /// A lead that wrote on Instagram and left a phone number.
  @Test func anotherChannelCanBeginAThread() throws {
    try fixture.deliver(.instagram("hey", from: "900", messageID: "i1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    let template = OutboundMessage(
      .template(TemplateMessage(name: "hello", language: "en")),
      text: "Hello",
      channel: "wa-main"
    )
    #expect(throws: StoreError.noThread(lead)) {
      _ = try store.enqueue(lead, template, undo: 0, by: anna)
    }
    try store.write { database, _ in
      try database.execute(
        sql: """
          INSERT INTO identity (gym_id, person_id, scope, kind, value, first_seen_at, last_seen_at)
          SELECT gym_id, person_id, '', 'phone', '4917600000', 0, 0 FROM lead WHERE id = ?
          """,
        arguments: [lead.rawValue]
      )
    }
    _ = try store.enqueue(lead, template, undo: 0, by: anna)
    let item = try #require(try store.claim())
    #expect(item.channel == "wa-main" && item.to == Identity(kind: .phone, value: "4917600000"))
    #expect(item.lastInboundAt == nil)
  }
}
