// POST /_sim/say: a customer says this now, in any of the provider's forms.
import Model

struct SayFailure: Error, Equatable {
  var reason: String
}

extension World {
  /// Members that steer the call; every other one is part of the message.
  private static let own: Set<String> = [
    "from", "name", "text", "channel", "account", "id", "timestamp", "username", "user_id",
    "parent_user_id", "business_id", "type",
  ]

  /// The webhook of what was said, and its message id.
  mutating func say(
    _ request: JSON,
    now: Timestamp
  ) throws(SayFailure) -> (id: String, webhook: Webhook, isLate: Bool) {
    guard request.isObject else { throw SayFailure(reason: "the body must be a JSON object") }
    let channel = request["channel"]?.text ?? "whatsapp"
    guard let surface = Surface(rawValue: channel) else {
      throw SayFailure(reason: "channel must be whatsapp, instagram or messenger")
    }
    guard let from = request["from"]?.identifier else {
      throw SayFailure(reason: "from is missing: a phone number, a BSUID or a scoped id")
    }
    let at = try time(request["timestamp"], now)
    let person = introduce(from, on: surface, request)
    heard(from: person.address, at: at)
    let id =
      request["id"]?.identifier
      ?? (surface == .whatsapp
        ? ids.whatsapp(phone: person.address.id, isInbound: true) : ids.messenger())
    let body =
      surface == .whatsapp
      ? try whatsappSaid(request, person, id, at) : messengerSaid(request, person, id, at)
    let isLate = faults.take(&random) { $0 == .reorder } != nil
    return (id, webhook(body), isLate)
  }

  /// Seconds or milliseconds since 1970.
  private func time(_ value: JSON?, _ now: Timestamp) throws(SayFailure) -> Timestamp {
    guard let value else { return now }
    guard let number = value.integer else {
      throw SayFailure(reason: "timestamp must be seconds since 1970")
    }
    return number > 100_000_000_000
      ? Timestamp(milliseconds: number) : Timestamp(seconds: number)
  }

  private mutating func introduce(
    _ from: String,
    on surface: Surface,
    _ request: JSON
  ) -> Person {
    let isScoped = surface == .whatsapp && from.contains(".")
    let id =
      surface == .whatsapp && !isScoped ? from.filter { $0.isASCII && $0.isNumber } : from
    let defaults: [Surface: String?] = [
      .whatsapp: accounts.whatsapp.first?.phoneNumberID,
      .instagram: accounts.instagram.first,
      .messenger: accounts.messenger.first,
    ]
    let address = Address(surface: surface, id: id)
    var person =
      person(address) ?? Person(address: address, account: "")
    person.account =
      request["account"]?.identifier ?? (defaults[surface] ?? nil) ?? "100000000000001"
    person.name = request["name"]?.text ?? person.name
    person.username = request["username"]?.text ?? person.username
    person.scopedID = request["user_id"]?.text ?? (isScoped ? id : person.scopedID)
    if person.address == address { person.hidesPhone = isScoped }
    use(account: person.account)
    remember(person)
    return person
  }

  private func whatsappSaid(
    _ request: JSON,
    _ person: Person,
    _ id: String,
    _ at: Timestamp
  ) throws(SayFailure) -> JSON {
    var content = request.members.filter { !Self.own.contains($0.key) }
    if let text = request["text"] {
      let body: JSON = if case .string = text { ["body": text] } else { text }
      content.insert(.init(key: "text", value: body), at: 0)
    }
    let known: Set<String> = [
      "text", "image", "video", "audio", "document", "sticker", "location", "contacts",
      "interactive", "button", "reaction", "order", "system", "edit", "revoke", "unsupported",
    ]
    let type = request["type"]?.text ?? content.first { known.contains($0.key) }?.key
    guard let type else {
      throw SayFailure(reason: "say what they said: text, or a message object such as image")
    }
    content.insert(.init(key: "type", value: .string(type)), at: 0)
    var account = accounts.whatsapp(person.account)
    if let business = request["business_id"]?.identifier { account.businessID = business }
    return WebhookBody.message(from: person, to: account, id: id, at: at, content: content)
  }

  private func messengerSaid(
    _ request: JSON,
    _ person: Person,
    _ id: String,
    _ at: Timestamp
  ) -> JSON {
    let events: Set<String> = [
      "message", "reaction", "read", "postback", "referral", "message_edit", "optin", "delivery",
    ]
    let rest = request.members.filter { !Self.own.contains($0.key) }
    var content = rest.filter { events.contains($0.key) }
    if content.isEmpty || request["text"] != nil {
      var message: JSON = ["mid": .string(id)]
      message["text"] = request["text"]
      for member in rest where !events.contains(member.key) { message[member.key] = member.value }
      // A referral beside a text belongs to the message.
      for member in content { message[member.key] = member.value }
      content = [.init(key: "message", value: message)]
    }
    return WebhookBody.messaging(
      person.address.surface,
      account: person.account,
      sender: person.address.id,
      recipient: person.account,
      at: at,
      content: content
    )
  }
}
