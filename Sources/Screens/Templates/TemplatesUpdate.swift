// What is done on the page of templates: moving, writing, deleting.
import Model
import TerminalUI

extension AppState {
  /// Their page opens.
  mutating func beginTemplates() {
    effects.append(.loadGym)
    templates = TemplatesState()
    templates.cursor = templateRows.firstIndex(where: \.isChoosable) ?? 0
  }

  /// Over headings, and no further than there are rows.
  mutating func moveTemplates(by step: Int) {
    templates.sought = nil
    let rows = templateRows
    let wanted = min(max(0, templates.cursor + step), rows.count - 1)
    let below = rows.indices.first { $0 >= wanted && rows[$0].isChoosable }
    let above = rows.indices.last { $0 <= wanted && rows[$0].isChoosable }
    templates.cursor = (step > 0 ? below ?? above : above ?? below) ?? templates.cursor
  }

  /// A click: the first one shows the text, the second one edits.
  mutating func chooseTemplate(_ row: Int) {
    let isChosen = templates.cursor == row
    templates.sought = nil
    templates.cursor = row
    if isChosen, let command = commands[.editTemplate] { run(command) }
  }

  mutating func editTemplate() {
    if let subject = chosenSubject { edit(subject) }
  }

  mutating func edit(_ subject: TemplateEditorState.Subject) {
    templates.sought = nil
    let account = (book?.whatsAppTemplates ?? []).first?.account ?? book?.businessAccounts.first
    if case .whatsApp(nil) = subject, account == nil {
      return complain("No channel of the config has a business_account_id: templates belong to one")
    }
    var editor = TemplateEditorState(subject, account: account ?? "")
    restoreBegun(&editor)
    overlays.append(.templateEditor(editor))
  }

  mutating func askToDeleteTemplate() {
    switch chosenSubject {
    case .reply(let reply?):
      overlays.append(.prompt(PromptState(purpose: .deleteReply(reply))))
    case .whatsApp(let template?):
      overlays.append(.prompt(PromptState(purpose: .deleteTemplate(template))))
    default: break
    }
  }

  /// A typed word stands against a slip: a deleted template can't be had back for 30 days.
  mutating func deleteTemplate(_ purpose: PromptState.Purpose, typed: String) -> String? {
    switch purpose {
    case .deleteReply(let reply):
      guard typed.lowercased() == "delete" else { return "Type delete, or Esc to keep it" }
      effects.append(.deleteReply(reply.id))
    case .deleteTemplate(let template):
      guard typed == template.name else { return "Type \(template.name), or Esc to keep it" }
      effects.append(.deleteTemplate(template))
      say("Deleting \(template.name) at WhatsApp …")
    default: break
    }
    return nil
  }
}
