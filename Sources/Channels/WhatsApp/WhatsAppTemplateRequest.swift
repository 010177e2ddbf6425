// A template with its parameters as WhatsApp wants it (Meta, "Template messages", 2026).
import Model

extension GraphRequest {
  /// Nil when the header's picture, video or document is missing.
  static func whatsAppTemplate(_ template: TemplateMessage, media: UploadedMedia?) -> JSONValue? {
    var components: [JSONValue] = []
    if let kind = template.headerMedia {
      guard let file = headerFile(kind, url: template.headerURL, media: media) else { return nil }
      let parameter: JSONValue = .object([
        .init("type", .string(kind.rawValue)), .init(kind.rawValue, file),
      ])
      components.append(["type": "header", "parameters": [parameter]])
    } else if !template.header.isEmpty {
      components.append(["type": "header", "parameters": .array(template.header.map(text))])
    }
    if !template.body.isEmpty {
      components.append(["type": "body", "parameters": .array(template.body.map(text))])
    }
    components += template.buttons.map { button in
      let type = button.kind == "copy_code" ? "coupon_code" : "text"
      let parameter: JSONValue = .object([
        .init("type", .string(type)), .init(type, .string(button.text)),
      ])
      return [
        "type": "button", "sub_type": .string(button.kind),
        "index": .string(String(button.index)), "parameters": [parameter],
      ]
    }
    var members: [JSONValue.Member] = [
      .init("name", .string(template.name)),
      .init("language", ["code": .string(template.language)]),
    ]
    if !components.isEmpty { members.append(.init("components", .array(components))) }
    return .object(members)
  }

  private static func headerFile(
    _ kind: MessageKind,
    url: String?,
    media: UploadedMedia?
  ) -> JSONValue? {
    var members: [JSONValue.Member] = []
    if let media {
      members.add("id", media.id)
      if kind == .document { members.add("filename", media.name) }
    } else {
      members.add("link", url)
    }
    return members.isEmpty ? nil : .object(members)
  }

  private static func text(_ parameter: TemplateMessage.Parameter) -> JSONValue {
    var members: [JSONValue.Member] = [.init("type", "text")]
    members.add("parameter_name", parameter.name)
    members.append(.init("text", .string(parameter.text)))
    return .object(members)
  }
}
