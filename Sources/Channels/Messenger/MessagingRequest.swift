// `POST /{account}/messages` in the shape that Instagram and Messenger share (Meta, "Send API" and
// Instagram "Send messages", 2026).
import Model

extension GraphRequest {
  static func messaging(_ message: GraphMessage, on channel: ChannelKind) -> GraphRequest {
    guard message.to.kind == .igsid || message.to.kind == .psid else {
      return .impossible("This person has no address on \(channel.title)")
    }
    let recipient = JSONValue.Member("recipient", ["id": .string(message.to.value)])
    if case .reaction(let emoji) = message.content {
      return .post(messagingReaction(emoji, to: message.replyTo ?? "", recipient: recipient))
    }
    guard var part = messagingPart(message) else {
      return .impossible(
        "\(channel.title) can't carry this kind of message: write it as a text"
      )
    }
    if let quoted = message.replyTo { part.set("reply_to", ["mid": .string(quoted)]) }
    var members = [
      recipient,
      .init("messaging_type", message.asHumanAgent ? "MESSAGE_TAG" : "RESPONSE"),
    ]
    if message.asHumanAgent { members.append(.init("tag", "HUMAN_AGENT")) }
    return .post(.object(members + [.init("message", part)]))
  }

  private static func messagingPart(_ message: GraphMessage) -> JSONValue? {
    switch message.content {
    case .text: return ["text": .string(message.text)]
    case .link(let kind, let url):
      let type = kind == .document ? "file" : kind.rawValue
      return ["attachment": ["type": .string(type), "payload": ["url": .string(url)]]]
    case .choices(let choices):
      let replies = choices.rows.map { row -> JSONValue in
        ["content_type": "text", "title": .string(row.title), "payload": .string(row.id)]
      }
      return ["text": .string(message.text), "quick_replies": .array(replies)]
    case .place(let place):
      // Neither has a message for a place; a map's address says it.
      return ["text": .string(place.mapText)]
    case .file, .reaction, .template: return nil
    }
  }

  /// Instagram takes one reaction by name; Messenger an emoji.
  private static func messagingReaction(
    _ emoji: String?,
    to target: String,
    recipient: JSONValue.Member
  ) -> JSONValue {
    var payload: [JSONValue.Member] = [.init("message_id", .string(target))]
    if let emoji { payload.append(.init("reaction", .string(emoji == "❤️" ? "love" : emoji))) }
    return .object([
      recipient, .init("sender_action", emoji == nil ? "unreact" : "react"),
      .init("payload", .object(payload)),
    ])
  }
}

extension Place {
  /// The place in words, with a map's address that opens on any phone.
  package var mapText: String {
    let words = [name, address].compactMap { $0 }.joined(separator: ", ")
    let map = "https://maps.google.com/?q=\(latitude),\(longitude)"
    return words.isEmpty ? map : words + "\n" + map
  }
}
