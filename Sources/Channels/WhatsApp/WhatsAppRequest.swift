// `POST /{phone-number-id}/messages`: the part that all kinds of WhatsApp messages share, and the kinds
// that are short. Facts from Meta's "Messages" reference, v26.0.
import Model

extension GraphRequest {
  static func whatsApp(_ message: GraphMessage) -> GraphRequest {
    // Without `+` the business's own country code may be put in front.
    let address: JSONValue.Member
    switch message.to.kind {
    case .phone: address = .init("to", .string("+" + message.to.value))
    case .bsuid, .parentBSUID: address = .init("recipient", .string(message.to.value))
    case .igsid, .psid, .username, .email:
      return .impossible("This person has no address on WhatsApp")
    }
    guard let part = whatsAppPart(message) else {
      return .impossible("The file of this message is missing: attach it again")
    }
    var members: [JSONValue.Member] = [
      .init("messaging_product", "whatsapp"),
      .init("recipient_type", "individual"),
      address,
      .init("type", .string(part.key)),
      part,
    ]
    if let quoted = message.replyTo, message.content.kind != .reaction {
      members.append(.init("context", ["message_id": .string(quoted)]))
    }
    members.append(.init("biz_opaque_callback_data", .string(message.callbackData)))
    return .post(.object(members))
  }

  /// The member that is named like the type; nil when what it needs is not there.
  private static func whatsAppPart(_ message: GraphMessage) -> JSONValue.Member? {
    switch message.content {
    case .text: return .init("text", ["body": .string(message.text)])
    case .file(let kind):
      guard let media = message.media else { return nil }
      return whatsAppMedia(kind, source: .init("id", .string(media.id)), media.name, message.text)
    case .link(let kind, let url):
      return whatsAppMedia(kind, source: .init("link", .string(url)), nil, message.text)
    case .place(let place):
      var members: [JSONValue.Member] = [
        .init("latitude", .number(String(place.latitude))),
        .init("longitude", .number(String(place.longitude))),
      ]
      members.add("name", place.name)
      members.add("address", place.address)
      return .init("location", .object(members))
    case .reaction(let emoji):
      return .init(
        "reaction",
        ["message_id": .string(message.replyTo ?? ""), "emoji": .string(emoji ?? "")]
      )
    case .choices(let choices):
      return .init("interactive", whatsAppInteractive(choices, question: message.text))
    case .template(let template):
      return whatsAppTemplate(template, media: message.media).map { .init("template", $0) }
    }
  }

  private static func whatsAppMedia(
    _ kind: MessageKind,
    source: JSONValue.Member,
    _ name: String?,
    _ caption: String
  ) -> JSONValue.Member {
    var members = [source]
    // Sound and stickers take no words.
    if kind != .audio, kind != .sticker { members.add("caption", caption) }
    if kind == .document { members.add("filename", name) }
    return .init(kind.rawValue, .object(members))
  }
}
