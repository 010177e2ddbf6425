// Draws the palette: the line typed, and what it could mean with its keys.
import TerminalUI

extension AppState {
  /// Entries in sight at once.
  private static let rows = 14

  func drawPalette(_ palette: PaletteState, on canvas: inout Canvas) {
    let entries = entries(of: palette)
    let width = overlayWidth(paletteWidth)
    let isWide = width >= 64
    let isWhole = isWide && entries.allSatisfy { fits($0, width: width - 4) }
    let texts = isWhole ? [] : entries.map { wholeText($0, isWide: isWide) }
    let whole = Rect(x: 0, y: 0, width: max(1, width - 4), height: size.rows)
    let inside = overlayBox(
      width: width,
      height: min(entries.count, Self.rows) + 4 + splitForText(texts, in: whole).below.height,
      most: Self.rows + 4 + (isWide ? 3 : 4),
      title: paletteTitle(palette),
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
    let chosen = palette.chosen(of: entries.count)
    let cursor = chosen ?? 0
    var (list, below) = (rest, rest.splitBottom(0).1)
    let wanted = splitForText(texts, in: whole).below.height
    if rest.height - wanted >= min(entries.count, 5) { (list, below) = rest.splitBottom(wanted) }
    let window = ListWindow(count: entries.count, cursor: cursor, in: list)
    drawList(window, cursor: chosen, on: &canvas) { index, line, canvas in
      let entry = entries[index]
      canvas.line(
        words(entry, isFuzzy: palette.isFuzzy, isWide: rest.width >= 60),
        right: [Span(entry.isRecent ? rest.width < 30 ? "" : "recent" : entry.keys, Theme.quiet)],
        at: Point(x: line.x, y: line.y),
        width: line.width
      )
    }
    if !isWhole { drawText(texts[cursor], in: below, on: &canvas) }
  }

  /// Says whom what is run is about.
  private func paletteTitle(_ palette: PaletteState) -> [Span] {
    let words = Span(palette.isFuzzy ? "Find a command" : "Command", Theme.strong)
    let marked = markedLeads.map { counted($0.count, "lead") }
    guard let whom = marked ?? palette.subject.map(leadName) else { return [words] }
    return size.columns < 30 ? [Span(whom, Theme.strong)] : [words, Span(" · " + whom, Theme.text)]
  }

  /// As wide as the longest help wants to be.
  private var paletteWidth: Int {
    let longest = commands.rows.reduce(0) { max($0, Width.of($1.plainHelp)) }
    return max(92, min(4 + 32 + longest + 10, size.columns - 12))
  }

  /// A row of a wide box tells everything.
  private func fits(_ entry: PaletteEntry, width: Int) -> Bool {
    entry.disabled == nil && Width.of(entry.title) <= 30
      && 33 + Width.of(Sanitizer.line(entry.detail, limit: 600)) + Width.of(entry.keys) <= width
  }

  /// What the row may have no room for.
  private func wholeText(_ entry: PaletteEntry, isWide: Bool) -> String {
    if case .unknown = entry.action { return "" }
    let title = isWide && Width.of(entry.title) <= 30 ? "" : entry.title
    let reason = entry.disabled.map { "Not now: " + $0 } ?? ""
    let texts = [title, entry.detail].filter { !$0.isEmpty }.joined(separator: ": ")
    return [texts, reason].filter { !$0.isEmpty }.joined(separator: " ")
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
