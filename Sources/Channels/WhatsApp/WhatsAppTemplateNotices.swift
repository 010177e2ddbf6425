// `message_template_*` and `template_category_update`: what becomes of the gym's templates at WhatsApp.
import Model

extension WhatsAppChange {
  /// Adds the fact to the batch; nothing for other fields.
  func decodeTemplate(into batch: inout EventBatch) {
    guard let name = value["message_template_name"].text, let change = templateChange else {
      return
    }
    // Seen in both forms: en-US and en_US.
    let language = (value["message_template_language"].text ?? "").replacing("-", with: "_")
    batch.add(
      account,
      .template(
        TemplateNotice(
          name: name,
          language: language,
          providerID: value["message_template_id"].text,
          change: change,
          at: batch.time(.null)
        )
      )
    )
  }

  private var templateChange: TemplateNotice.Change? {
    switch field {
    case "message_template_status_update":
      guard let event = value["event"].text else { return nil }
      return .status(WhatsAppTemplate.Status(word: event), reason: templateReason)
    case "message_template_quality_update":
      return value["new_quality_score"].text.map { .quality($0) }
    case "template_category_update":
      // Without a previous category it only announces one.
      guard value["previous_category"].text != nil else { return .components }
      return value["new_category"].text.map { .category(.init(word: $0)) }
    case "message_template_components_update": return .components
    default: return nil
    }
  }

  /// The longest explanation that is given, and what to do where that is told.
  private var templateReason: String? {
    let info = value["rejection_info"]
    let words = [
      info["reason"].text ?? value["other_info"]["description"].text ?? value["reason"].text,
      info["recommendation"].text,
    ]
    let told = words.compactMap { $0 == "NONE" ? nil : $0 }.joined(separator: " ")
    return told.isEmpty ? nil : told.singleLine(limit: 400)
  }
}
