// Draws the list of templates with what can be done; the text of the one under the cursor beside the list,
// or below it where there is less room.
import Model
import TerminalUI

extension AppState {
  func drawTemplates(_ state: TemplatesState, on canvas: inout Canvas) {
    let rows = templateRows
    let isWide = size.columns >= 90
    let keys =
      !maySetTemplates
      ? "S sync · Esc back"
      : size.columns >= 60
        ? "e edit · n new reply · N new WhatsApp template · D delete · S sync · Esc"
        : "e edit  n/N new  D delete  Esc"
    let inside = overlayBox(
      width: min(size.columns, 120),
      height: size.rows >= 16 ? size.rows - 6 : size.rows,
      title: [Span("Templates", Theme.strong)],
      footer: keys,
      on: &canvas
    )
    let list: Rect
    let detail: Rect
    if isWide {
      (list, detail) = inside.splitLeft(inside.width * 45 / 100)
    } else {
      (list, detail) = inside.splitBottom(inside.height >= 12 ? inside.height / 2 : 0)
    }
    let cursor = min(state.cursor, max(0, rows.count - 1))
    let top = max(0, min(cursor - list.height + 2, rows.count - list.height))
    for (row, item) in rows.enumerated().dropFirst(top).prefix(list.height) {
      let line = Rect(x: list.x, y: list.y + row - top, width: list.width - 1, height: 1)
      draw(item, in: line, on: &canvas)
      if item.isChoosable { canvas.target(line, .row(row)) }
      if row == cursor, item.isChoosable { canvas.restyle(line) { _ in Theme.selected } }
    }
    guard rows.indices.contains(cursor), detail.height > 1 else { return }
    var body = detail
    if isWide {
      for y in detail.y..<detail.maxY {
        canvas.text("│", at: Point(x: detail.x, y: y), width: 1, style: Theme.rule)
      }
      body = detail.inset(left: 2)
    } else {
      let (rule, rest) = detail.splitTop(1)
      canvas.fill(rule, style: Theme.rule, glyph: "╌")
      body = rest
    }
    drawDetail(rows[cursor], in: body, on: &canvas)
  }

  private func draw(_ row: TemplateRow, in line: Rect, on canvas: inout Canvas) {
    let point = Point(x: line.x, y: line.y)
    switch row {
    case .heading(let title):
      canvas.text(title, at: point, width: line.width, style: Theme.accentStrong)
    case .hint(let words):
      canvas.text("  " + words, at: point, width: line.width, style: Theme.quiet)
    case .reply(let reply):
      canvas.text(
        "  " + Sanitizer.line(reply.name, limit: 80),
        at: point,
        width: line.width,
        style: Theme.text
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

  private func drawDetail(_ row: TemplateRow, in rect: Rect, on canvas: inout Canvas) {
    var lines: [(String, Style)] = []
    func add(_ text: String, _ style: Style) {
      let clean = Sanitizer.paragraph(text, limit: 4000)
      for line in Wrap.lines(clean, width: max(1, rect.width)) {
        lines.append((String(line), style))
      }
    }
    switch row {
    case .heading, .hint: return
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
    for (row, line) in lines.prefix(rect.height).enumerated() {
      canvas.text(
        line.0,
        at: Point(x: rect.x, y: rect.y + row),
        width: rect.width,
        style: line.1
      )
    }
  }
}
