// Work flows down the list: from one lead that waits to the next, with one key and from anywhere.
// Called by update on the main thread.
import Model
import TerminalUI

extension AppState {
  /// In the inbox the cursor goes to the next (or previous) lead that waits; elsewhere that lead
  /// is opened, ready to be answered.
  mutating func goToWaiting(isNext: Bool) {
    if focus == .inbox { return moveInboxToWaiting(isNext: isNext) }
    // After an answer the cursor stands on the next one already.
    if isNext, let row = inbox.cursorRow, row.needsReply, row.id != opened?.id { return open(row) }
    moveInboxToWaiting(isNext: isNext, except: opened?.id)
    if inbox.jump != nil { return focus(.inbox) }
    if let row = inbox.cursorRow, row.needsReply, row.id != opened?.id { open(row) }
  }

  /// The same from the composer, and writing goes on there; what was typed stays a draft.
  mutating func writeToNextWaiting() {
    let before = opened?.id
    goToWaiting(isNext: true)
    if opened?.id != before, focus == .thread { startReply() }
  }

  /// Moves the cursor to the next (or previous) lead that waits, around the end of the list.
  private mutating func moveInboxToWaiting(isNext: Bool, except lead: LeadID? = nil) {
    let rows = inbox.rows
    let here = inbox.cursorIndex - inbox.offset
    for step in 1..<max(2, rows.count + 1) where !rows.isEmpty {
      let raw = isNext ? here + step : here - step
      let wraps = raw < 0 || raw >= rows.count
      // The list has those that wait on top: beyond the window they are in the first one.
      if wraps && inbox.hasBefore { return jumpInbox(.waiting(isNext: isNext), anchor: .top) }
      let place = (raw % rows.count + rows.count) % rows.count
      if rows[place].needsReply && rows[place].id != lead {
        return inbox.moveCursor(to: inbox.offset + place)
      }
    }
    let isAlone = opened?.id == lead && opened?.summary.needsReply ?? false
    say(isAlone ? "Nobody else is waiting" : "Nobody is waiting for an answer")
  }

  /// The lead under the cursor no longer waits because of what was done here: the cursor goes on
  /// to the next one that does instead of following it down the list.
  mutating func passOn(from lead: LeadID) {
    guard inbox.cursor == lead, let place = inbox.rows.firstIndex(where: { $0.id == lead }) else {
      return
    }
    let waiting = inbox.rows.indices.filter { inbox.rows[$0].needsReply && $0 != place }
    guard let next = waiting.first(where: { $0 > place }) ?? waiting.first else { return }
    inbox.moveCursor(to: inbox.offset + next)
  }
}
