// When the screen changes by itself: the main loop sleeps until then and posts a tick.
import Model

/// The next moment at which something visible changes without an event; nil sleeps for ever.
package func nextDeadline(_ state: AppState) -> Timestamp? {
  guard state.phase == .desk else { return state.notice?.until }
  if case .at(_, let practice) = state.tour { return nextDeadline(practice) }
  var deadlines = [state.nextMinute]
  if let notice = state.notice { deadlines.append(notice.until) }
  deadlines += state.health.channels.compactMap(\.until).filter { $0 > state.now }
  if let due = state.keys.popupAt, due > state.now { deadlines.append(due) }
  if let due = state.nextCountdown { deadlines.append(due) }
  if let due = frameHeldUntil(state) { deadlines.append(due) }
  if let due = state.nextTypingEnd { deadlines.append(due) }
  return deadlines.min()
}

/// Until when a frame may wait for rows that are on their way, so that a conversation stands there at
/// once instead of after a flash of "Loading"; nil when there is nothing to wait for.
package func frameHeldUntil(_ state: AppState) -> Timestamp? {
  guard state.phase == .desk, state.layout.thread != nil, let opened = state.opened,
    !opened.thread.isLoaded
  else { return nil }
  // A local store answers within a few ms; a tenth of what reads as "at once" is no wait.
  let end = opened.openedAt + 12
  return end > state.now ? end : nil
}

extension AppState {
  /// Ages step together, at most once a minute.
  fileprivate var nextMinute: Timestamp {
    Timestamp(milliseconds: (now.milliseconds / .minute + 1) * .minute)
  }

  /// The next second of an undo countdown that is on screen.
  fileprivate var nextCountdown: Timestamp? {
    var ends = [sentLeftBehind?.message.undoUntil].compactMap { $0 }
    if layout.thread != nil, let thread = opened?.thread {
      ends += thread.blocks.suffix(20).compactMap { block in
        block.message.status == .queued ? block.message.undoUntil : nil
      }
    }
    return ends.filter { $0 > now }.map { end in
      let left = end - now
      return now + ((left - 1) % .second + 1)
    }.min()
  }
}
