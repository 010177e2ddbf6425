// The shapes of what Meta posts: one message, one status, one Messenger event in its envelope.
import Model

enum WebhookBody {
  /// A `messages` change of a WhatsApp number; `members` go into its value.
  static func whatsapp(_ account: WhatsAppAccount, _ members: [JSON.Member]) -> JSON {
    let value: [JSON.Member] = [
      .init(key: "messaging_product", value: "whatsapp"),
      .init(
        key: "metadata",
        value: [
          "display_phone_number": .string(account.displayNumber),
          "phone_number_id": .string(account.phoneNumberID),
        ]
      ),
    ]
    return [
      "object": "whatsapp_business_account",
      "entry": [
        [
          "id": .string(account.businessID),
          "changes": [["value": .object(value + members), "field": "messages"]],
        ]
      ],
    ]
  }

  /// A customer's WhatsApp message; `content` holds `type` and its object.
  static func message(
    from person: Person,
    to account: WhatsAppAccount,
    id: String,
    at: Timestamp,
    content: [JSON.Member]
  ) -> JSON {
    var message: JSON = [
      "from": person.hidesPhone ? .null : .string(person.address.id),
      "from_user_id": JSON(person.scopedID),
      "id": .string(id),
      "timestamp": .string(String(at.milliseconds / 1000)),
    ]
    for member in content { message[member.key] = member.value }
    return whatsapp(
      account,
      [
        .init(key: "contacts", value: [contact(person)]),
        .init(key: "messages", value: [message]),
      ]
    )
  }

  /// What WhatsApp tells of a person: people who hide their phone show a username only.
  static func contact(_ person: Person) -> JSON {
    let profile: JSON = ["name": JSON(person.name), "username": JSON(person.username)]
    return [
      "profile": profile.members.isEmpty ? .null : profile,
      "wa_id": person.hidesPhone ? .null : .string(person.address.id),
      "user_id": JSON(person.scopedID),
    ]
  }

  /// What became of a message of the gym's.
  struct Receipt {
    var id: String
    var status: String
    var at: Timestamp
    var callbackData: String?
    var category = "service"
    /// Code, title and details of a failure.
    var failure: (code: Int, title: String, details: String)?
  }

  static func status(_ receipt: Receipt, to person: Person, account: WhatsAppAccount) -> JSON {
    var status: JSON = [
      "id": .string(receipt.id),
      "status": .string(receipt.status),
      "timestamp": .string(String(receipt.at.milliseconds / 1000)),
      "recipient_id": person.hidesPhone ? .null : .string(person.address.id),
      "recipient_user_id": JSON(person.scopedID),
      "biz_opaque_callback_data": JSON(receipt.callbackData),
    ]
    if let failure = receipt.failure {
      status["errors"] = [
        [
          "code": .integer(failure.code),
          "title": .string(failure.title),
          "message": .string(failure.title),
          "error_data": ["details": .string(failure.details)],
          "href":
            "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        ]
      ]
      return whatsapp(account, [.init(key: "statuses", value: [status])])
    }
    // Since Graph v24 the price stands on `sent` and one later status, the conversation on none.
    if receipt.status != "read" {
      status["pricing"] = [
        "billable": .bool(receipt.category != "service"),
        "pricing_model": "PMP",
        "type": receipt.category == "service" ? "free_customer_service" : "regular",
        "category": .string(receipt.category),
      ]
    }
    return whatsapp(
      account,
      [
        .init(key: "contacts", value: [contact(person)]),
        .init(key: "statuses", value: [status]),
      ]
    )
  }

  /// One Instagram or Messenger event; `content` holds `message`, `read`, `reaction` or the like.
  static func messaging(
    _ surface: Surface,
    account: String,
    sender: String,
    recipient: String,
    at: Timestamp,
    content: [JSON.Member]
  ) -> JSON {
    let event: [JSON.Member] = [
      .init(key: "sender", value: ["id": .string(sender)]),
      .init(key: "recipient", value: ["id": .string(recipient)]),
      .init(key: "timestamp", value: .integer(at.milliseconds)),
    ]
    return [
      "object": surface == .messenger ? "page" : "instagram",
      "entry": [
        [
          "id": .string(account),
          "time": .integer(at.milliseconds),
          "messaging": [.object(event + content)],
        ]
      ],
    ]
  }
}
