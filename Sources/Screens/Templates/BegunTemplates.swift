// What was typed into template editors and not saved: kept with the user's own choices, for it is about
// nobody.
import Model
import TerminalUI

extension TemplateEditorState {
  /// The texts by field; nil while they are as they were opened.
  fileprivate var begun: [String: String]? {
    guard isChanged else { return nil }
    return Dictionary(fields.map { ($0.name.rawValue, $0.editor.text) }) { first, _ in first }
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
    keepEditor(editor, editor.begun)
  }

  /// It was saved, or dropped knowingly.
  mutating func forgetBegun(_ editor: TemplateEditorState) { keepEditor(editor, nil) }

  /// Puts what was begun into an editor.
  mutating func restoreBegun(_ editor: inout TemplateEditorState) {
    guard let begun = begunTemplates[editor.subject.name] else { return }
    for place in editor.fields.indices {
      let field = editor.fields[place]
      guard let text = begun[field.name.rawValue], text != field.editor.text else { continue }
      editor.fields[place].editor.replace(with: text)
    }
    if editor.isChanged { say("What you had begun stands here again") }
  }

  private mutating func keepEditor(_ editor: TemplateEditorState, _ fields: [String: String]?) {
    guard begunTemplates[editor.subject.name] != fields else { return }
    begunTemplates[editor.subject.name] = fields
    keep(.begunTemplates, begunTemplates.kept)
  }
}
