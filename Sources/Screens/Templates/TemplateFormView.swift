// Draws the form of a WhatsApp template: its gaps on top, below them the message as the customer reads it.
import Model
import TerminalUI

extension AppState {
  func drawTemplateForm(_ form: TemplateFormState, on canvas: inout Canvas) {
    let width = overlayWidth(76)
    let inner = max(1, width - 5)
    let preview = Wrap.lines(Sanitizer.paragraph(form.preview, limit: 4000), width: inner)
    let head = form.fields.count * 2
    let inside = overlayBox(
      width: width,
      height: min(
        size.rows,
        head + preview.count + 3 + (form.error == nil && !form.isLeaving ? 0 : 1) + 2
      ),
      title: title(of: form, width: width),
      footer: form.fields.isEmpty
        ? "Enter send · Esc cancel" : "Enter send · Tab next · Esc cancel",
      on: &canvas
    )
    var rest = inside
    // Where there is little room, the field being filled in stays in sight.
    let shown = max(1, (inside.height - 4) / 2)
    let first = max(0, min(form.cursor - shown + 1, form.fields.count - shown))
    for (index, field) in form.fields.enumerated().dropFirst(first).prefix(shown) {
      rest = draw(field, number: index, isChosen: index == form.cursor, in: rest, on: &canvas)
    }
    let problem = form.error.map { (text: "✗ " + $0, style: Theme.bad) }
    let leaving = (text: "! Esc again drops what is typed", style: Theme.warning)
    if let note = form.isLeaving ? leaving : problem {
      let (line, below) = rest.splitTop(1)
      canvas.text(
        note.text,
        at: Point(x: line.x, y: line.y),
        width: line.width,
        style: note.style
      )
      rest = below
    }
    drawBelow(preview.map { (String($0), Theme.text) }, in: rest, on: &canvas)
  }

  private func title(of form: TemplateFormState, width: Int) -> [Span] {
    let name = Sanitizer.line(form.template.name, limit: 60)
    let whole = [Span(name, Theme.strong), Span(" to " + form.leadName, Theme.text)]
    guard whole.reduce(0, { $0 + $1.width }) > width - 6 else { return whole }
    return [Span(form.leadName, Theme.strong), Span(": " + name, Theme.text)]
  }

  private func draw(
    _ field: TemplateFormState.Field,
    number: Int,
    isChosen: Bool,
    in rect: Rect,
    on canvas: inout Canvas
  ) -> Rect {
    drawField(
      Sanitizer.line(field.gap.label, limit: 80),
      field.editor,
      number: number,
      isChosen: isChosen,
      in: rect,
      on: &canvas
    )
  }

  /// A label and the line being typed below it; returns what is left of `rect`.
  func drawField(
    _ label: String,
    _ editor: TextEditor,
    number: Int,
    isChosen: Bool,
    rows: Int = 1,
    in rect: Rect,
    on canvas: inout Canvas
  ) -> Rect {
    guard rect.height > 1 else { return rect }
    let (title, below) = rect.splitTop(1)
    canvas.text(
      (isChosen ? "▸ " : "  ") + label,
      at: Point(x: title.x, y: title.y),
      width: title.width,
      style: isChosen ? Theme.accentStrong : Theme.quiet
    )
    let (box, rest) = below.splitTop(min(rows, below.height))
    let line = box.inset(left: 2)
    let width = max(1, line.width - 1)
    let layout = editor.layout(width: width).visible(rows: max(1, line.height))
    canvas.target(line, .field(number, firstLine: layout.first, width: width))
    for (row, text) in layout.lines.prefix(line.height).enumerated() {
      canvas.text(
        text,
        at: Point(x: line.x, y: line.y + row),
        width: line.width,
        style: Theme.text
      )
    }
    for row in 0..<line.height where isChosen {
      canvas.restyle(Rect(x: line.x, y: line.y + row, width: line.width, height: 1)) {
        $0.with(.underline)
      }
    }
    if isChosen {
      canvas.cursor = Point(
        x: min(line.x + layout.cursor.x, max(line.x, line.maxX - 1)),
        y: min(line.y + layout.cursor.y, size.rows - 1)
      )
    }
    return rest
  }
}
