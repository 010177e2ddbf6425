// What can be read from the Graph API: accounts, profiles, media, templates.
import Model

extension World {
  /// `GET /{id}` and its like.
  mutating func lookUp(
    _ call: GraphCall,
    _ parts: [String],
    now: Timestamp
  ) throws(GraphError) -> GraphAnswer {
    guard let id = parts.first else { throw .unknownPath(call.path) }
    if parts.count == 2 {
      switch parts[1] {
      case "message_templates": return templatePage(call)
      case "conversations":
        return GraphAnswer(conversation(with: call.query["user_id"] ?? ""), isInstagram: true)
      case "phone_numbers": return phoneNumbers(of: id)
      case "subscribed_apps": return subscribedApps()
      default: throw .unknownPath("/" + parts[1])
      }
    }
    guard parts.count == 1 else { throw .unknownPath(call.path) }
    if let item = media.item(id) { return mediaDetail(id, item, call, now: now) }
    if let form = forms.object(id) { return GraphAnswer(form.keeping(call.fields)) }
    if let answer = accountDetail(id, call) { return answer }
    if let profile = profile(id, call) { return profile }
    throw .missing(id, method: "get")
  }

  private func accountDetail(_ id: String, _ call: GraphCall) -> GraphAnswer? {
    let isInstagram = accounts.instagram.contains(id) || id == "me"
    if isInstagram || !call.fields.isDisjoint(with: ["user_id", "account_type"]) {
      let account = id == "me" ? accounts.instagram.first ?? id : id
      let row: JSON = [
        "id": .string(account), "user_id": .string(account), "username": "downtown.gym",
        "name": "Downtown Gym", "account_type": "BUSINESS",
      ]
      return GraphAnswer(row.keeping(call.fields), isInstagram: true)
    }
    if accounts.messenger.contains(id) {
      let row: JSON = ["name": "Downtown Gym", "id": .string(id)]
      return GraphAnswer(row.keeping(call.fields))
    }
    let isBusiness = accounts.whatsapp.contains { $0.businessID == id }
    guard isBusiness || knownAccounts.contains(id) || !call.fields.isDisjoint(with: numberFields)
    else { return nil }
    var row: JSON = [
      "verified_name": "Downtown Gym",
      "display_phone_number": .string("+" + accounts.whatsapp(id).displayNumber),
      "quality_rating": "GREEN", "code_verification_status": "VERIFIED",
      "status": "CONNECTED", "platform_type": "CLOUD_API", "throughput": ["level": "STANDARD"],
      "name_status": "APPROVED", "whatsapp_business_manager_messaging_limit": "TIER_2K",
    ]
    if isBusiness { row = ["name": "Downtown Gym", "account_review_status": "APPROVED"] }
    if call.fields.contains("health_status") { row["health_status"] = health(of: id) }
    row = row.keeping(call.fields)
    row["id"] = .string(id)
    return GraphAnswer(row)
  }

  private func health(of id: String) -> JSON {
    [
      "can_send_message": "AVAILABLE",
      "entities": [
        ["entity_type": "PHONE_NUMBER", "id": .string(id), "can_send_message": "AVAILABLE"]
      ],
    ]
  }

  private func profile(_ id: String, _ call: GraphCall) -> GraphAnswer? {
    let found = [Surface.instagram, .messenger].lazy
      .compactMap { person(Address(surface: $0, id: id)) }.first
    guard let found, found.lastWroteAt != nil else { return nil }
    var row: JSON = [
      "name": JSON(found.name), "username": JSON(found.username),
      "profile_pic": .string("\(call.origin)/_public/profile"),
      "follower_count": .integer(id.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1900 } + 40),
      "is_user_follow_business": .bool(id.hasSuffix("3")), "is_business_follow_user": false,
      "is_verified_user": false,
    ]
    row = row.keeping(call.fields)
    row["id"] = .string(id)
    return GraphAnswer(row, isInstagram: found.address.surface == .instagram)
  }

  private func mediaDetail(
    _ id: String,
    _ item: MediaShelf.Item,
    _ call: GraphCall,
    now: Timestamp
  ) -> GraphAnswer {
    GraphAnswer([
      "messaging_product": "whatsapp",
      "url": .string(Self.mediaAddress(id, origin: call.origin, now: now)),
      "mime_type": .string(item.mime), "sha256": .string(item.sha256),
      "file_size": .integer(item.bytes.count), "id": .string(id),
    ])
  }

  /// Works for five minutes, as the provider's do.
  static func mediaAddress(_ id: String, origin: String, now: Timestamp) -> String {
    "\(origin)/_media/\(id)?expires=\((now + 5 * .minute).milliseconds)"
  }

  private func templatePage(_ call: GraphCall) -> GraphAnswer {
    let limit = Int(call.query["limit"] ?? "") ?? 25
    let kept = call.query.filter { $0.key != "after" }.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)&" }.joined()
    return GraphAnswer(
      templates.page(
        after: Int(call.query["after"] ?? "") ?? 0,
        limit: limit,
        fields: call.fields,
        origin: "\(call.origin)\(call.path)?\(kept)"
      )
    )
  }

  private func phoneNumbers(of business: String) -> GraphAnswer {
    let rows = accounts.whatsapp.filter { $0.businessID == business }.map { account -> JSON in
      [
        "verified_name": "Downtown Gym", "quality_rating": "GREEN",
        "display_phone_number": .string("+" + account.displayNumber),
        "id": .string(account.phoneNumberID),
      ]
    }
    return GraphAnswer(["data": .array(rows)])
  }

  private func subscribedApps() -> GraphAnswer {
    GraphAnswer([
      "data": [
        ["whatsapp_business_api_data": ["id": "670843887433847", "name": "Inbox"]]
      ]
    ])
  }
}

/// Fields that only a phone number has: asking for one makes any id a phone number's.
private let numberFields: Set<String> = [
  "verified_name", "display_phone_number", "quality_rating", "status", "throughput",
  "code_verification_status", "health_status", "webhook_configuration", "name_status",
  "whatsapp_business_manager_messaging_limit",
]

extension JSON {
  /// The members named in `fields`; all of them when it is empty.
  fileprivate func keeping(_ fields: Set<String>) -> JSON {
    .object(members.filter { fields.isEmpty || fields.contains($0.key) })
  }
}
