// What an Instagram or Messenger message holds, as its kind and the line a person reads.
import Model

struct MessagingContent {
  var kind: MessageKind
  var text: String
  /// The structured part, by the names that `MessageCard` reads; nil for none.
  var json: JSONValue?

  init(_ message: JSONValue) {
    json = Self.card(message)
    let words = message["text"].text
    let parts = message["attachments"].array.prefix(30).map(Self.attachment)
    if message["is_unsupported"].bool == true {
      (kind, text) = (.unsupported, "[unsupported message]".with(words))
    } else if let first = parts.first {
      kind = first.kind
      // A share often repeats its title as the message's text.
      let isRepeated = parts.contains { $0.title != nil && $0.title == words }
      text = parts.map(\.text).joined(separator: " ").with(isRepeated ? nil : words)
    } else if let words {
      (kind, text) = (.text, words)
    } else if let payload = message["quick_reply"]["payload"].text {
      (kind, text) = (.button, payload)
    } else {
      (kind, text) = (.other, "[empty message]")
    }
  }

  private typealias Part = (kind: MessageKind, text: String, title: String?)

  private static func attachment(_ item: JSONValue) -> Part {
    let payload = item["payload"]
    let title = payload["title"].text ?? item["title"].text
    switch item["type"].text {
    case "image" where payload["sticker_id"].text != nil: return (.sticker, "[sticker]", nil)
    case "image": return (.image, "[photo]", nil)
    case "video": return (.video, "[video]", nil)
    case "audio": return (.audio, "[audio]", nil)
    case "file": return (.document, "[document]".with(title), title)
    case "ig_post", "share", "post": return (.share, "[shared post]".with(title), title)
    case "ig_reel", "reel": return (.share, "[shared reel]".with(title), title)
    case "story_mention": return (.story, "[mentioned you in their story]", nil)
    case "ig_story", "story": return (.story, "[shared story]".with(title), title)
    case "like_heart": return (.sticker, "❤️", nil)
    case "ephemeral": return (.other, "[view-once photo or video]", nil)
    case "template": return (.template, "[template]".with(title), title)
    case "fallback": return (.share, "[link]".with(title ?? payload["url"].text), title)
    case "location": return (.location, location(payload, title), nil)
    case let type?:
      return (.unsupported, "[unsupported attachment: \(type.singleLine(limit: 40))]", nil)
    case nil: return (.unsupported, "[unsupported attachment]", nil)
    }
  }

  private static func location(_ payload: JSONValue, _ title: String?) -> String {
    let point = payload["coordinates"]
    let parts = [point["lat"], point["long"]].compactMap(\.text)
    return "[location]".with(title ?? (parts.count == 2 ? parts.joined(separator: ", ") : nil))
  }
}
