// What a WhatsApp message holds, as its kind and the line a person reads in the thread.
import Model

struct WhatsAppContent {
  var kind: MessageKind
  var text: String
  /// The message that an edit or deletion is about.
  var target: String?
  /// The structured part, by the names that `MessageCard` reads.
  var members: [JSONValue.Member] = []

  init(_ message: JSONValue) {
    let type = message["type"].text ?? Self.types.first { !message[$0].isNull } ?? "none"
    let body = message[type]
    target = nil
    members = Self.context(message) + Self.card(type, body)
    switch type {
    case "text": (kind, text) = (.text, body["body"].text ?? "[empty message]")
    case "image": (kind, text) = (.image, "[photo]".with(body["caption"].text))
    case "video": (kind, text) = (.video, "[video]".with(body["caption"].text))
    case "audio": (kind, text) = (.audio, body["voice"].bool == true ? "[voice note]" : "[audio]")
    case "voice": (kind, text) = (.audio, "[voice note]")
    case "sticker": (kind, text) = (.sticker, "[sticker]")
    case "document": (kind, text) = (.document, Self.document(body))
    case "location": (kind, text) = (.location, Self.location(body))
    case "contacts": (kind, text) = (.contacts, Self.contacts(body.array))
    case "interactive": (kind, text) = (.interactive, Self.interactive(body))
    case "button":
      (kind, text) = (.button, body["text"].text ?? body["payload"].text ?? "[button]")
    case "order": (kind, text) = (.order, Self.order(body))
    case "system": (kind, text) = (.system, Self.system(body))
    case "template": (kind, text) = (.template, "[template]".with(body["name"].text))
    case "edit":
      (kind, text) = (.edit, WhatsAppContent(body["message"]).text)
      target = body["original_message_id"].text
    case "revoke":
      (kind, text) = (.revoke, "[deleted a message]")
      target = body["original_message_id"].text
    case "media_placeholder": (kind, text) = (.other, "[media]")
    case "request_welcome": (kind, text) = (.other, "[opened the chat]")
    default: (kind, text) = (.unsupported, Self.unsupported(message, type))
    }
  }

  /// Types with a body under their own name, for messages that don't say theirs.
  private static let types = [
    "text", "image", "video", "audio", "voice", "sticker", "document", "location", "contacts",
    "interactive", "button", "order", "system", "edit", "revoke", "unsupported",
  ]

  private static func document(_ body: JSONValue) -> String {
    "[document]".with(body["filename"].text?.singleLine(limit: 120)).with(body["caption"].text)
  }

  private static func location(_ body: JSONValue) -> String {
    let place = [body["name"], body["address"]].compactMap { $0.text?.nonBlank }
    if !place.isEmpty { return "[location] " + place.joined(separator: ", ") }
    let point = [body["latitude"], body["longitude"]].compactMap(\.text)
    return point.count == 2 ? "[location] " + point.joined(separator: ", ") : "[location]"
  }

  private static func contacts(_ cards: [JSONValue]) -> String {
    let people = cards.prefix(20).map { card in
      let shown = contactName(card) ?? ""
      let way = card["phones"][0]["phone"].text ?? card["emails"][0]["email"].text
      return [shown, way ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }
    let list = people.filter { !$0.isEmpty }.joined(separator: ", ")
    return (cards.count > 1 ? "[contacts]" : "[contact]").with(list.nonBlank)
  }

  static func contactName(_ card: JSONValue) -> String? {
    let name = card["name"]
    let parts = [name["first_name"], name["last_name"]].compactMap { $0.text?.nonBlank }
    return name["formatted_name"].text?.nonBlank ?? parts.joined(separator: " ").nonBlank
  }

  private static func order(_ body: JSONValue) -> String {
    // A hostile quantity must not overflow the sum.
    let items = body["product_items"].array.reduce(0) { sum, item in
      sum + min(max(item["quantity"].int ?? 1, 1), 100_000)
    }
    return "[order] \(items) item\(items == 1 ? "" : "s")".with(body["text"].text)
  }

  private static func system(_ body: JSONValue) -> String {
    if let text = body["body"].text { return text }
    switch body["type"].text {
    case "user_changed_number": return "[changed their phone number]"
    case "user_changed_user_id": return "[changed their WhatsApp id]"
    case "customer_identity_changed": return "[security code changed]"
    default: return "[system message]"
    }
  }

  /// What kind it was, and where no kind is said, why it could not be shown.
  private static func unsupported(_ message: JSONValue, _ type: String) -> String {
    let known = ["unsupported", "unknown", "none"]
    let subtype = known.contains(type) ? message["unsupported"]["type"].text : type
    guard let subtype, !known.contains(subtype) else {
      let error = message["errors"][0]
      // 131051 says no more than that the kind is unknown.
      let isTelling = error.isObject && error["code"].int != 131_051
      let label = isTelling ? "[message not shown: \(error.errorText)]" : "[unsupported message]"
      return label.with(message["text"]["body"].text)
    }
    let words = Self.subtypes[subtype] ?? subtype.singleLine(limit: 40)
    return "[unsupported message: \(words)]".with(message["text"]["body"].text)
  }

  /// Kinds whose own name says little to a person.
  private static let subtypes = [
    "edit": "a message was edited", "revoke": "a message was deleted", "poll": "poll",
    "poll_creation": "poll", "poll_update": "vote in a poll", "event": "event",
    "group_invite": "invitation to a group", "view_once": "view-once photo or video",
    "list": "list", "button": "buttons", "pin": "pinned message", "payment": "payment",
  ]
}
