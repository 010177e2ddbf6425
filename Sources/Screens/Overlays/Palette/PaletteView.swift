// Draws the palette: the line typed, and what it could mean with its keys.
import TerminalUI

extension AppState {
  func drawPalette(_ palette: PaletteState, on canvas: inout Canvas) {
    let entries = entries(of: palette)
    let inside = overlayBox(
      width: 92,
      height: min(entries.count, 14) + 4,
      title: [Span(palette.isFuzzy ? "Find a command" : "Command", Theme.strong)],
      footer: "Enter run · Tab complete · Esc close",
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
      canvas.line(
        words(entry, isFuzzy: palette.isFuzzy, isWide: rest.width >= 60),
        right: [Span(entry.isRecent ? "↺" : entry.keys, Theme.quiet)],
        at: Point(x: line.x, y: line.y),
        width: line.width
      )
      canvas.target(line, .row(first + row))
      if first + row == palette.cursor { canvas.restyle(line) { _ in Theme.selected } }
    }
  }

  /// What it is called, and more about it (or why it can't be done now) where there is room.
  private func words(_ entry: PaletteEntry, isFuzzy: Bool, isWide: Bool) -> [Span] {
    if case .unknown = entry.action { return [Span(entry.title, Theme.quiet)] }
    let name = isFuzzy || entry.isRecent && entry.line.contains(" ") ? entry.title : entry.line
    let title = Sanitizer.line(name, limit: 200)
    let style = entry.disabled == nil ? Theme.text : Theme.quiet
    guard isWide else {
      return [Span(title, style)] + (entry.disabled.map { [Span("  " + $0, Theme.quiet)] } ?? [])
    }
    let detail = entry.disabled.map { "can't now: " + $0 } ?? entry.detail
    return [
      Span(Wrap.truncate(title, to: 30).paddedRight(to: 32), style),
      Span(Sanitizer.line(detail, limit: 200), Theme.quiet),
    ]
  }
}
