// Draws the palette: the line typed, and what it could mean with its keys.
import TerminalUI

extension AppState {
  func drawPalette(_ palette: PaletteState, on canvas: inout Canvas) {
    let entries = entries(of: palette)
    let inside = overlayBox(
      width: 64,
      height: min(entries.count, 14) + 4,
      title: [Span(palette.isFuzzy ? "Find a command" : "Command", Theme.strong)],
      footer: [Span("Enter run · Tab complete · Esc close", Theme.quiet)],
      on: &canvas
    )
    let prompt = palette.isFuzzy ? "› " : ":"
    var rest = drawSearch(palette.input, prompt: prompt, in: inside, on: &canvas)
    if rest.height > 3 { rest = rest.inset(top: 1) }
    guard !entries.isEmpty else {
      canvas.text(
        "No such command",
        at: Point(x: rest.x, y: rest.y),
        width: rest.width,
        style: Theme.quiet
      )
      return
    }
    let first = max(0, palette.cursor - rest.height + 1)
    for (row, entry) in entries.dropFirst(first).prefix(rest.height).enumerated() {
      let line = Rect(x: rest.x, y: rest.y + row, width: rest.width, height: 1)
      let title = Sanitizer.line(entry.title, limit: 200)
      var left = [Span(title, entry.disabled == nil ? Theme.text : Theme.quiet)]
      if let reason = entry.disabled { left.append(Span("  " + reason, Theme.quiet)) }
      canvas.line(
        left,
        right: [Span(entry.keys, Theme.quiet)],
        at: Point(x: line.x, y: line.y),
        width: line.width
      )
      if first + row == palette.cursor { canvas.restyle(line) { _ in Theme.selected } }
    }
  }
}
