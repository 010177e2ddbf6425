// Draws the page of templates: a list, and the text of the one under the cursor beside it,
// or below it where there is less room.
import Model
import TerminalUI

extension AppState {
  var templatesTitle: (left: [Span], right: [Span]) {
    let waiting = (book?.whatsAppTemplates ?? []).count { $0.status == .pending }
    let note = waiting > 0 ? [Span("\(waiting) in review", Theme.warning)] : []
    return ([Span("Saved replies and templates", Theme.strong)], note)
  }

  func drawTemplates(_ inside: Rect, on canvas: inout Canvas) {
    let rows = templateRows
    let isWide = inside.width >= 90
    let area = inside.inset(left: 1, right: 1)
    let cursor = min(templates.cursor, max(0, rows.count - 1))
    var (list, detail) = area.splitLeft(isWide ? area.width * 45 / 100 : area.width)
    let text =
      rows.indices.contains(cursor)
      ? detailLines(rows[cursor], width: isWide ? detail.width - 2 : area.width) : []
    if !isWide, area.height >= 8 {
      // The text takes what it needs: half of the room, and more when the list leaves it.
      let most = max(area.height / 2, area.height - rows.count)
      (list, detail) = area.splitBottom(min(text.count + 1, most))
    }
    let window = ListWindow(count: rows.count, cursor: cursor, in: list.inset(right: 1))
    let headings = Set(rows.indices.filter { !rows[$0].isChoosable })
    drawList(window, cursor: cursor, headings: headings, on: &canvas) { index, line, canvas in
      draw(rows[index], in: line, on: &canvas)
    }
    guard isWide else { return drawBelow(text, in: detail, on: &canvas) }
    for y in detail.y..<detail.maxY {
      canvas.text("│", at: Point(x: detail.x, y: y), width: 1, style: Theme.rule)
    }
    drawLines(text, in: detail.inset(left: 2), on: &canvas)
  }

  private func draw(_ row: TemplateRow, in line: Rect, on canvas: inout Canvas) {
    let point = Point(x: line.x, y: line.y)
    switch row {
    case .heading(let title):
      canvas.spans([Span(title, Theme.accentStrong)], at: point, width: line.width)
    case .hint(let words):
      canvas.spans([Span("  " + words, Theme.quiet)], at: point, width: line.width)
    case .reply(let reply):
      canvas.spans(
        [Span("  " + Sanitizer.line(reply.name, limit: 80), Theme.text)],
        at: point,
        width: line.width
      )
    case .whatsApp(let template):
      canvas.line(
        [
          Span("  " + Sanitizer.line(template.name, limit: 80)),
          Span(" " + Sanitizer.line(template.language, limit: 12), Theme.quiet),
        ],
        right: [state(of: template)],
        at: point,
        width: line.width
      )
    }
  }

  private func state(of template: WhatsAppTemplate) -> Span {
    switch template.status {
    case .approved where template.refusal == nil:
      template.quality == "RED" ? Span("! low quality", Theme.warning) : Span("✓ ready", Theme.good)
    case .approved: Span("✗ can't be sent here", Theme.bad)
    case .pending, .inAppeal: Span("◷ in review", Theme.warning)
    case .paused: Span("‖ paused", Theme.warning)
    case .rejected: Span("✗ rejected", Theme.bad)
    default: Span("✗ " + template.status.rawValue.lowercased(), Theme.bad)
    }
  }

  private func detailLines(_ row: TemplateRow, width: Int) -> [(text: String, style: Style)] {
    var lines: [(text: String, style: Style)] = []
    func add(_ text: String, _ style: Style) {
      let clean = Sanitizer.paragraph(text, limit: 4000)
      lines += Wrap.lines(clean, width: max(1, width)).map { (String($0), style) }
    }
    switch row {
    case .heading, .hint: break
    case .reply(let reply): add(reply.body, Theme.text)
    case .whatsApp(let template):
      if let reason = template.refusal {
        add(reason.prefix(1).uppercased() + reason.dropFirst(), Theme.warning)
        add("", Theme.text)
      }
      let quality = template.quality.map { " · quality " + $0.lowercased() } ?? ""
      add(template.category.rawValue.lowercased() + quality, Theme.quiet)
      if template.syncedAt.milliseconds > 0 {
        add("synced " + longAge(from: template.syncedAt, to: now) + " ago", Theme.quiet)
      }
      add("", Theme.text)
      add(template.components.preview([:]), Theme.text)
    }
    return lines
  }
}
