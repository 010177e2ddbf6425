// Keys of the list of templates.
import Model
import TerminalUI

extension AppState {
  mutating func openTemplates() {
    effects.append(.loadGym)
    var state = TemplatesState()
    state.cursor = templateRows.firstIndex(where: \.isChoosable) ?? 0
    overlays.append(.templates(state))
  }

  mutating func press(_ key: Key, templates state: TemplatesState) {
    var state = state
    state.sought = nil
    let rows = templateRows
    switch key {
    case .escape, .ctrl("c"), .character("q"), .character("h"), .left: return dismissOverlay()
    case .down, .character("j"): state.cursor = next(rows, from: state.cursor, by: 1)
    case .up, .character("k"): state.cursor = next(rows, from: state.cursor, by: -1)
    case .character("g"), .home: state.cursor = rows.firstIndex(where: \.isChoosable) ?? 0
    case .character("G"), .end: state.cursor = rows.lastIndex(where: \.isChoosable) ?? 0
    case .character("S"): effects.append(.syncTemplates)
    case .character("u"): undoChange()
    case .character("U"): redoChange()
    case .character("n"): return edit(.reply(nil))
    case .character("N"): return edit(.whatsApp(nil))
    case .enter, .character("e"), .character("l"), .right:
      return editRow(rows, at: state.cursor)
    case .character("D"): return askToDelete(rows, at: state.cursor)
    default: break
    }
    replaceOverlay(.templates(state))
  }

  private func next(_ rows: [TemplateRow], from place: Int, by step: Int) -> Int {
    var target = place + step
    while rows.indices.contains(target) {
      if rows[target].isChoosable { return target }
      target += step
    }
    return rows.indices.contains(place) ? place : rows.lastIndex(where: \.isChoosable) ?? 0
  }

  private mutating func editRow(_ rows: [TemplateRow], at place: Int) {
    guard rows.indices.contains(place) else { return }
    switch rows[place] {
    case .reply(let reply): edit(.reply(reply))
    case .whatsApp(let template): edit(.whatsApp(template))
    case .heading, .hint: break
    }
  }

  private mutating func edit(_ subject: TemplateEditorState.Subject) {
    guard maySetTemplates else { return complain("Only an owner or admin changes templates") }
    let account = (book?.whatsAppTemplates ?? []).first?.account ?? book?.businessAccounts.first
    if case .whatsApp(nil) = subject, account == nil {
      return complain("No channel of the config has a business_account_id: templates belong to one")
    }
    var editor = TemplateEditorState(subject, account: account ?? "")
    if begunTemplates.restore(&editor) { say("What you had begun stands here again") }
    overlays.append(.templateEditor(editor))
  }

  private mutating func askToDelete(_ rows: [TemplateRow], at place: Int) {
    guard maySetTemplates else { return complain("Only an owner or admin deletes templates") }
    guard rows.indices.contains(place) else { return }
    switch rows[place] {
    case .reply(let reply):
      overlays.append(.prompt(PromptState(purpose: .deleteReply(reply))))
    case .whatsApp(let template):
      overlays.append(.prompt(PromptState(purpose: .deleteTemplate(template))))
    case .heading, .hint: break
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
