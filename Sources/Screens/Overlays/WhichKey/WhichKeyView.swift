// After a prefix such as `g` has waited a moment: what can follow it. The prefix never times out.
import Model
import TerminalUI

extension AppState {
  func drawWhichKey(_ layout: Layout, on canvas: inout Canvas) {
    guard phase == .desk, let due = keys.popupAt, due <= now else { return }
    var choices = continuations(isShort: false)
    guard !choices.isEmpty else { return }
    var keyWidth = choices.reduce(1) { max($0, Width.of($1.key)) } + 3
    func wanted() -> Int { keyWidth + choices.reduce(0) { max($0, Width.of($1.title)) } + 4 }
    if wanted() > size.columns {
      choices = continuations(isShort: true)
      keyWidth -= 2
    }
    let width = overlayWidth(wanted() + 4)
    let height = min(size.rows, choices.count + 2)
    let rect = Rect(
      x: size.columns - width,
      y: max(0, layout.body.maxY - height),
      width: width,
      height: height
    )
    let prefix = KeySequence(keys.reader.pending).label
    canvas.target(rect, .surface)
    var inside = canvas.box(rect, title: [Span(prefix + " …", Theme.strong)], style: Theme.accent)
    if choices.count > inside.height {
      // Every choice is worth more than a border.
      canvas.fill(rect, style: .plain)
      inside = Rect(x: inside.x, y: rect.y, width: inside.width, height: rect.height)
    }
    for (row, choice) in choices.prefix(inside.height).enumerated() {
      canvas.target(
        Rect(x: inside.x, y: inside.y + row, width: inside.width, height: 1),
        .keys(choice.sequence)
      )
      canvas.spans(
        [Span(choice.key.paddedRight(to: keyWidth), Theme.key), Span(choice.title)],
        at: Point(x: inside.x, y: inside.y + row),
        width: inside.width
      )
    }
    drawMore(above: 0, below: choices.count - inside.height, in: rect, on: &canvas)
  }

  private func continuations(
    isShort: Bool
  ) -> [(sequence: KeySequence, key: String, title: String)] {
    let prefix = keys.reader.pending
    return (keyMap?.continuations(of: prefix) ?? []).map { found in
      let rest = KeySequence(Array(found.sequence.keys.dropFirst(prefix.count)))
      let command = commands[found.action]
      let title = command?.shortTitle ?? ""
      return (found.sequence, rest.label, isShort ? command?.short ?? title : title)
    }
  }
}
