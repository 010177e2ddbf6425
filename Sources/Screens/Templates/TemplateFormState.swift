// Filling in a WhatsApp template before it is sent: one field a gap, with the message as it will read.
import Model
import TerminalUI

struct TemplateFormState: Equatable {
  struct Field: Equatable {
    var gap: TemplateGap
    var editor: TextEditor
  }

  var lead: LeadID
  var leadName: String
  var template: WhatsAppTemplate
  var fields: [Field]
  var cursor = 0
  var error: String?
  /// It is being sent: once is enough.
  var isBusy = false
  /// Esc was pressed with something typed: once more drops it.
  var isLeaving = false
  private let opened: [String]

  /// `known` fills gaps that are called as what is known of the person.
  init(
    lead: LeadID,
    leadName: String,
    template: WhatsAppTemplate,
    known: [String: String]
  ) {
    self.lead = lead
    self.leadName = leadName
    self.template = template
    fields = template.components.gaps.map { gap in
      let value = known[gap.name] ?? Self.guess(gap, template.components, known)
      return Field(gap: gap, editor: TextEditor(kind: .singleLine, text: value ?? ""))
    }
    opened = fields.map(\.editor.text)
    cursor = fields.firstIndex { $0.editor.isEmpty } ?? max(0, fields.count - 1)
  }

  /// A number after a greeting is their name.
  private static func guess(
    _ gap: TemplateGap,
    _ parts: TemplateComponents,
    _ known: [String: String]
  ) -> String? {
    guard gap.place == .body, let range = parts.body.firstRange(of: "{{\(gap.name)}}") else {
      return gap.name.contains("name") ? known["first_name"] : nil
    }
    if gap.name.contains("name") { return known["first_name"] }
    let words = parts.body[..<range.lowerBound].split { !$0.isLetter }
    let greetings = ["hi", "hello", "hey", "hallo", "hola", "olá", "bonjour", "salut", "ciao"]
    guard words.count == 1, let word = words.first?.lowercased(), greetings.contains(word) else {
      return nil
    }
    return known["first_name"]
  }

  /// Something was typed.
  var isChanged: Bool { fields.map(\.editor.text) != opened }

  var values: [String: String] {
    Dictionary(fields.map { ($0.gap.key, $0.editor.text) }) { first, _ in first }
  }

  var preview: String { template.components.preview(values) }
}
