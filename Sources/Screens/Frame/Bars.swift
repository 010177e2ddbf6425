// The header, the status bar and the footer's hints.
import Model
import TerminalUI

extension AppState {
  func drawBars(_ layout: Layout, on canvas: inout Canvas) {
    if let header = layout.header {
      if layout.sizeClass >= .single {
        drawTabs(in: header, on: &canvas)
      } else {
        drawBreadcrumb(in: header, on: &canvas)
      }
    }
    if let status = layout.status {
      drawStatus(in: status, on: &canvas)
    } else if let notice {
      // No bar at this height: what must be said takes the last line for its moment.
      let last = Rect(x: 0, y: size.rows - 1, width: size.columns, height: 1)
      canvas.fill(last, style: .plain)
      canvas.spans([span(notice)], at: Point(x: 1, y: last.y), width: last.width - 1)
    }
    // What lies over the panes has the keys and names its own.
    if let hints = layout.hints, overlays.isEmpty { drawHints(in: hints, on: &canvas) }
  }

  private func drawTabs(in rect: Rect, on canvas: inout Canvas) {
    var left: [Span] = []
    var x = 0
    for pane in Pane.tabs {
      let isHere = pane == focus
      let tab = Span(" \(pane.rawValue) \(pane.title) ", isHere ? Theme.pill : Theme.quiet)
      canvas.target(Rect(x: x, y: rect.y, width: tab.width, height: 1), .tab(pane.rawValue))
      left += [tab, Span(" ")]
      x += tab.width + 1
    }
    var words: [String] = []
    // The list says it itself.
    let isSaid = layout.inbox != nil || !inbox.isLoaded || inbox.waiting == 0
    if !isSaid { words.append("\(inbox.waiting) waiting") }
    if let book { words.append(Sanitizer.line(book.gym.name, limit: 60)) }
    if let name = session?.user.name { words.append(Sanitizer.line(name, limit: 60)) }
    var right = words.joined(separator: " · ") + " "
    let tabs = left.reduce(0) { $0 + $1.width }
    while Width.of(right) + tabs + 2 > rect.width, words.count > 1 {
      words.removeLast()
      right = words.joined(separator: " · ") + " "
    }
    canvas.line(
      left,
      right: [Span(right, Theme.text)],
      at: Point(x: 0, y: rect.y),
      width: rect.width
    )
  }

  private func drawBreadcrumb(in rect: Rect, on canvas: inout Canvas) {
    var spans: [Span]
    var right: [Span] = []
    switch focus {
    case .inbox:
      let title = inboxTitle(style: Theme.strong)
      spans = title.left
      right = title.right
    case .dashboard: spans = [Span("Dashboard", Theme.strong)]
    case .journal: (spans, right) = journalTitle
    case .notices: (spans, right) = noticesTitle
    case .templates: (spans, right) = templatesTitle
    case .thread, .lead:
      let place = focus == .thread ? "" : "Lead › "
      spans = [Span("‹ " + place, Theme.quiet)]
      spans +=
        opened.map { identity($0.summary, style: Theme.text) }
        ?? [Span(focus.title, Theme.strong)]
      if focus == .thread && layout.sizeClass == .narrow { right = windowNote(width: rect.width) }
    }
    // As the rows below it: a column stays free on either side.
    let line = layout.sizeClass > .tiny ? rect.inset(left: 1, right: 1) : rect
    canvas.line(spans, right: right, at: Point(x: line.x, y: line.y), width: line.width)
    canvas.restyle(rect) { $0.with(.underline) }
  }

  private func drawStatus(in rect: Rect, on canvas: inout Canvas) {
    var left: [Span] = [Span(" ")]
    if isTyping { left = [Span(" TYPE ", Theme.pill), Span(" ")] }
    var right: [Span] = []
    if !isMouseOn { right.append(Span("MOUSE OFF: select freely", Theme.strong)) }
    if let notice {
      left.append(span(notice))
      if let leftBehindSpan { left += [Span(" · ", Theme.quiet), leftBehindSpan] }
      if layout.sizeClass >= .single { right.append(Span(linkWord, linkStyle)) }
    } else {
      if let leftBehindSpan { left += [leftBehindSpan, Span(" · ", Theme.quiet)] }
      left += healthSpans
    }
    canvas.line(left, right: right, at: Point(x: rect.x, y: rect.y), width: rect.width - 1)
  }

  private func span(_ notice: Notice) -> Span {
    notice.kind == .problem ? Span("✗ " + notice.text, Theme.bad) : Span(notice.text, Theme.strong)
  }

  private var linkWord: String {
    switch health.link {
    case .standby: "○ Standby"
    case .connecting: "○ Connecting"
    case .connected: "● Connected"
    case .down: "✗ Offline"
    }
  }

  private var linkStyle: Style {
    switch health.link {
    case .connected: Theme.good
    case .standby, .connecting: Theme.quiet
    case .down: Theme.bad
    }
  }

  private var healthSpans: [Span] {
    var spans = [Span(linkWord, linkStyle)]
    func add(_ text: String, _ style: Style = Theme.quiet) {
      spans.append(Span(" · " + text, style))
    }
    for span in channelSpans { add(span.text, span.style) }
    if health.queued > 0 { add("\(health.queued) to send", Theme.text) }
    if health.planned > 0 { add("\(health.planned) planned") }
    switch health.link {
    case .standby:
      add("another inbox does the work since " + clockTime(healthChangedAt, zone: zone))
    case .connecting: break
    case .connected:
      if let last = health.lastEventAt {
        let age = shortAge(from: last, to: now)
        add(age == "now" ? "last event just now" : "last event \(age) ago")
      }
    case .down(let reason, let since):
      add("since " + clockTime(since, zone: zone))
      add(Sanitizer.line(reason, limit: 200), Theme.text)
    }
    if health.parked > 0 && focus != .journal {
      add("! \(counted(health.parked, "parked event")) · g j", Theme.warning)
    }
    if notices.unread > 0 && focus != .notices {
      add("! \(counted(notices.unread, "notice")) · g n", Theme.warning)
    }
    if let trouble = health.trouble {
      add("! " + Sanitizer.line(trouble, limit: 200), Theme.warning)
    }
    return spans
  }

  private func drawHints(in rect: Rect, on canvas: inout Canvas) {
    var spans: [Span] = []
    var used = 1
    let isNarrow = layout.sizeClass <= .narrow
    let limit = isNarrow ? 4 : 7
    let gap = isNarrow ? "  " : "   "
    for hint in footerHints.prefix(limit) {
      let width = Width.of(hint.key) + Width.of(hint.word) + 1
      guard used + width + (isNarrow ? 1 : 0) <= rect.width else { break }
      let place = Rect(x: used, y: rect.y, width: width, height: 1)
      if let sequence = hint.sequence { canvas.target(place, .keys(sequence)) }
      spans.append(Span(spans.isEmpty ? " " : gap))
      spans.append(Span(hint.key, Theme.key))
      spans.append(Span(" " + hint.word, Theme.quiet))
      used += width + gap.count
    }
    canvas.spans(spans, at: Point(x: rect.x, y: rect.y), width: rect.width)
  }

  /// False for commands that would find nothing to do.
  private func isOfUse(_ id: Command.ID) -> Bool {
    switch id {
    case .nextWaiting: inbox.waiting > 0
    case .writeToNext: inbox.rows.contains { $0.needsReply && $0.id != opened?.id }
    case .undo: reversal != nil
    case .down: !inbox.rows.isEmpty
    default: true
    }
  }

  /// The keys most useful here, from the command table; help is always among them.
  var footerHints: [FooterHint] {
    let table = commands
    if context == .inbox, !marks.isEmpty, search == nil { return markedHints }
    var hints = (Commands.footer[context] ?? []).filter { id in
      table[id]?.disabled(self) == nil && isOfUse(id)
    }.compactMap { table.hints[$0] }
    let place = layout.sizeClass <= .narrow ? 2 : 3
    if context != .compose, context != .search, let help = table.hints[.help] {
      hints.insert(help, at: min(place, hints.count))
    }
    return hints
  }

  /// How the marks go away comes before what there may be no room for.
  private var markedHints: [FooterHint] {
    let table = commands
    let isNarrow = layout.sizeClass <= .narrow
    var hints = Commands.markedFooter.compactMap { table.hints[$0] }
    if isNarrow, let place = hints.indices.last { hints[place].word = "no reply" }
    let place = isNarrow ? 2 : hints.count
    hints.insert(FooterHint(key: .escape, word: "unmark"), at: min(place, hints.count))
    return hints + [table.hints[.help]].compactMap { $0 }
  }
}
