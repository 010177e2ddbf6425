// Draws the list: one line a lead with columns where there is room, else two lines.
import Model
import TerminalUI

extension AppState {
  func inboxTitle(style: Style) -> (left: [Span], right: [Span]) {
    if search != nil {
      let count = searchTerms == nil || !inbox.isLoaded ? "" : " · \(inbox.total)"
      guard marks.isEmpty else { return ([Span("Find" + count, style)], [markedSpan]) }
      return ([Span("Find in all leads" + count, style)], [])
    }
    // Beside other panes the tabs say already that this is the inbox.
    let isBeside = layout.hasTitles && !inboxIsTable
    let filter = inbox.filter.title
    var left = [Span(isBeside ? filter : "Inbox · " + filter, style)]
    if inbox.isLoaded { left.append(Span(" · \(inbox.total)", style)) }
    var right: [Span] = []
    if !marks.isEmpty { left = [markedSpan] }
    if inbox.waiting > 0 { right.append(Span("\(inbox.waiting) waiting", Theme.strong)) }
    guard inbox.top > 0 else { return (left, right) }
    // How far the list is scrolled: behind a dot, as two numbers side by side read as one.
    let above = Span((right.isEmpty ? "" : " · ") + "↑\(inbox.top)", Theme.quiet)
    let used = (left + right + [above]).reduce(0) { $0 + $1.width }
    if used + 8 <= layout.inbox?.width ?? 0 { right.append(above) }
    return (left, right)
  }

  /// Also those that a search doesn't show.
  private var markedSpan: Span {
    let shown = inbox.rows.count { marks.leads.contains($0.id) }
    let isWhole = !(inbox.hasBefore || inbox.hasAfter)
    let hidden = isWhole ? marks.leads.count - shown : 0
    let rest = hidden > 0 ? ", \(hidden) hidden" : " marked"
    return Span("◆ \(marks.leads.count)" + rest, Theme.accentStrong)
  }

  func drawInbox(_ whole: Rect, on canvas: inout Canvas) {
    let (line, pane) = whole.splitTop(inboxSearchRows)
    if let search { drawSearchLine(search, in: line, on: &canvas) }
    guard !inbox.rows.isEmpty else { return drawEmptyInbox(pane, on: &canvas) }
    let height = inboxRowHeight
    let shown = inbox.visibleRows(count: (pane.height + height - 1) / height)
    var y = pane.y + shown.skipped * height
    for row in shown.rows {
      let line = Rect(x: pane.x, y: y, width: pane.width, height: min(height, pane.maxY - y))
      if inboxIsTable {
        drawTableRow(row, in: line, on: &canvas)
      } else {
        drawTwoLineRow(row, in: line, on: &canvas)
      }
      y += height
    }
  }

  private func drawEmptyInbox(_ pane: Rect, on canvas: inout Canvas) {
    let lines: [String]
    if !inbox.isLoaded {
      lines = ["Loading …"]
    } else if let searchTerms {
      lines = nothingFound(searchTerms)
    } else {
      switch inbox.filter {
      case .needsReply: lines = ["Nobody is waiting", "", "f shows all open leads"]
      case .troubled: lines = ["No send is in trouble", "", "f shows all open leads"]
      case .mine: lines = ["No leads are yours", "", "A takes one, f shows all open leads"]
      case .unassigned: lines = ["Every lead has an owner", "", "f shows all open leads"]
      case .open, .all:
        lines = ["No leads yet", "", firstLeadHint]
      }
    }
    drawMessage(lines, in: pane, on: &canvas)
  }

  private func drawSearchLine(_ search: SearchState, in rect: Rect, on canvas: inout Canvas) {
    _ = drawSearch(search.field, prompt: "/", in: rect.inset(left: 1), on: &canvas)
    if !isSearching || !overlays.isEmpty { canvas.cursor = nil }
  }

  /// What brings the first lead.
  private var firstLeadHint: String {
    switch health.link {
    case .down:
      "Nothing can come in: the relay can't be reached. `inbox doctor` in a shell says what to do"
    default:
      "They appear here as soon as somebody writes to the gym. T takes a tour meanwhile; "
        + "`inbox doctor` in a shell checks the channels"
    }
  }

  private func nothingFound(_ terms: SearchTerms) -> [String] {
    let words = Wrap.truncate(Sanitizer.line(terms.text, limit: 60), to: 24)
    let isShort = terms.endsOpen && (terms.plainWords.last?.count ?? 0) < 2
    let hint =
      isShort
      ? "Type on: messages are searched from two letters"
      : "Names, phone numbers, messages and notes were searched · Esc brings the list back"
    return ["Nothing found for \(words)", "", hint]
  }

  /// A few centred lines where there is nothing else to show.
  func drawMessage(_ lines: [String], in pane: Rect, on canvas: inout Canvas) {
    let wrapped = lines.flatMap { Wrap.lines($0, width: max(1, pane.width - 4)) }
    var y = pane.y + max(0, (pane.height - wrapped.count) * 2 / 5)
    for (index, line) in wrapped.enumerated() where y < pane.maxY {
      let x = pane.x + (pane.width - Width.of(line)) / 2
      let style = index == 0 ? Theme.strong : Theme.quiet
      canvas.text(line, at: Point(x: x, y: y), width: pane.maxX - x, style: style)
      y += 1
    }
  }

  private func isCursor(_ row: LeadSummary) -> Bool { row.id == inbox.cursor }

  /// Column 0: the cursor's bar, or a mark on the lead that the other panes show.
  private func marker(_ row: LeadSummary) -> Span {
    if marks.leads.contains(row.id) { return Span("◆", Theme.accentStrong) }
    // While a chat has the keys, the bar only says where the list goes on.
    let bar = focus == .inbox || row.id == opened?.id ? Theme.accentStrong : Theme.quiet
    if isCursor(row) { return Span("▌", bar) }
    return row.id == opened?.id ? Span("›", Theme.accentStrong) : Span(" ")
  }

  /// `● 12m` for those that wait, `3d` for the others, in five columns.
  private func clock(_ row: LeadSummary) -> Span {
    guard let since = row.waitingSince else {
      return Span(shortAge(from: row.lastMessageAt, to: now).padded(to: 5), Theme.quiet)
    }
    let wait = Wait(since: since, now: now)
    let text = wait.marker + shortAge(from: since, to: now).padded(to: 4)
    switch wait {
    case .fresh: return Span(text, Theme.good)
    case .aging: return Span(text, Theme.warning)
    case .late: return Span(text, Theme.bad)
    }
  }

  private func preview(_ row: LeadSummary) -> [Span] {
    let style = row.unread > 0 ? Theme.text : Theme.quiet
    if let hit = inbox.hits[row.id], hit.kind != .name, let searchTerms {
      let text = Sanitizer.line(hit.snippet, limit: 240)
      return (hit.kind == .note ? [Span("note: ", Theme.quiet)] : [])
        + searchTerms.spans(text, style)
    }
    var spans: [Span] = []
    if row.hasDraft { spans.append(Span("✎ ", Theme.warning)) }
    if row.previewDirection == .outbound || row.previewStatus == .unconfirmed {
      spans.append(Span(row.previewStatus.tick + " ", row.previewStatus.style))
    }
    if row.draftBy != nil, !row.hasDraft {
      let who = row.draftBy.flatMap { labels.initials[$0] } ?? ""
      spans.append(Span("✎\(who) ", Theme.quiet))
    }
    return spans + [Span(Sanitizer.line(row.preview, limit: 240), style)]
  }

  /// Two columns; blank for a lead that nobody has taken.
  private func ownerInitials(_ row: LeadSummary) -> String {
    row.owner.flatMap { labels.initials[$0] } ?? "  "
  }

  private func drawTwoLineRow(_ row: LeadSummary, in rect: Rect, on canvas: inout Canvas) {
    let first = Point(x: rect.x + 1, y: rect.y)
    // A column stays free before the next pane or the screen's edge, where there is one to spare.
    let width = rect.width - (layout.sizeClass > .tiny ? 2 : 1)
    let name = leadName(row)
    let stage = stageName(row.stage)
    let age = clock(row)
    // The stage gives way before the name does, but not below six columns.
    let room = width - 5 - 2
    let hasStage = width >= 29
    let stageRoom = hasStage ? min(Width.of(stage), max(6, room - Width.of(name))) : 0
    let mark = marker(row)
    canvas.text(mark.text, at: Point(x: rect.x, y: rect.y), width: 1, style: mark.style)
    canvas.line(
      [Span(name, row.unread > 0 ? Theme.strong : Theme.text)],
      right: [Span(Wrap.truncate(stage, to: stageRoom), Theme.quiet), Span(" "), age],
      at: first,
      width: width
    )
    highlight(row, rect, on: &canvas)
    guard rect.height > 1 else { return }
    let second = Point(x: rect.x + 1, y: rect.y + 1)
    if isCursor(row) {
      canvas.text("▌", at: Point(x: rect.x, y: rect.y + 1), width: 1, style: mark.style)
    }
    var right = [Span(ownerInitials(row), Theme.quiet)]
    if row.unread > 0 { right = [Span(" \(row.unread)  ", Theme.accentStrong)] + right }
    let badge = [Span(row.channelKind.badge + " ", Theme.accent)]
    canvas.line(badge + preview(row), right: right, at: second, width: width)
  }

  private func highlight(_ row: LeadSummary, _ rect: Rect, on canvas: inout Canvas) {
    let line = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 1, height: 1)
    if focus == .inbox {
      if isCursor(row) { canvas.restyle(line) { _ in Theme.selected } }
    } else if row.id == opened?.id {
      canvas.restyle(line) { $0.with(.bold) }
    }
  }

  private func drawTableRow(_ row: LeadSummary, in rect: Rect, on canvas: inout Canvas) {
    let columns = TableColumns(width: rect.width)
    let mark = marker(row)
    func put(_ span: Span, _ column: (x: Int, width: Int), on canvas: inout Canvas) {
      canvas.spans([span], at: Point(x: rect.x + column.x, y: rect.y), width: column.width)
    }
    put(mark, (0, 1), on: &canvas)
    put(clock(row), columns.clock, on: &canvas)
    put(Span(leadName(row), row.unread > 0 ? Theme.strong : Theme.text), columns.name, on: &canvas)
    if row.unread > 0 {
      let text = row.unread > 99 ? "99+" : " \(row.unread) "
      put(Span(text, Theme.accentStrong), columns.unread, on: &canvas)
    }
    put(Span(row.channelKind.badge, Theme.accent), columns.badge, on: &canvas)
    canvas.spans(
      preview(row),
      at: Point(x: rect.x + columns.preview.x, y: rect.y),
      width: columns.preview.width
    )
    put(Span(stageName(row.stage), Theme.quiet), columns.stage, on: &canvas)
    put(Span(ownerInitials(row), Theme.quiet), columns.owner, on: &canvas)
    highlight(row, rect, on: &canvas)
  }
}

/// Where a wide list's columns begin and how wide they are.
private struct TableColumns {
  var clock = (x: 1, width: 5)
  var name: (x: Int, width: Int)
  var unread: (x: Int, width: Int)
  var badge: (x: Int, width: Int)
  var preview: (x: Int, width: Int)
  var stage: (x: Int, width: Int)
  var owner: (x: Int, width: Int)

  init(width: Int) {
    name = (8, min(24, max(14, width / 5)))
    unread = (name.x + name.width + 1, 3)
    badge = (unread.x + 4, 2)
    owner = (width - 3, 2)
    stage = (owner.x - 13, 12)
    preview = (badge.x + 3, max(0, stage.x - badge.x - 5))
  }
}

extension String {
  /// Right-aligned in `columns`.
  func padded(to columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - Width.of(self))) + self
  }
}

extension MessageStatus {
  /// Where a message of ours stands, in one or two columns.
  var tick: String {
    switch self {
    case .received: ""
    case .queued: "◷"
    case .sending: "…"
    case .sent: "✓"
    case .delivered, .read: "✓✓"
    case .failed: "✗"
    case .unconfirmed: "?"
    }
  }

  var style: Style {
    switch self {
    case .read: Theme.accent
    case .failed: Theme.bad
    case .unconfirmed: Theme.warning
    default: Theme.quiet
    }
  }
}
