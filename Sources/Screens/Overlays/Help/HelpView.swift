// Draws the help: keys left, what they do right; one column on narrow screens.
import TerminalUI

extension AppState {
  func drawHelp(_ help: HelpState, on canvas: inout Canvas) {
    let commands = help.commands(of: commands)
    let inside = overlayBox(
      width: 96,
      height: size.rows,
      title: [Span("Help", Theme.strong), Span(" · " + help.context.title, Theme.text)],
      footer: "type to search · Enter run · Esc close",
      on: &canvas
    )
    var rest = drawSearch(help.search, prompt: "› ", in: inside, on: &canvas)
    if rest.height > 8 { rest = rest.inset(top: 1) }
    guard !commands.isEmpty else {
      canvas.text(
        "Nothing found",
        at: Point(x: rest.x, y: rest.y),
        width: rest.width,
        style: Theme.quiet
      )
      return
    }
    let first = max(0, min(help.cursor - rest.height / 2, commands.count - rest.height))
    let keyWidth = rest.width >= 40 ? 18 : 9
    for (row, command) in commands.dropFirst(first).prefix(rest.height).enumerated() {
      let line = Rect(x: rest.x, y: rest.y + row, width: rest.width, height: 1)
      let keys = command.callers.prefix(rest.width >= 40 ? 3 : 1).joined(separator: "  ")
      let reason = command.disabled(self)
      canvas.spans(
        [Span(Wrap.truncate(keys, to: keyWidth - 1), Theme.key)],
        at: Point(x: line.x, y: line.y),
        width: keyWidth
      )
      canvas.spans(
        helpWords(command, reason: reason, isWide: rest.width >= 64),
        at: Point(x: line.x + keyWidth, y: line.y),
        width: line.width - keyWidth
      )
      canvas.target(line, .row(first + row))
      if first + row == help.cursor { canvas.restyle(line) { _ in Theme.selected } }
    }
  }

  /// What it is called, and more about it (or why it can't be done now) where there is room.
  private func helpWords(_ command: Command, reason: String?, isWide: Bool) -> [Span] {
    if let reason { return [Span(command.title + ": " + reason, Theme.quiet)] }
    let title = Span(isWide ? command.title.paddedRight(to: 26) : command.title, Theme.text)
    return isWide ? [title, Span(" " + command.help, Theme.quiet)] : [title]
  }
}
