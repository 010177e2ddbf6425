// What happens to the list: rows arrive, the cursor moves. Called by update on the main thread.
import Model
import TerminalUI

extension AppState {
  /// Screen lines that one lead takes.
  var inboxRowHeight: Int { inboxIsTable ? 1 : 2 }

  /// Wide lists show a lead in one line with columns, narrow ones in two lines.
  var inboxIsTable: Bool { (layout.inbox?.width ?? 0) >= 60 }

  var inboxVisibleRows: Int {
    let height = layout.inbox?.height ?? layout.body.height
    return max(1, (height - (layout.hasTitles ? 1 : 0) - inboxSearchRows) / inboxRowHeight)
  }

  mutating func moveInbox(by step: Int) {
    inbox.jump = nil
    inbox.moveCursor(to: inbox.cursorIndex + step)
  }

  mutating func moveInboxToFirst() {
    inbox.moveCursor(to: 0)
    if inbox.hasBefore { jumpInbox(.first, anchor: .top) }
  }

  mutating func moveInboxToLast() {
    inbox.moveCursor(to: inbox.total - 1)
    if inbox.hasAfter { jumpInbox(.last, anchor: .bottom) }
  }

  mutating func jumpInbox(_ jump: InboxState.Jump, anchor: InboxQuery.Anchor) {
    inbox.jump = jump
    askInbox(anchor)
  }

  mutating func filterInbox(_ filter: InboxQuery.Filter) {
    focus(.inbox)
    endSearch()
    guard filter != inbox.filter || !inbox.isLoaded else { return }
    if !marks.isEmpty {
      say("The marks are gone with their list: " + counted(marks.leads.count, "lead"))
      clearMarks()
    }
    inbox.filter = filter
    inbox.jump = .first
    askInbox(.top)
  }

  /// Asks for rows, or remembers to once the question under way is answered.
  mutating func askInbox(_ anchor: InboxQuery.Anchor) {
    inbox.anchor = anchor
    guard inbox.loading.ask() else { return }
    effects.append(.loadInbox(inboxQuery))
  }

  /// The same rows again, after a change.
  mutating func refreshInbox() { askInbox(inbox.jump == nil ? steadyAnchor : inbox.anchor) }

  private var inboxQuery: InboxQuery {
    InboxQuery(
      anchor: inbox.anchor,
      filter: inbox.filter,
      limit: InboxState.window,
      search: searchTerms?.text
    )
  }

  private var steadyAnchor: InboxQuery.Anchor {
    let isNearTop = inbox.offset == 0 && inbox.cursorIndex < InboxState.margin
    guard !isNearTop, let lead = inbox.cursor else { return .top }
    return .around(lead)
  }

  /// The cursor has come near the loaded window's edge: ask for the window around it.
  mutating func extendInbox() {
    guard let cursor = inbox.cursor, inbox.jump == nil, !inbox.loading.isInFlight else { return }
    let above = inbox.cursorIndex - inbox.offset
    let below = inbox.rows.count - 1 - above
    let isNearEdge =
      inbox.hasBefore && above < InboxState.margin || inbox.hasAfter && below < InboxState.margin
    if isNearEdge { askInbox(.around(cursor)) }
  }

  mutating func receive(_ page: InboxPage) {
    let isStale = inbox.loading.answered()
    guard page.query.filter == inbox.filter, page.query.search == searchTerms?.text else {
      return askInbox(inbox.anchor)
    }
    let before = inbox
    noticeArrivals(page)
    inbox.replaceRows(page)
    settleCursor(before)
    if let opened = opened?.id, let row = inbox.row(opened) { self.opened?.summary = row }
    if isStale { refreshInbox() }
  }

  private mutating func settleCursor(_ before: InboxState) {
    if let jump = inbox.jump, page(answers: jump) { return land(jump) }
    guard let cursor = before.cursor, let row = inbox.row(cursor) else {
      return inbox.moveCursor(to: before.cursor == nil ? 0 : before.cursorIndex)
    }
    let index = inbox.offset + (inbox.rows.firstIndex { $0.id == cursor } ?? 0)
    let moved = index - before.cursorIndex
    inbox.cursorIndex = index
    let changedItself = before.cursorRow?.rev != row.rev
    // A lead that moved by its own change leaves the list where it is. A list scrolled to its
    // top shows what comes in on top unless somebody is moving in it.
    if changedItself || moved == 0 || (before.top == 0 && focus != .inbox) { return }
    inbox.top = max(0, before.top + moved)
    if before.top == 0, let arrival = firstArrival(since: before) {
      inbox.top = min(inbox.top, arrival)
    }
  }

  /// The first row of the whole list that is new or has changed.
  private func firstArrival(since before: InboxState) -> Int? {
    inbox.rows.firstIndex { before.row($0.id)?.rev != $0.rev }.map { inbox.offset + $0 }
  }

  private func page(answers jump: InboxState.Jump) -> Bool {
    switch jump {
    case .first, .waiting: !inbox.hasBefore
    case .last: !inbox.hasAfter
    }
  }

  private mutating func land(_ jump: InboxState.Jump) {
    inbox.jump = nil
    switch jump {
    case .first:
      inbox.top = 0
      inbox.moveCursor(to: 0)
    case .last: inbox.moveCursor(to: inbox.total - 1)
    case .waiting(let isNext):
      let place =
        isNext
        ? inbox.rows.firstIndex { $0.needsReply } : inbox.rows.lastIndex { $0.needsReply }
      inbox.moveCursor(to: inbox.offset + (place ?? 0))
    }
  }
}
