// Draws the journal: a line an event, the parked ones with their reason, or one event in full.
import Model
import TerminalUI

extension AppState {
  /// Events that fit the pane.
  var journalRows: Int { (layout.journal?.height ?? 1) - titleRows }

  var journalTitle: (left: [Span], right: [Span]) {
    if let detail = journal.detail {
      return ([Span("Journal", Theme.text), Span(" · event \(detail.line.id)", Theme.strong)], [])
    }
    let parked = journal.page?.parked ?? 0
    let words = journal.onlyParked ? " · parked only" : ""
    let count = parked > 0 ? [Span("\(parked) parked", Theme.warning)] : []
    return ([Span("Journal", Theme.strong), Span(words, Theme.quiet)], count)
  }

  func drawJournal(_ inside: Rect, on canvas: inout Canvas) {
    if let detail = journal.detail { return drawEvent(detail, in: inside, on: &canvas) }
    guard let page = journal.page else {
      return drawMessage(["Loading …"], in: inside, on: &canvas)
    }
    guard !page.lines.isEmpty else {
      let words =
        journal.onlyParked
        ? [
          "No event is parked", "", "Everything that came in was understood", "f shows all events",
        ]
        : ["No event yet", "", "Each webhook that the relay hands on stands here"]
      return drawMessage(words, in: inside, on: &canvas)
    }
    for (row, line) in page.lines.dropFirst(journal.top).prefix(inside.height).enumerated() {
      let rect = Rect(x: inside.x, y: inside.y + row, width: inside.width, height: 1)
      canvas.line(
        spans(of: line, width: rect.width),
        right: [Span(eventTime(line.receivedAt) + " ", Theme.quiet)],
        at: Point(x: rect.x, y: rect.y),
        width: rect.width
      )
      if journal.top + row == journal.cursor { canvas.restyle(rect) { _ in Theme.selected } }
    }
    let below = page.lines.count - journal.top - inside.height
    drawMore(above: journal.top, below: below, in: inside, on: &canvas)
  }

  private func spans(of line: JournalLine, width: Int) -> [Span] {
    let isNarrow = width < 60
    let number = isNarrow ? "" : String(line.id).padded(to: 6) + "  "
    var spans = [
      Span(" " + line.state.mark + " ", line.state.style), Span(number, Theme.quiet),
    ]
    if !isNarrow { spans.append(Span(line.state.rawValue.paddedRight(to: 9), line.state.style)) }
    spans.append(Span(Sanitizer.line(line.reason ?? line.summary, limit: 200)))
    if line.reason == nil, let name = line.leadName {
      spans.append(Span(" → " + Sanitizer.line(name, limit: 60), Theme.accent))
    }
    return spans
  }

  /// The time of day, with the day before today's.
  private func eventTime(_ time: Timestamp) -> String {
    let isToday = zone.civil(time).dayNumber == zone.civil(now).dayNumber
    let clock = clockTime(time, zone: zone)
    return isToday ? clock : shortAge(from: time, to: now)
  }

  private func drawEvent(_ detail: JournalDetail, in rect: Rect, on canvas: inout Canvas) {
    let lines = eventLines(detail, width: rect.width - 2)
    for (row, line) in lines.dropFirst(journal.detailScroll).prefix(rect.height).enumerated() {
      canvas.spans([line], at: Point(x: rect.x + 1, y: rect.y + row), width: rect.width - 2)
    }
    drawMore(
      above: journal.detailScroll,
      below: lines.count - journal.detailScroll - rect.height,
      in: rect,
      on: &canvas
    )
  }

  /// Everything of an event, wrapped.
  func eventLines(_ detail: JournalDetail, width: Int) -> [Span] {
    let line = detail.line
    func wrapped(_ text: String, _ style: Style) -> [Span] {
      Wrap.lines(Sanitizer.line(text, limit: 8000), width: max(10, width))
        .map { Span(String($0), style) }
    }
    var lines = wrapped("\(line.state.mark) \(line.state.rawValue)", line.state.style)
    if let reason = line.reason { lines += wrapped(reason, Theme.warning) }
    lines += wrapped(line.summary, Theme.text)
    if let name = line.leadName { lines += wrapped("o opens \(name)", Theme.accent) }
    lines += wrapped(
      "\(line.receivedAt.rfc3339) · \(line.source) · \(detail.path) · \(detail.bytes) bytes",
      Theme.quiet
    )
    lines += wrapped("SHA-256 \(detail.sha256)", Theme.quiet)
    let words = detail.isRaw ? "Nothing is hidden" : "Personal data is hidden · v shows it"
    lines += [Span("")] + wrapped(words, Theme.accentStrong)
    for text in detail.body {
      let indent = String(text.prefix { $0 == " " })
      let rest = Sanitizer.line(String(text.dropFirst(indent.count)), limit: 8000)
      let room = max(10, width - indent.count - 2)
      for (row, part) in Wrap.lines(rest, width: room).enumerated() {
        lines.append(Span(indent + (row > 0 ? "  " : "") + part))
      }
    }
    return lines
  }
}

extension EventState {
  fileprivate var mark: String {
    switch self {
    case .applied: "✓"
    case .pending: "…"
    case .parked: "!"
    case .rejected: "✗"
    }
  }

  fileprivate var style: Style {
    switch self {
    case .applied: Theme.good
    case .pending: Theme.quiet
    case .parked: Theme.warning
    case .rejected: Theme.bad
    }
  }
}
