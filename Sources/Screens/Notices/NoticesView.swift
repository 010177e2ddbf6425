// Draws the notices about the gym's accounts: a line each, or one of them in full.
import Model
import TerminalUI

extension AppState {
  /// Notices that fit the pane.
  var noticesRows: Int { (layout.notices?.height ?? 1) - titleRows }

  var noticesTitle: (left: [Span], right: [Span]) {
    let count = notices.unread > 0 ? [Span("\(notices.unread) unread", Theme.warning)] : []
    guard notices.isOpen, let notice = notices.subject else {
      return ([Span("Notices", Theme.strong)], count)
    }
    return ([Span("Notices", Theme.text), Span(" · notice \(notice.id)", Theme.strong)], [])
  }

  func drawNotices(_ inside: Rect, on canvas: inout Canvas) {
    guard let list = notices.list else {
      return drawMessage(["Loading …"], in: inside, on: &canvas)
    }
    guard !list.isEmpty else {
      let words = [
        "No notice yet", "", "What Meta says of your accounts and templates stands here",
      ]
      return drawMessage(words, in: inside, on: &canvas)
    }
    if notices.isOpen, let notice = notices.subject {
      return drawNotice(notice, in: inside, on: &canvas)
    }
    for (row, notice) in list.dropFirst(notices.top).prefix(inside.height).enumerated() {
      let rect = Rect(x: inside.x, y: inside.y + row, width: inside.width, height: 1)
      canvas.line(
        spans(of: notice, width: rect.width),
        right: [Span(shortAge(from: notice.notice.at, to: now) + " ", Theme.quiet)],
        at: Point(x: rect.x, y: rect.y),
        width: rect.width
      )
      if notices.top + row == notices.cursor { canvas.restyle(rect) { _ in Theme.selected } }
    }
    let below = list.count - notices.top - inside.height
    drawMore(above: notices.top, below: below, in: inside, on: &canvas)
  }

  private func spans(of notice: AdminNotice, width: Int) -> [Span] {
    let severity = notice.notice.severity
    let style = notice.isUnread ? severity.style : Theme.quiet
    var spans = [
      Span(notice.isUnread ? " ● " : "   ", Theme.accentStrong), Span(severity.mark + " ", style),
    ]
    if width >= 60 {
      spans.append(Span(severity.rawValue.paddedRight(to: 10), style))
      let channel = Sanitizer.line(notice.channel ?? notice.account, limit: 40)
      spans.append(Span(channel.paddedRight(to: 10) + "  ", Theme.quiet))
    }
    let words = Sanitizer.line(notice.notice.title, limit: 200)
    return spans + [Span(words, notice.isUnread ? Theme.strong : Theme.text)]
  }

  private func drawNotice(_ notice: AdminNotice, in rect: Rect, on canvas: inout Canvas) {
    let lines = noticeLines(notice, width: rect.width - 2)
    for (row, line) in lines.dropFirst(notices.scroll).prefix(rect.height).enumerated() {
      canvas.spans([line], at: Point(x: rect.x + 1, y: rect.y + row), width: rect.width - 2)
    }
    drawMore(
      above: notices.scroll,
      below: lines.count - notices.scroll - rect.height,
      in: rect,
      on: &canvas
    )
  }

  /// Everything of a notice, wrapped.
  func noticeLines(_ entry: AdminNotice, width: Int) -> [Span] {
    func wrapped(_ text: String, _ style: Style) -> [Span] {
      guard !text.isEmpty else { return [] }
      return Wrap.lines(Sanitizer.line(text, limit: 8000), width: max(10, width))
        .map { Span(String($0), style) }
    }
    let notice = entry.notice
    let severity = notice.severity
    var lines = wrapped("\(severity.mark) \(severity.rawValue)", severity.style)
    lines += wrapped(notice.title, Theme.strong)
    lines += wrapped(notice.detail, Theme.text) + [Span("")]
    let channel = entry.channel ?? "no channel in the config"
    lines += wrapped("\(channel) · account \(entry.account)", Theme.quiet)
    lines += wrapped("\(notice.at.rfc3339) · \(notice.kind)", Theme.quiet)
    guard let readAt = entry.readAt else { return lines + wrapped("Unread", Theme.accentStrong) }
    let reader = entry.readBy.map { " by " + $0 } ?? ""
    return lines + wrapped("Read \(shortAge(from: readAt, to: now)) ago\(reader)", Theme.quiet)
  }
}

extension AccountNotice.Severity {
  fileprivate var mark: String {
    switch self {
    case .info: "i"
    case .warning: "!"
    case .critical: "✗"
    }
  }

  fileprivate var style: Style {
    switch self {
    case .info: Theme.text
    case .warning: Theme.warning
    case .critical: Theme.bad
    }
  }
}
