// All templates: the gym's saved replies and WhatsApp's, in one list with the text of the one under the
// cursor beside it.
import Model
import TerminalUI

struct TemplatesState: Equatable {
  var cursor = 0
  var top = 0
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

  /// Only owners and admins change what all write with.
  var maySetTemplates: Bool { session.map { $0.user.role != .staff } ?? false }
}
