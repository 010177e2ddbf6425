// Moving about in long conversations: a window of messages is loaded, and grows or moves with where
// one looks. Called by update on the main thread.
import Model

extension AppState {
  mutating func loadOlder() {
    guard let thread = opened?.thread, thread.hasOlder, !thread.loading.isInFlight else { return }
    let more = ThreadState.page
    switch thread.window {
    case .newest(let count): opened?.thread.window = .newest(count + more)
    case .around(let message, let older, let newer):
      opened?.thread.window = .around(message, older: older + more, newer: newer)
    case .oldest: return
    }
    askThread()
  }

  /// A pane with room left gets more of the conversation.
  mutating func fillThread() {
    guard let thread = opened?.thread, thread.isLoaded, thread.hasOlder else { return }
    if thread.lineCount < threadHeight { loadOlder() }
  }

  mutating func loadNewer() {
    guard let thread = opened?.thread, thread.hasNewer, !thread.loading.isInFlight else { return }
    let more = ThreadState.page
    switch thread.window {
    case .newest: return
    case .around(let message, let older, let newer):
      opened?.thread.window = .around(message, older: older, newer: newer + more)
    case .oldest(let count): opened?.thread.window = .oldest(count + more)
    }
    askThread()
  }

  /// The window reaches the newest message: from now on it is counted from there.
  mutating func followNewest(_ count: Int) {
    guard let window = opened?.thread.window else { return }
    if case .newest = window { return }
    opened?.thread.window = .newest(max(count, ThreadState.page))
  }

  mutating func goToOldest() {
    guard let thread = opened?.thread else { return }
    opened?.thread.goal = .oldest
    guard thread.hasOlder else { return }
    opened?.thread.window = .oldest(ThreadState.page)
    askThread()
  }

  mutating func goToNewest() {
    guard let thread = opened?.thread else { return }
    opened?.thread.scroll = 0
    opened?.thread.goal = nil
    if case .newest = thread.window, !thread.hasNewer { return }
    opened?.thread.goal = .newest
    opened?.thread.window = .newest(ThreadState.page)
    askThread()
  }

  /// Scrolls to where one wants to be, as soon as it is loaded and laid out.
  mutating func reachGoal() {
    guard let thread = opened?.thread, let goal = thread.goal, thread.isLoaded else { return }
    if let scroll = thread.scroll(for: goal, height: threadHeight) {
      opened?.thread.scroll = scroll
    } else if thread.loading.isInFlight {
      return
    }
    opened?.thread.goal = nil
  }
}

extension ThreadState {
  /// How far up the goal is; nil while it isn't here.
  fileprivate func scroll(for goal: ThreadGoal, height: Int) -> Int? {
    switch goal {
    case .oldest: return hasOlder ? nil : max(0, lineCount - height)
    case .newest: return hasNewer ? nil : 0
    case .message(let message):
      var below = 0
      for block in blocks.reversed() {
        // A third of the way down the pane: what led to it is above, what followed below.
        if block.message.id == message { return max(0, below + block.height - height * 2 / 3) }
        below += block.height
      }
      return nil
    }
  }
}
