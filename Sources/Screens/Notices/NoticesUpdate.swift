// Asking for the notices about the gym's accounts, moving in them, marking them as read.
import Model
import TerminalUI

extension AppState {
  mutating func askNotices() {
    guard notices.loading.ask() else { return }
    effects.append(.loadNotices)
  }

  mutating func receive(_ list: [AdminNotice]) {
    let isStale = notices.loading.answered()
    keepCursor(in: list)
    notices.list = list
    revealNoticesCursor()
    if isStale && focus == .notices { askNotices() }
  }

  /// The cursor stays on its notice while others come in above it; at the top it follows them,
  /// unless the notice is open.
  private mutating func keepCursor(in list: [AdminNotice]) {
    let isHeld = notices.cursor > 0 || notices.isOpen
    let held = isHeld ? notices.subject?.id : nil
    let place = list.firstIndex { $0.id == held }
    if place == nil { notices.isOpen = false }
    notices.cursor = max(0, place ?? min(notices.cursor, list.count - 1))
  }

  mutating func moveNotices(by step: Int) {
    if notices.isOpen { return scrollNotice(by: step) }
    notices.cursor = min(max(0, notices.cursor + step), max(0, notices.lines.count - 1))
    revealNoticesCursor()
  }

  private mutating func revealNoticesCursor() {
    let rows = max(1, noticesRows)
    notices.top = min(notices.top, notices.cursor)
    notices.top = max(notices.top, notices.cursor - rows + 1)
  }

  private mutating func scrollNotice(by step: Int) {
    guard let pane = layout.notices, let notice = notices.subject else { return }
    let inside = pane.inset(top: titleRows)
    let excess = noticeLines(notice, width: inside.width - 2).count - inside.height
    notices.scroll = min(max(0, notices.scroll + step), max(0, excess))
  }

  mutating func openNotice() {
    notices.isOpen = true
    notices.scroll = 0
  }

  mutating func readNotices(all: Bool) {
    if all { return effects.append(.readNotices(nil)) }
    guard let notice = notices.subject else { return }
    effects.append(.readNotices(notice.id))
  }

  /// Out of the opened notice into the list, then back to where one came from.
  mutating func leaveNotices() {
    if notices.isOpen { notices.isOpen = false } else { focus(focusBefore) }
  }
}
