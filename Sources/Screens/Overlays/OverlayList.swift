// What the lists of overlays share: which rows are in sight, the mark that there are more, and the text
// below them that is about the chosen one.
import TerminalUI

/// The rows of a list that fit into `rect`, with the chosen one among them.
struct ListWindow {
  let rect: Rect
  let count: Int
  let first: Int

  init(count: Int, cursor: Int, in rect: Rect) {
    self.rect = rect
    self.count = count
    // The chosen row keeps one beside it, so that what comes next is seen.
    let margin = rect.height >= 3 ? 2 : 1
    first = max(0, min(cursor - rect.height + margin, count - rect.height))
  }

  var rows: Range<Int> { min(first, count)..<min(count, first + rect.height) }

  func line(_ index: Int) -> Rect {
    Rect(x: rect.x, y: rect.y + index - first, width: rect.width, height: 1)
  }

  /// What stands on the border beside the row when there are more beyond it.
  func mark(_ index: Int) -> String? {
    if index == rows.upperBound - 1, rows.upperBound < count { return "↓" }
    return index == first && first > 0 ? "↑" : nil
  }
}

extension AppState {
  /// Draws the rows in sight, and on the border beside them that there are more.
  ///
  /// Headings can't be chosen.
  func drawList(
    _ window: ListWindow,
    cursor: Int?,
    headings: Set<Int> = [],
    on canvas: inout Canvas,
    draw: (Int, Rect, inout Canvas) -> Void
  ) {
    for index in window.rows {
      let line = window.line(index)
      draw(index, line, &canvas)
      if let mark = window.mark(index) {
        canvas.text(
          mark,
          at: Point(x: line.maxX + 1, y: line.y),
          width: 1,
          style: Theme.accentStrong
        )
      }
      guard !headings.contains(index) else { continue }
      canvas.target(line, .row(index))
      if index == cursor { canvas.restyle(line) { _ in Theme.selected } }
    }
  }

  /// Draws a rule and the text below it, cut where there is no room for the rest.
  func drawBelow(_ lines: [(text: String, style: Style)], in rect: Rect, on canvas: inout Canvas) {
    guard rect.height > 1 else { return }
    let (rule, body) = rect.splitTop(1)
    canvas.fill(rule, style: Theme.rule, glyph: "╌")
    drawLines(lines, in: body, on: &canvas)
  }

  func drawLines(_ lines: [(text: String, style: Style)], in rect: Rect, on canvas: inout Canvas) {
    for (row, line) in lines.prefix(rect.height).enumerated() {
      let isCut = row == rect.height - 1 && lines.count > rect.height
      canvas.text(
        isCut ? Wrap.truncate(line.text + " …", to: rect.width) : line.text,
        at: Point(x: rect.x, y: rect.y + row),
        width: rect.width,
        style: line.style
      )
    }
  }

  /// The rows of a list, and below them room for the longest of these texts: as many lines as it fills,
  /// few, and none where the list needs them all.
  func splitForText(_ texts: [String], in rect: Rect) -> (list: Rect, below: Rect) {
    guard rect.height >= 8 else { return (rect, rect.splitBottom(0).1) }
    let most = rect.width < 50 ? 3 : 2
    let lines = texts.reduce(0) { most == $0 ? $0 : max($0, textLines($1, in: rect).count) }
    return rect.splitBottom(lines == 0 ? 0 : 1 + min(most, lines))
  }

  func drawText(_ text: String, in rect: Rect, on canvas: inout Canvas) {
    drawBelow(textLines(text, in: rect).map { ($0, Theme.text) }, in: rect, on: &canvas)
  }

  private func textLines(_ text: String, in rect: Rect) -> [String] {
    guard !text.isEmpty else { return [] }
    return Wrap.lines(Sanitizer.line(text, limit: 600), width: max(1, rect.width)).map(String.init)
  }
}
