// All templates: the gym's saved replies and WhatsApp's, in one list with the text of the one under the
// cursor beside it.
import Model
import TerminalUI

struct TemplatesState: Equatable {
  /// A row that can be chosen, where there is any.
  var cursor = 0
  /// What was just saved: the cursor goes there when the list has it.
  var sought: TemplateKey?
}

/// What a template is known by, whatever is written in it.
enum TemplateKey: Equatable {
  case reply(name: String)
  case whatsApp(name: String, language: String)
}

/// A row of the list.
enum TemplateRow: Equatable {
  case heading(String)
  case reply(Template)
  case whatsApp(WhatsAppTemplate)
  /// Where there are none: what to do.
  case hint(String)

  var isChoosable: Bool {
    switch self {
    case .reply, .whatsApp: true
    case .heading, .hint: false
    }
  }

  var key: TemplateKey? {
    switch self {
    case .reply(let reply): .reply(name: reply.name)
    case .whatsApp(let template): .whatsApp(name: template.name, language: template.language)
    case .heading, .hint: nil
    }
  }
}

extension AppState {
  var templateRows: [TemplateRow] {
    var rows: [TemplateRow] = [.heading("Saved replies")]
    let replies = book?.templates ?? []
    rows += replies.map(TemplateRow.reply)
    if replies.isEmpty { rows.append(.hint("none yet · n writes the first")) }
    rows.append(.heading("WhatsApp templates"))
    let templates = book?.whatsAppTemplates ?? []
    rows += templates.map(TemplateRow.whatsApp)
    if templates.isEmpty {
      rows.append(.hint("none · a channel needs its business_account_id, then S syncs"))
    }
    return rows
  }

  /// The row under the cursor of the page, while that is open.
  private var templateRow: TemplateRow? {
    guard focus == .templates else { return nil }
    let rows = templateRows
    return rows.indices.contains(templates.cursor) ? rows[templates.cursor] : nil
  }

  var chosenTemplate: TemplateKey? { templateRow?.key }

  /// What the editor is opened with.
  var chosenSubject: TemplateEditorState.Subject? {
    switch templateRow {
    case .reply(let reply): .reply(reply)
    case .whatsApp(let template): .whatsApp(template)
    case .heading, .hint, nil: nil
    }
  }

  /// The list has changed: the cursor goes to what was just saved, or stays on what it was on.
  mutating func moveTemplatesCursor(from chosen: TemplateKey?) {
    guard focus == .templates else { return }
    let rows = templateRows
    func row(_ key: TemplateKey?) -> Int? {
      key.flatMap { key in rows.firstIndex { $0.key == key } }
    }
    if let found = row(templates.sought) {
      templates.cursor = found
      templates.sought = nil
    } else if let found = row(chosen) {
      templates.cursor = found
    } else {
      let next = rows.indices.first { $0 >= templates.cursor && rows[$0].isChoosable }
      templates.cursor = next ?? rows.lastIndex(where: \.isChoosable) ?? 0
    }
  }

  /// What was written is saved; its row may be there only later.
  mutating func seek(_ key: TemplateKey) { templates.sought = key }

  /// Only owners and admins change what all write with.
  var maySetTemplates: Bool { session.map { $0.user.role != .staff } ?? false }
}
