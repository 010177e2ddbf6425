// Draws a prompt: its question, the answer being typed, what is wrong with it.
import TerminalUI

extension AppState {
  func drawPrompt(_ prompt: PromptState, on canvas: inout Canvas) {
    let width = min(60, size.columns)
    let textWidth = max(1, width - 5)
    let question = prompt.question.map { Wrap.lines($0, width: textWidth) } ?? []
    let lines = prompt.field.layout(width: textWidth)
    let isTyped = prompt.question == nil
    let rows = isTyped ? max(2, min(8, lines.lines.count)) : question.count
    let notes = promptNotes(prompt, width: textWidth)
    let inside = overlayBox(
      width: width,
      height: rows + 2 + notes.count,
      title: [Span(prompt.title, Theme.strong)],
      footer: prompt.keys,
      on: &canvas
    )
    for (row, line) in question.prefix(inside.height).enumerated() {
      canvas.text(
        line,
        at: Point(x: inside.x, y: inside.y + row),
        width: inside.width,
        style: Theme.text
      )
    }
    guard isTyped else { return }
    let shown = lines.visible(rows: max(1, min(rows, inside.height)))
    canvas.target(
      Rect(x: inside.x, y: inside.y, width: inside.width, height: min(rows, inside.height)),
      .field(0, firstLine: shown.lines.startIndex, width: textWidth)
    )
    for (row, line) in shown.lines.enumerated() {
      canvas.text(
        line,
        at: Point(x: inside.x, y: inside.y + row),
        width: inside.width,
        style: Theme.text
      )
    }
    let x = min(inside.x + shown.cursor.x, max(inside.x, inside.maxX - 1))
    canvas.cursor = Point(x: x, y: min(inside.y + shown.cursor.y, size.rows - 1))
    for (row, note) in notes.prefix(max(0, inside.height - rows)).enumerated() {
      canvas.text(
        note.text,
        at: Point(x: inside.x, y: inside.y + rows + row),
        width: inside.width,
        style: note.style
      )
    }
  }

  /// What stands below the field: what is wrong, what was found, or what to type.
  private func promptNotes(
    _ prompt: PromptState,
    width: Int
  ) -> [(text: Substring, style: Style)] {
    func lines(_ text: String, _ style: Style) -> [(text: Substring, style: Style)] {
      Wrap.lines(Sanitizer.line(text, limit: 600), width: width).prefix(4).map { ($0, style) }
    }
    if let error = prompt.error { return lines("✗ " + error, Theme.bad) }
    if case .later = prompt.purpose {
      let note = laterNote(prompt.field.text)
      return lines(note.text, note.isProblem ? Theme.warning : Theme.accent)
    }
    if prompt.isBusy { return lines("Sending …", Theme.quiet) }
    if !prompt.choices.isEmpty {
      return lines(prompt.choices.prefix(24).joined(separator: "  "), Theme.accent)
    }
    let help = prompt.help.map { lines($0, Theme.quiet) } ?? []
    guard case .attach = prompt.purpose else { return help }
    return lines(captionNote, Theme.text) + help
  }
}
