// Draws the help: keys left, what they do right, the chosen one's whole text below; one column on narrow
// screens.
import TerminalUI

extension AppState {
  private static let titleWidth = 27

  func drawHelp(_ help: HelpState, on canvas: inout Canvas) {
    let commands = help.commands(of: commands)
    let inside = overlayBox(
      width: helpWidth(help),
      height: size.rows,
      title: [Span("Help", Theme.strong), Span(" · " + help.context.title, Theme.text)],
      footer: "Enter run · type to search · " + (help.search.isEmpty ? "Esc close" : "Esc clear"),
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
    let keyWidth = rest.width >= 40 ? 18 : 9
    let isWide = rest.width >= 64
    let cursor = min(help.cursor, commands.count - 1)
    let isWhole = isWide && commands.allSatisfy { fits($0, keyWidth: keyWidth, width: rest.width) }
    let texts = isWhole ? [] : commands.map { wholeHelp($0, isWide: isWide) }
    let (list, below) = splitForText(texts, in: rest)
    let window = ListWindow(count: commands.count, cursor: cursor, in: list)
    drawList(window, cursor: cursor, on: &canvas) { index, line, canvas in
      let command = commands[index]
      let keys = command.callers.prefix(rest.width >= 40 ? 3 : 1).joined(separator: "  ")
      canvas.spans(
        [Span(Wrap.truncate(keys, to: keyWidth - 1), Theme.key)],
        at: Point(x: line.x, y: line.y),
        width: keyWidth
      )
      canvas.spans(
        helpWords(command, reason: command.disabled(self), isWide: isWide),
        at: Point(x: line.x + keyWidth, y: line.y),
        width: line.width - keyWidth
      )
    }
    if !isWhole { drawText(texts[cursor], in: below, on: &canvas) }
  }

  /// As wide as the longest text of the place wants to be: a search doesn't move the box.
  private func helpWidth(_ help: HelpState) -> Int {
    let longest = HelpState(context: help.context).commands(of: commands).reduce(0) {
      max($0, Width.of($1.plainHelp))
    }
    return max(96, min(4 + 18 + Self.titleWidth + 1 + longest, size.columns - 12))
  }

  /// What it is called, and more about it (or why it can't be done now) where there is room.
  private func helpWords(_ command: Command, reason: String?, isWide: Bool) -> [Span] {
    let style = reason == nil ? Theme.text : Theme.quiet
    guard isWide else { return [Span(command.title, style)] }
    let title = Wrap.truncate(command.title, to: Self.titleWidth)
    return [
      Span(title.paddedRight(to: Self.titleWidth + 1), style),
      Span(reason ?? command.plainHelp, Theme.quiet),
    ]
  }

  /// A row of a wide box tells everything.
  private func fits(_ command: Command, keyWidth: Int, width: Int) -> Bool {
    command.disabled(self) == nil && Width.of(command.title) <= Self.titleWidth
      && keyWidth + Self.titleWidth + 1 + Width.of(command.plainHelp) <= width
  }

  /// What the row may have no room for.
  private func wholeHelp(_ command: Command, isWide: Bool) -> String {
    let words = (isWide ? "" : command.title + ": ") + command.plainHelp
    return command.disabled(self).map { words + " Not now: " + $0 } ?? words
  }
}
