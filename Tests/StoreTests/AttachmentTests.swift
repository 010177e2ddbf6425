// Files of messages: noted with the message, once, and read with it.
import Model
import Store
import TestSupport
import Testing

@Suite struct AttachmentTests {
  @Test func aMessageKeepsTheFilesItRefersTo() throws {
    let home = try TemporaryStore()
    try home.deliver(.photo(id: "wamid.1", at: home.clock.now))
    let message = try #require(try home.firstMessage())
    let photo = try #require(message.media.first)
    #expect(message.media.count == 1)
    #expect(photo.kind == .image)
    #expect(photo.state == .waiting)
    #expect(photo.mime == "image/jpeg")
    #expect(photo.path == nil)
    #expect(try home.store.message(message.id)?.media == message.media)
  }

  @Test func theSameWebhookAgainAddsNoFile() throws {
    let home = try TemporaryStore()
    let event = InboundEvent.photo(id: "wamid.1", at: home.clock.now)
    try home.deliver(event)
    try home.deliver(event)
    #expect(try home.firstMessage()?.media.count == 1)
  }
}

extension TemporaryStore {
  /// The newest message of the newest lead.
  func firstMessage() throws -> Message? { try messages(try lead().id).last }
}

extension InboundEvent {
  /// A photo on WhatsApp, as its webhook refers to it.
  static func photo(
    id: String,
    at time: Timestamp,
    media: InboundMedia = InboundMedia(
      kind: .image,
      providerID: "media-1",
      url: "https://media.example/1",
      mime: "image/jpeg"
    )
  ) -> InboundEvent {
    whatsApp(
      InboundMessage(
        providerID: id,
        person: [Identity(kind: .phone, value: "4915112345678")],
        profileName: "Mia Berger",
        kind: .image,
        text: "[photo]",
        providerAt: time,
        media: [media]
      )
    )
  }
}
