// Draws a picker: numbered choices, the present one marked, a preview for saved replies.
import TerminalUI

extension AppState {
  func drawPicker(_ picker: PickerState, on canvas: inout Canvas) {
    let items = picker.matching
    let previewRows = picker.showsPreview && size.rows >= 16 ? 7 : 0
    let inside = overlayBox(
      width: picker.showsPreview ? 64 : 48,
      height: min(max(items.count, 1), size.rows) + 4 + previewRows,
      title: [Span(picker.title, Theme.strong)],
      footer: "1-9 or Enter pick · type to filter · Esc",
      on: &canvas
    )
    var rest = drawSearch(picker.search, prompt: "› ", in: inside, on: &canvas)
    if rest.height > items.count + previewRows { rest = rest.inset(top: 1) }
    let (list, preview) = rest.splitBottom(min(previewRows, max(0, rest.height - 3)))
    guard !items.isEmpty else {
      canvas.text(
        "Nothing found",
        at: Point(x: list.x, y: list.y),
        width: list.width,
        style: Theme.quiet
      )
      return
    }
    let first = max(0, picker.cursor - list.height + 1)
    for (row, item) in items.dropFirst(first).prefix(list.height).enumerated() {
      let index = first + row
      let digit = picker.search.isEmpty && index < 9 ? "\(index + 1) " : "  "
      let line = Rect(x: list.x, y: list.y + row, width: list.width, height: 1)
      let detail = picker.showsPreview ? "" : item.detail
      canvas.line(
        [
          Span(digit, Theme.quiet), Span(item.isCurrent ? "✓ " : "  ", Theme.good),
          Span(item.title),
        ],
        right: detail.isEmpty ? [] : [Span(detail, Theme.quiet)],
        at: Point(x: line.x, y: line.y),
        width: line.width
      )
      canvas.target(line, .row(index))
      if index == picker.cursor { canvas.restyle(line) { _ in Theme.selected } }
    }
    drawPreview(items, picker, in: preview, on: &canvas)
  }

  private func drawPreview(
    _ items: [PickerState.Item],
    _ picker: PickerState,
    in rect: Rect,
    on canvas: inout Canvas
  ) {
    guard rect.height > 1, items.indices.contains(picker.cursor) else { return }
    let (rule, body) = rect.splitTop(1)
    canvas.fill(rule, style: Theme.rule, glyph: "╌")
    let lines = Wrap.lines(items[picker.cursor].detail, width: max(1, body.width))
    for (row, line) in lines.prefix(body.height).enumerated() {
      let isCut = row == body.height - 1 && lines.count > body.height
      canvas.text(
        isCut ? Wrap.truncate(line + " …", to: body.width) : String(line),
        at: Point(x: body.x, y: body.y + row),
        width: body.width,
        style: Theme.text
      )
    }
  }
}
