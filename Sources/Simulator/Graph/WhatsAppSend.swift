// POST /{phone-number-id}/messages in WhatsApp's shape: checks as the API does, then accepts.
import Model

/// WhatsApp's free-form window (Meta, "Customer service windows").
private let window: Int64 = 24 * .hour
/// Characters of a text body (Meta, "Text messages").
private let longestText = 4096
private let longestCaption = 1024

extension World {
  /// Accepts or refuses a message; marking as read is accepted without one.
  mutating func whatsappSend(
    _ call: GraphCall,
    from account: String,
    request: JSON,
    now: Timestamp
  ) throws(GraphError) -> (answer: GraphAnswer, send: AcceptedSend?) {
    if request["status"]?.text == "read" {
      guard request["message_id"]?.text != nil else {
        throw .parameter("The parameter message_id is required.")
      }
      return (GraphAnswer(["success": true]), nil)
    }
    let input = request["to"]?.identifier ?? request["recipient"]?.identifier
    guard let input else { throw .parameter("The parameter to is required.") }
    let to = try whatsappAddress(input)
    let type = request["type"]?.text ?? "text"
    let words = try whatsappText(type, request)
    try checkContent(type, request[type] ?? .null)
    if type == "template" {
      try checkTemplate(request["template"] ?? .null)
    } else if !isInside(window, to, now: now) {
      throw .whatsappWindow
    }
    let id = ids.whatsapp(phone: to.id, isInbound: false)
    let known = person(to)
    let send = AcceptedSend(
      id: id,
      to: known?.address ?? to,
      account: account,
      request: request,
      text: words,
      callbackData: request["biz_opaque_callback_data"]?.text,
      category: type == "template" ? "marketing" : "service"
    )
    let isPhone = !to.id.contains(".")
    let contact: JSON = [
      "input": .string(input),
      "wa_id": isPhone ? .string(to.id) : .null,
      "user_id": JSON(isPhone ? known?.scopedID : to.id),
    ]
    let message: JSON = [
      "id": .string(id), "message_status": type == "template" ? "accepted" : .null,
    ]
    let answer: JSON = [
      "messaging_product": "whatsapp", "contacts": [contact], "messages": [message],
    ]
    return (GraphAnswer(answer), send)
  }

  /// Digits of a phone number, or a BSUID (`CC.` and letters or digits) whole.
  private func whatsappAddress(_ input: String) throws(GraphError) -> Address {
    if input.contains(".") { return Address(surface: .whatsapp, id: input) }
    let digits = input.filter { $0.isASCII && $0.isNumber }
    guard digits.count >= 5, digits.count <= 20 else {
      throw .known(131_009)
    }
    return Address(surface: .whatsapp, id: digits)
  }

  private func whatsappText(_ type: String, _ request: JSON) throws(GraphError) -> String {
    let kinds: Set<String> = [
      "text", "image", "video", "audio", "document", "sticker", "location", "contacts",
      "interactive", "reaction", "template",
    ]
    guard kinds.contains(type) else {
      throw .parameter(
        "Param type must be one of {\(kinds.sorted().joined(separator: ", ").uppercased())} - got "
          + "\"\(type)\"."
      )
    }
    guard let content = request[type] else {
      throw .parameter("The parameter \(type) is required.")
    }
    if type == "text" {
      guard let body = content["body"]?.text else {
        throw .parameter("The parameter text['body'] is required.")
      }
      guard body.unicodeScalars.count <= longestText else {
        throw .parameter("Param text['body'] must be at most \(longestText) characters long.")
      }
      return body
    }
    if let caption = content["caption"]?.text {
      guard caption.unicodeScalars.count <= longestCaption else {
        throw .parameter(
          "Param \(type)['caption'] must be at most \(longestCaption) characters long."
        )
      }
      return caption
    }
    return content["body"]?["text"]?.text ?? ""
  }

  private func checkTemplate(_ template: JSON) throws(GraphError) {
    let name = template["name"]?.text ?? ""
    let language = template["language"]?["code"]?.text ?? ""
    guard let found = templates.find(name, language: language) else {
      throw .template(name, language)
    }
    guard found["status"]?.text == "APPROVED" else {
      throw found["status"]?.text == "PAUSED" ? .known(132_015) : .template(name, language)
    }
    for part in ["header", "body"] {
      let component = template["components"]?.elements.first {
        $0["type"]?.text?.lowercased() == part
      }
      let parameters = component?["parameters"]?.elements ?? []
      let wanted = TemplateCatalog.placeholders(found, in: part.uppercased())
      guard parameters.count == wanted else {
        var error = GraphError.known(132_000)
        error.details =
          "\(part): number of localizable_params (\(parameters.count)) does not match the expected "
          + "number of params (\(wanted))"
        throw error
      }
      for parameter in parameters {
        guard let type = parameter["type"]?.text, let value = parameter[type] else {
          throw .known(132_012)
        }
        if type == "text", value.text?.contains(where: { $0.isNewline || $0 == "\t" }) ?? true {
          throw .known(132_012)
        }
        if type != "text" { try checkMedia(type, value) }
      }
    }
  }
}
