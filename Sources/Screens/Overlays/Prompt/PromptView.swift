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
    let shown = lines.visible(rows: max(1, min(rows, inside.height)))
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
