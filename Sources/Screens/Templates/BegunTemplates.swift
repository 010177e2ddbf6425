// What was typed into template editors and not saved: kept with the user's own choices while it is
// typed, so that a lost line loses none of it.
import Model
import TerminalUI

/// Texts of editors by what they edit, and of those by the field.
struct BegunTemplates: Equatable {
  private var texts: [String: [String: String]] = [:]

  init() {}

  /// Empty for what is not ours.
  init(kept: String) {
    guard let value = try? JSONValue.parse(kept) else { return }
    for editor in value.members {
      for field in editor.value.members {
        texts[editor.key, default: [:]][field.key] = field.value.text ?? ""
      }
    }
  }

  /// Empty when nothing is begun.
  var kept: String {
    guard !texts.isEmpty else { return "" }
    let editors = texts.sorted { $0.key < $1.key }.map { name, fields in
      let members = fields.sorted { $0.key < $1.key }
        .map { JSONValue.Member($0.key, .string($0.value)) }
      return JSONValue.Member(name, .object(members))
    }
    return JSONValue.object(editors).encoded()
  }

  /// Takes the editor's texts, or forgets it once it is as it was opened.
  mutating func keep(_ editor: TemplateEditorState) {
    guard editor.isChanged else { return forget(editor) }
    texts[editor.subject.name] = Dictionary(
      editor.fields.map { ($0.name.rawValue, $0.editor.text) }
    ) { first, _ in first }
  }

  mutating func forget(_ editor: TemplateEditorState) { texts[editor.subject.name] = nil }

  /// Puts what was begun into an editor; false when nothing was.
  func restore(_ editor: inout TemplateEditorState) -> Bool {
    guard let begun = texts[editor.subject.name] else { return false }
    for place in editor.fields.indices {
      let field = editor.fields[place]
      guard let text = begun[field.name.rawValue], text != field.editor.text else { continue }
      editor.fields[place].editor.replace(with: text)
    }
    return editor.isChanged
  }
}

extension TemplateEditorState.Subject {
  /// The same in the next session.
  fileprivate var name: String {
    switch self {
    case .reply(let reply): "reply " + (reply.map { "\($0.id.rawValue)" } ?? "new")
    case .whatsApp(nil): "whatsapp new"
    case .whatsApp(let template?):
      "whatsapp \(template.account) \(template.name) \(template.language)"
    }
  }
}

extension AppState {
  /// Called whenever the texts of an open editor may have changed.
  mutating func keepBegun(_ editor: TemplateEditorState) {
    changeBegun { $0.keep(editor) }
  }

  /// It was saved, or dropped knowingly.
  mutating func forgetBegun(_ editor: TemplateEditorState) {
    changeBegun { $0.forget(editor) }
  }

  private mutating func changeBegun(_ change: (inout BegunTemplates) -> Void) {
    let before = begunTemplates
    change(&begunTemplates)
    if begunTemplates != before { keep(.begunTemplates, begunTemplates.kept) }
  }
}
