// Keys of the template editor, and sending what it holds.
import Model
import TerminalUI

extension AppState {
  mutating func press(_ key: Key, editor: TemplateEditorState) {
    var editor = editor
    let isLeaving = editor.isLeaving
    editor.isLeaving = false
    switch key {
    case .escape, .ctrl("c"):
      guard editor.isChanged, !isLeaving else {
        forgetBegun(editor)
        return dismissOverlay()
      }
      editor.isLeaving = true
    case .tab: editor.cursor = (editor.cursor + 1) % editor.fields.count
    case .backTab: editor.cursor = (editor.cursor + editor.fields.count - 1) % editor.fields.count
    case .enter where editor.cursor + 1 < editor.fields.count: editor.cursor += 1
    case .enter: return submit(editor)
    case .ctrl("j"), .altEnter:
      if editor.fields[editor.cursor].rows > 1 { editor.fields[editor.cursor].editor.insert("\n") }
    default:
      if editor.fields[editor.cursor].editor.handle(key) != .ignored { editor.error = nil }
    }
    keepBegun(editor)
    replaceOverlay(.templateEditor(editor))
  }

  private mutating func submit(_ editor: TemplateEditorState) {
    guard !editor.isBusy else { return }
    var editor = editor
    switch editor.subject {
    case .reply(let reply):
      effects.append(
        .saveReply(reply?.id, name: editor.text(.name), body: editor.text(.text))
      )
    case .whatsApp:
      let word = editor.text(.category).uppercased()
      let template = editor.template
      var problems = TemplateRules.problems(
        name: template.name,
        language: template.language,
        template.components
      )
      if WhatsAppTemplate.Category(rawValue: word) == nil {
        problems.insert("The category is utility or marketing", at: 0)
      }
      if let first = problems.first {
        editor.error = first
        return replaceOverlay(.templateEditor(editor))
      }
      effects.append(.submitTemplate(template, examples: editor.examples))
    }
    editor.isBusy = true
    replaceOverlay(.templateEditor(editor))
  }

  /// What was written is kept: the list behind shows it.
  mutating func templateSaved(_ note: String, isReversible: Bool) {
    if case .templateEditor(let editor) = overlays.last {
      dismissOverlay()
      forgetBegun(editor)
      seek(editor.key)
    }
    effects.append(.loadGym)
    if isReversible { deeds.append(.change(at: now)) }
    say(isReversible ? "\(note) · u undo" : note)
  }
}
