// The mouse: a click opens a row or focuses a pane, the wheel scrolls what is under it, a border is
// dragged.
import TerminalUI

extension AppState {
  mutating func point(_ mouse: Mouse) {
    guard phase == .desk, isMouseOn else { return }
    guard overlays.isEmpty else { return pointAtOverlay(mouse) }
    switch mouse.action {
    case .press:
      dragged = layout.border(at: mouse.at)
      if dragged == nil { click(mouse.at) }
    case .drag: if let dragged { drag(dragged, to: mouse.at.x) }
    case .release:
      if let dragged { drop(dragged) }
      dragged = nil
    case .wheelUp: wheel(mouse.at, step: -3)
    case .wheelDown: wheel(mouse.at, step: 3)
    }
  }

  /// The wheel moves the cursor of what lies on top.
  private mutating func pointAtOverlay(_ mouse: Mouse) {
    switch mouse.action {
    case .wheelUp: pressOverlay(.up)
    case .wheelDown: pressOverlay(.down)
    case .press, .drag, .release: break
    }
  }

  private mutating func click(_ at: Point) {
    if let header = layout.header, header.contains(at) { return clickTab(at.x) }
    guard let pane = layout.pane(at: at), let rect = layout[pane] else { return }
    switch pane {
    case .inbox:
      let row = (at.y - rect.y - titleRows - inboxSearchRows) / inboxRowHeight
      let index = inbox.top + row
      guard at.y >= rect.y + titleRows + inboxSearchRows, index < inbox.offset + inbox.rows.count
      else {
        return focus(.inbox)
      }
      focus(.inbox)
      inbox.moveCursor(to: index)
      openCursorLead()
    case .thread:
      focus(.thread)
      let frame = ThreadFrame(state: self, pane: rect)
      if frame.composer.contains(at), opened != nil { startReply() }
    case .lead, .dashboard: focus(pane)
    case .journal:
      let index = journal.top + at.y - rect.y - titleRows
      guard journal.detail == nil, at.y >= rect.y + titleRows, journal.lines.indices.contains(index)
      else { return }
      journal.cursor = index
      openEvent()
    case .notices:
      let index = notices.top + at.y - rect.y - titleRows
      guard !notices.isOpen, at.y >= rect.y + titleRows, notices.lines.indices.contains(index)
      else { return }
      notices.cursor = index
      openNotice()
    }
  }

  private mutating func clickTab(_ x: Int) {
    guard layout.sizeClass >= .single else { return focus(.inbox) }
    var start = 0
    for pane in Pane.tabs {
      let width = pane.title.count + 4
      if x >= start && x < start + width { return focus(pane) }
      start += width + 1
    }
  }

  private mutating func wheel(_ at: Point, step: Int) {
    switch layout.pane(at: at) {
    case .inbox: moveInbox(by: step)
    case .thread: scrollThread(by: -step)
    case .lead: scrollLead(by: step)
    case .dashboard: scrollDashboard(by: step)
    case .journal: moveJournal(by: step)
    case .notices: moveNotices(by: step)
    case nil: break
    }
  }
}
