// JSON for people: indented, and with everything hidden that could name somebody or open something.

extension JSONValue {
  /// A line a value, two columns a level.
  package func prettyLines() -> [String] {
    var lines: [String] = []
    addPretty(to: &lines, indent: "", before: "", after: "")
    return lines
  }

  private func addPretty(to lines: inout [String], indent: String, before: String, after: String) {
    let inner = indent + "  "
    switch self {
    case .object(let members) where !members.isEmpty:
      lines.append(indent + before + "{")
      for (place, member) in members.enumerated() {
        member.value.addPretty(
          to: &lines,
          indent: inner,
          before: JSONValue.string(member.key).encoded() + ": ",
          after: place + 1 < members.count ? "," : ""
        )
      }
      lines.append(indent + "}" + after)
    case .array(let values) where !values.isEmpty:
      lines.append(indent + before + "[")
      for (place, value) in values.enumerated() {
        let comma = place + 1 < values.count ? "," : ""
        value.addPretty(to: &lines, indent: inner, before: "", after: comma)
      }
      lines.append(indent + "]" + after)
    default: lines.append(indent + before + encoded() + after)
    }
  }

  /// The same shape with its values hidden, all but those that only say what sort of event it is.
  ///
  /// What is shown is listed, not what is hidden: a key that nobody knows yet stays hidden.
  package func masked() -> JSONValue { masked(key: "", parent: "") }

  private func masked(key: String, parent: String) -> JSONValue {
    switch self {
    case .object(let members):
      return .object(
        members.map { Member($0.key.maskedKey, $0.value.masked(key: $0.key, parent: key)) }
      )
    case .array(let values): return .array(values.map { $0.masked(key: key, parent: parent) })
    case .string(let text):
      if text.isEmpty || Self.isShown(key, in: parent) && text.utf8.count <= 100 { return self }
      return .string("‹\(text.count) hidden›")
    case .number: return Self.isShown(key, in: parent) ? self : .string("‹number hidden›")
    case .bool, .null: return self
    }
  }

  private static func isShown(_ key: String, in parent: String) -> Bool {
    // An entry's own id is the gym's account; other ids have phone numbers in them.
    shownKeys.contains(key) || key == "id" && parent == "entry"
  }

  private static let shownKeys: Set<String> = [
    "object", "field", "type", "messaging_product", "status", "event", "event_name", "timestamp",
    "time", "mime_type", "code", "error_subcode", "action", "category", "pricing_model", "source",
    "source_type", "media_type", "phone_number_id", "num_edit", "product_type", "new_category",
    "previous_quality_score", "new_quality_score", "previous_category", "phase", "chunk_order",
    "message_template_language", "progress", "version", "quantity", "waba_ban_state", "currency",
    "restriction_type", "violation_type", "entity_type", "alert_type", "alert_severity",
    "alert_status", "decision",
  ]
}

extension String {
  /// A key is a word of the provider's; one that is none may be anything.
  fileprivate var maskedKey: String {
    let isWord = utf8.allSatisfy {
      (97...122) ~= $0 || (65...90) ~= $0 || (48...57) ~= $0 || [95, 46, 45].contains($0)
    }
    let isNumber = utf8.allSatisfy { (48...57) ~= $0 }
    return isWord && !isNumber && utf8.count <= 60 ? self : "‹key hidden›"
  }
}
