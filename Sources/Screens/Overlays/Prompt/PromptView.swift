// Draws a prompt: its question, the answer being typed, what is wrong with it.
import TerminalUI

extension AppState {
  func drawPrompt(_ prompt: PromptState, on canvas: inout Canvas) {
    let width = min(60, size.columns)
    let textWidth = max(1, width - 5)
    let question = prompt.question.map { Wrap.lines($0, width: textWidth) } ?? []
    let lines = ComposerLines(prompt.field, width: textWidth)
    let isTyped = prompt.question == nil
    let rows = isTyped ? max(2, min(8, lines.lines.count)) : question.count
    let inside = overlayBox(
      width: width,
      height: rows + 2 + (prompt.error == nil ? 0 : 1),
      title: [Span(prompt.title, Theme.strong)],
      footer: [Span(prompt.keys, Theme.quiet)],
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
    let first = max(0, lines.cursor.y - rows + 1)
    for (row, line) in lines.lines.dropFirst(first).prefix(rows).enumerated() {
      canvas.text(
        Sanitizer.line(String(line)),
        at: Point(x: inside.x, y: inside.y + row),
        width: inside.width,
        style: Theme.text
      )
    }
    let x = min(inside.x + lines.cursor.x, max(inside.x, inside.maxX - 1))
    canvas.cursor = Point(x: x, y: min(inside.y + lines.cursor.y - first, size.rows - 1))
    if let error = prompt.error, inside.height > rows {
      canvas.text(
        "✗ " + error,
        at: Point(x: inside.x, y: inside.y + rows),
        width: inside.width,
        style: Theme.bad
      )
    }
  }
}
