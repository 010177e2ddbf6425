// Writing a saved reply or a WhatsApp template: its fields, and what they make.
import Model
import TerminalUI

struct TemplateEditorState: Equatable {
  enum Subject: Equatable {
    case reply(Template?)
    case whatsApp(WhatsAppTemplate?)
  }

  enum Name: String {
    case name, language, category, header, text, footer, buttons, examples
  }

  struct Field: Equatable {
    var name: Name
    var label: String
    var editor: TextEditor
    var rows = 1
  }

  var subject: Subject
  /// The business account a new WhatsApp template belongs to.
  var account: String
  var fields: [Field]
  var cursor = 0
  var error: String?
  /// WhatsApp is being asked.
  var isBusy = false
  /// Esc was pressed with something typed: once more drops it.
  var isLeaving = false
  private var opened: [String] = []

  init(_ subject: Subject, account: String) {
    self.subject = subject
    self.account = account
    func field(_ name: Name, _ label: String, _ text: String, rows: Int = 1) -> Field {
      let editor = TextEditor(kind: rows > 1 ? .multiLine : .singleLine, text: text)
      return Field(name: name, label: label, editor: editor, rows: rows)
    }
    switch subject {
    case .reply(let reply):
      fields = [
        field(.name, "Name", reply?.name ?? ""),
        field(
          .text,
          "Text · {first_name} {gym} {staff} fill themselves in",
          reply?.body ?? "",
          rows: 6
        ),
      ]
    case .whatsApp(let template):
      let parts = template?.components
      fields = []
      // What WhatsApp has once accepted keeps its name and language.
      if template?.providerID == nil {
        fields.append(field(.name, "Name · a-z 0-9 _", template?.name ?? ""))
        fields.append(field(.language, "Language · en, en_US, de …", template?.language ?? "en"))
      }
      var header = ""
      if case .text(let text) = parts?.header { header = text }
      fields += [
        field(
          .category,
          "Category · utility or marketing",
          (template?.category ?? .utility).rawValue.lowercased()
        ),
        field(.header, "Header · may stay empty", header),
        field(.text, "Text · gaps are {{1}}, {{2}} or {{first_name}}", parts?.body ?? "", rows: 5),
        field(.footer, "Footer · may stay empty", parts?.footer ?? ""),
        field(
          .buttons,
          "Quick reply buttons · Yes | No",
          (parts?.buttons ?? []).filter { $0.kind == .quickReply }.map(\.text)
            .joined(separator: " | ")
        ),
        field(.examples, "Examples for the gaps · 1=Maya; 2=Friday at 18:00", ""),
      ]
    }
    opened = fields.map(\.editor.text)
  }

  /// Something was typed that is not saved.
  var isChanged: Bool { fields.map(\.editor.text) != opened }

  /// What it will be known by.
  var key: TemplateKey {
    switch subject {
    case .reply: .reply(name: text(.name).trimmed)
    case .whatsApp: .whatsApp(name: template.name, language: template.language)
    }
  }

  var title: String {
    switch subject {
    case .reply(nil): "New saved reply"
    case .reply: "Saved reply"
    case .whatsApp(nil): "New WhatsApp template"
    case .whatsApp(let template): "WhatsApp template " + (template?.name ?? "")
    }
  }

  func text(_ name: Name) -> String {
    fields.first { $0.name == name }?.editor.text.trimmedMessage ?? ""
  }

  /// The template that the fields describe.
  var template: WhatsAppTemplate {
    var known: WhatsAppTemplate?
    if case .whatsApp(let template) = subject { known = template }
    var parts = known?.components ?? TemplateComponents(body: "")
    parts.body = text(.text)
    parts.footer = text(.footer).isEmpty ? nil : text(.footer)
    let header = text(.header)
    switch parts.header {
    case .media, .location: break
    case .text, nil: parts.header = header.isEmpty ? nil : .text(header)
    }
    let others = parts.buttons.filter { $0.kind != .quickReply }
    let replies = text(.buttons).split(separator: "|").map { $0.filter { $0 != "\n" } }
      .map { TemplateComponents.Button(kind: .quickReply, text: $0.trimmed) }
    parts.buttons = replies + others
    parts.isNamed = TemplateGaps.names(in: parts.body).contains { Int($0) == nil }
    return WhatsAppTemplate(
      account: known?.account ?? account,
      providerID: known?.providerID,
      name: known?.providerID == nil ? text(.name) : known?.name ?? "",
      language: known?.providerID == nil ? text(.language) : known?.language ?? "",
      category: .init(word: text(.category)),
      status: .pending,
      components: parts,
      syncedAt: Timestamp(milliseconds: 0)
    )
  }

  /// `1=Maya; first_name=Ben` by the gaps' keys; one for a gap of the header serves by its name too.
  var examples: [String: String] {
    var values: [String: String] = [:]
    for pair in text(.examples).split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      values[parts[0].trimmed] = parts[1].trimmed
    }
    for gap in template.components.gaps where gap.place == .header && values[gap.key] == nil {
      values[gap.key] = values[gap.name]
    }
    return values
  }
}
