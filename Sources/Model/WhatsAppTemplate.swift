// A message template as WhatsApp keeps it for a business account: synced by the worker, offered by the
// picker when the reply window is closed. Facts from Meta's template pages, 2026.

package struct WhatsAppTemplate: Equatable, Sendable {
  package enum Status: String, Sendable, CaseIterable {
    case approved = "APPROVED"
    case pending = "PENDING"
    case rejected = "REJECTED"
    case paused = "PAUSED"
    case disabled = "DISABLED"
    case inAppeal = "IN_APPEAL"
    case pendingDeletion = "PENDING_DELETION"
    case deleted = "DELETED"
    case archived = "ARCHIVED"
    case limitExceeded = "LIMIT_EXCEEDED"
    /// A word that this program doesn't know: not offered.
    case other = "OTHER"

    /// From Meta's word in an answer or a webhook; events count as the state they lead to.
    package init(word: String) {
      switch word.uppercased() {
      // FLAGGED warns of low quality and REINSTATED ends a pause: both may be sent.
      case "FLAGGED", "REINSTATED", "UNARCHIVED": self = .approved
      case "LOCKED": self = .disabled
      case let word: self = Status(rawValue: word) ?? .other
      }
    }
  }

  package enum Category: String, Sendable, CaseIterable {
    case marketing = "MARKETING"
    case utility = "UTILITY"
    case authentication = "AUTHENTICATION"

    /// What is not known counts as marketing, which has the strictest rules.
    package init(word: String) { self = Category(rawValue: word.uppercased()) ?? .marketing }
  }

  /// The row's id here; 0 before it has one.
  package var id: Int64
  /// The business account it belongs to; all its phone numbers share the template.
  package var account: String
  package var providerID: String?
  package var name: String
  package var language: String
  package var category: Category
  package var status: Status
  /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
  package var quality: String?
  /// Why it was rejected, paused or disabled, in Meta's words.
  package var reason: String?
  package var components: TemplateComponents
  package var syncedAt: Timestamp

  package init(
    id: Int64 = 0,
    account: String,
    providerID: String? = nil,
    name: String,
    language: String,
    category: Category,
    status: Status,
    quality: String? = nil,
    reason: String? = nil,
    components: TemplateComponents,
    syncedAt: Timestamp
  ) {
    self.id = id
    self.account = account
    self.providerID = providerID
    self.name = name
    self.language = language
    self.category = category
    self.status = status
    self.quality = quality
    self.reason = reason
    self.components = components
    self.syncedAt = syncedAt
  }

  /// Why it can't be sent now, with what can be done; nil when it can.
  package var refusal: String? {
    let why = reason.map { ": \($0)" } ?? ""
    switch status {
    case .approved: return components.unsupported
    case .pending, .inAppeal: return "WhatsApp is still reviewing it: wait for the approval"
    case .rejected: return "WhatsApp rejected it\(why): edit it and send it in again"
    case .paused: return "paused for low quality\(why): it resumes by itself, use another"
    case .disabled: return "switched off by WhatsApp\(why): make a new one"
    case .pendingDeletion, .deleted: return "it is deleted: use another"
    case .archived: return "archived in WhatsApp Manager: unarchive it there"
    case .limitExceeded: return "the account has too many templates: delete some"
    case .other: return "in a state that Inbox doesn't know: see WhatsApp Manager"
    }
  }
}

/// The parts of a template, as far as the product uses them.
package struct TemplateComponents: Equatable, Sendable {
  package enum Header: Equatable, Sendable {
    case text(String)
    /// A picture, video or document that each message brings.
    case media(MessageKind)
    case location
  }

  package struct Button: Equatable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case quickReply = "QUICK_REPLY"
      case url = "URL"
      case phone = "PHONE_NUMBER"
      case code = "COPY_CODE"
      case contact = "REQUEST_CONTACT_INFO"
      /// Flow, catalogue and the like: shown, and sent as they are.
      case other = "OTHER"
    }

    package var kind: Kind
    package var text: String
    /// The web address, with `{{1}}` at its end where it varies, or the phone number.
    package var target: String?

    package init(kind: Kind, text: String, target: String? = nil) {
      self.kind = kind
      self.text = text
      self.target = target
    }
  }

  package var header: Header?
  package var body: String
  package var footer: String?
  package var buttons: [Button]
  /// Gaps are `{{first_name}}` instead of `{{1}}`.
  package var isNamed: Bool

  package init(
    header: Header? = nil,
    body: String,
    footer: String? = nil,
    buttons: [Button] = [],
    isNamed: Bool = false
  ) {
    self.header = header
    self.body = body
    self.footer = footer
    self.buttons = buttons
    self.isNamed = isNamed
  }

  /// What this program can't fill in yet.
  var unsupported: String? {
    header == .location
      ? "its header wants a place, which Inbox can't fill in: use another" : nil
  }
}

extension TemplateComponents {
  /// From Meta's `components` array, whose types come in either case.
  package init(json: JSONValue, format: String?) {
    self.init(body: "", isNamed: format?.uppercased() == "NAMED")
    for part in json.array {
      let format = part["format"].text?.uppercased() ?? "TEXT"
      switch part["type"].text?.uppercased() {
      case "HEADER": header = Self.header(format, text: part["text"].text ?? "")
      case "BODY": body = part["text"].text ?? ""
      case "FOOTER": footer = part["text"].text
      case "BUTTONS": buttons = part["buttons"].array.map(Button.init(json:))
      default: break
      }
    }
    // Older answers leave the format out: a gap that is no number is a named one.
    if format == nil { isNamed = TemplateGaps.names(in: body).contains { Int($0) == nil } }
  }

  private static func header(_ format: String, text: String) -> Header? {
    switch format {
    case "TEXT": text.isEmpty ? nil : .text(text)
    case "IMAGE": .media(.image)
    case "VIDEO": .media(.video)
    case "DOCUMENT": .media(.document)
    case "LOCATION": .location
    default: nil
    }
  }

  /// In Meta's form, as it is posted and stored.
  ///
  /// `examples` says something for each gap, which Meta's reviewers want to see.
  package func json(examples: [String: String] = [:]) -> JSONValue {
    var parts: [JSONValue] = []
    if let header = headerJSON(examples) { parts.append(header) }
    var bodyPart: JSONValue = ["type": "BODY", "text": .string(body)]
    let names = TemplateGaps.names(in: body)
    if !names.isEmpty, !examples.isEmpty {
      let values = names.map { examples[$0] ?? $0 }
      bodyPart.set(
        "example",
        isNamed
          ? [
            "body_text_named_params": .array(
              zip(names, values).map { ["param_name": .string($0), "example": .string($1)] }
            )
          ] : ["body_text": [.array(values.map(JSONValue.string))]]
      )
    }
    parts.append(bodyPart)
    if let footer { parts.append(["type": "FOOTER", "text": .string(footer)]) }
    if !buttons.isEmpty {
      parts.append(["type": "BUTTONS", "buttons": .array(buttons.map { $0.json(examples) })])
    }
    return .array(parts)
  }

  private func headerJSON(_ examples: [String: String]) -> JSONValue? {
    switch header {
    case nil: return nil
    case .text(let text):
      var part: JSONValue = ["type": "HEADER", "format": "TEXT", "text": .string(text)]
      if let name = TemplateGaps.names(in: text).first, let example = examples["header." + name] {
        part.set("example", ["header_text": [.string(example)]])
      }
      return part
    case .media(let kind):
      return ["type": "HEADER", "format": .string(kind.rawValue.uppercased())]
    case .location: return ["type": "HEADER", "format": "LOCATION"]
    }
  }
}

extension TemplateComponents.Button {
  init(json: JSONValue) {
    let type = json["type"].text?.uppercased() ?? ""
    self.init(
      kind: Kind(rawValue: type) ?? .other,
      text: json["text"].text ?? type.lowercased(),
      target: json["url"].text ?? json["phone_number"].text
    )
  }

  func json(_ examples: [String: String]) -> JSONValue {
    var part: JSONValue = ["type": .string(kind.rawValue), "text": .string(text)]
    guard let target else { return part }
    part.set(kind == .phone ? "phone_number" : "url", .string(target))
    if kind == .url, target.contains("{{"), let example = examples["button." + text] {
      part.set("example", [.string(target.replacing("{{1}}", with: example))])
    }
    return part
  }
}

extension JSONValue {
  /// Sets a member of an object.
  package mutating func set(_ key: String, _ value: JSONValue) {
    guard case .object(var members) = self else { return }
    members.removeAll { $0.key == key }
    members.append(Member(key, value))
    self = .object(members)
  }
}
