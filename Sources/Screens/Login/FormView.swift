// A centred form: title, labelled fields, a message, hints. Drawn for login and set-up.
import TerminalUI

struct FormView {
  struct Entry {
    var label: String
    var field: TextEditor
  }

  var title: String
  var subtitle: String
  var entries: [Entry]
  var focused: Int
  var message: String?
  var isError: Bool
  var action: String
  var keys: String
  var hints: [String]

  func draw(on canvas: inout Canvas, notice: Notice?) {
    let size = canvas.size
    let width = min(size.columns - 2, 56)
    let hasHead = size.rows >= 12
    let isAiry = size.rows >= entries.count * 2 + 8 + hints.count
    let step = isAiry || isStacked(width) ? 2 : 1
    let head = hasHead ? 3 : 0
    let height = head + entries.count * step + 2 + (hasHead ? 2 : 0)
    let left = (size.columns - width) / 2
    var y = max(0, (size.rows - height - (hints.isEmpty ? 0 : hints.count + 2)) * 2 / 5)
    if hasHead {
      center(title, y: y, style: Theme.accentStrong, on: &canvas)
      center(subtitle, y: y + 1, style: Theme.quiet, on: &canvas)
      y += 3
    }
    // A low screen shows the fields around the focused one.
    let room = max(1, (size.rows - y - 1) / step)
    let first = max(0, min(focused - room + 1, entries.count - room))
    for index in entries.indices.dropFirst(first).prefix(room) {
      let line = Rect(x: left, y: y, width: width, height: 1)
      draw(entries[index], number: index, isFocused: index == focused, in: line, on: &canvas)
      y += step
    }
    foot(at: y, hasHead: hasHead, notice: notice, on: &canvas)
  }

  /// Too narrow for label and field side by side.
  private func isStacked(_ width: Int) -> Bool { width < 36 }

  private func draw(
    _ entry: Entry,
    number: Int,
    isFocused: Bool,
    in line: Rect,
    on canvas: inout Canvas
  ) {
    let labelWidth = entries.reduce(0) { max($0, Width.of($1.label)) } + 1
    let marker = isFocused ? "▌" : " "
    canvas.text(marker, at: Point(x: line.x, y: line.y), width: 1, style: Theme.accent)
    canvas.text(
      entry.label,
      at: Point(x: line.x + 2, y: line.y),
      width: line.width - 2,
      style: isFocused ? Theme.strong : Theme.quiet
    )
    let isBelow = isStacked(line.width)
    let box = isBelow ? line.moved(down: 1).inset(left: 2) : line.inset(left: labelWidth + 3)
    let shown = entry.field.layout(width: max(1, box.width))
    canvas.target(box, .field(number, firstLine: 0, width: max(1, box.width)))
    let underline = Style(attributes: isFocused ? [.underline] : [.underline, .dim])
    canvas.fill(box, style: underline)
    canvas.text(
      shown.lines.first ?? "",
      at: Point(x: box.x, y: box.y),
      width: box.width,
      style: underline
    )
    if isFocused { canvas.cursor = Point(x: min(box.x + shown.cursor.x, box.maxX - 1), y: box.y) }
  }

  private func foot(at y: Int, hasHead: Bool, notice: Notice?, on canvas: inout Canvas) {
    var y = y
    let rows = canvas.size.rows
    if let message = message ?? notice?.text {
      let style = isError && self.message != nil ? Theme.bad : Theme.text
      let mark = isError && self.message != nil ? "✗ " : ""
      let words = message.prefix(1).uppercased() + message.dropFirst()
      for line in Wrap.lines(mark + words, width: max(1, canvas.size.columns - 4)).prefix(3) {
        center(String(line), y: min(y, rows - 1), style: style, on: &canvas)
        y += 1
      }
      y += 1
    } else if hasHead {
      centerHints(action, y: y, style: Theme.strong, on: &canvas)
      centerHints(keys, y: y + 1, style: Theme.quiet, on: &canvas)
      y += 3
    }
    // What is longer than the screen is wide goes on below: it may be a password.
    let lines = hints.flatMap {
      Wrap.lines(Sanitizer.line($0, limit: 200), width: max(1, canvas.size.columns - 1))
    }
    for line in lines where y < rows {
      center(String(line), y: y, style: Theme.text, on: &canvas)
      y += 1
    }
  }

  private func centerHints(_ hints: String, y: Int, style: Style, on canvas: inout Canvas) {
    let x = max(0, (canvas.size.columns - Width.of(hints)) / 2)
    canvas.hints(hints, at: Point(x: x, y: y), width: canvas.size.columns - x, style: style)
  }

  private func center(_ text: String, y: Int, style: Style, on canvas: inout Canvas) {
    let shown = Wrap.truncate(text, to: canvas.size.columns - 1)
    let x = max(0, (canvas.size.columns - Width.of(shown)) / 2)
    canvas.text(shown, at: Point(x: x, y: y), width: canvas.size.columns, style: style)
  }
}
