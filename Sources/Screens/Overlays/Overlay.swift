// What can lie over the panes. The topmost takes the keys.
import Model
import TerminalUI

enum Overlay: Equatable {
  case help(HelpState)
  case palette(PaletteState)
  case picker(PickerState)
  case prompt(PromptState)
  case templateForm(TemplateFormState)
  case templateEditor(TemplateEditorState)
}

extension AppState {
  mutating func dismissOverlay() { _ = overlays.popLast() }

  mutating func pressOverlay(_ key: Key) {
    switch overlays.last {
    case .help(let help): press(key, help: help)
    case .palette(let palette): press(key, palette: palette)
    case .picker(let picker): press(key, picker: picker)
    case .prompt(let prompt): press(key, prompt: prompt)
    case .templateForm(let form): press(key, form: form)
    case .templateEditor(let editor): press(key, editor: editor)
    case nil: break
    }
  }

  mutating func pasteIntoOverlay(_ text: String) {
    let line = Sanitizer.line(text)
    switch overlays.last {
    case .help(var help):
      help.search.insert(line)
      help.cursor = 0
      replaceOverlay(.help(help))
    case .palette(var palette):
      palette.input.insert(line)
      palette.cursor = nil
      replaceOverlay(.palette(palette))
    case .picker(var picker):
      picker.search.insert(line)
      picker.cursor = 0
      replaceOverlay(.picker(picker))
    case .prompt(var prompt):
      guard !prompt.isBusy else { return }
      prompt.field.insert(Sanitizer.paragraph(text))
      keepTyped(prompt)
      replaceOverlay(.prompt(prompt))
    case .templateForm(var form):
      guard form.fields.indices.contains(form.cursor) else { return }
      form.fields[form.cursor].editor.insert(line)
      form.isLeaving = false
      keepBegun(.templateForm(form))
      replaceOverlay(.templateForm(form))
    case .templateEditor(var editor):
      let isLong = editor.fields[editor.cursor].rows > 1
      editor.fields[editor.cursor].editor.insert(isLong ? Sanitizer.paragraph(text) : line)
      editor.isLeaving = false
      keepBegun(editor)
      replaceOverlay(.templateEditor(editor))
    case nil: break
    }
  }

  mutating func replaceOverlay(_ overlay: Overlay) {
    guard !overlays.isEmpty else { return }
    overlays[overlays.count - 1] = overlay
  }
}
