// Wakes long polls: the writer tells how far the log has come, waiting readers go on. Any thread.
import Dispatch
import Synchronization

/// How far a log has come, and who waits for more.
final class AppendSignal: Sendable {
  private struct State {
    var last: Int64
    var isClosed = false
    var nextTicket = 0
    var waiters: [Int: Waiter] = [:]
  }

  private struct Waiter {
    var after: Int64
    var continuation: CheckedContinuation<Void, Never>
  }

  private let state: Mutex<State>
  private let timers = DispatchQueue(label: "inbox.relay.longpoll")

  init(last: Int64) { state = Mutex(State(last: last)) }

  /// The highest `seq` that is on disk.
  var last: Int64 { state.withLock { $0.last } }

  /// How many wait.
  var waiting: Int { state.withLock { $0.waiters.count } }

  /// Returns once an event behind `after` is on disk, at the latest after `seconds`, and at once
  /// when the log closes or the task is cancelled.
  func wait(after: Int64, seconds: Int) async {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mustWait = state.withLock { state in
          guard state.last <= after, !state.isClosed, !Task.isCancelled else { return false }
          state.waiters[ticket] = Waiter(after: after, continuation: continuation)
          return true
        }
        guard mustWait else { return continuation.resume() }
        timers.asyncAfter(deadline: .now() + .seconds(seconds)) { [weak self] in
          self?.wake(ticket)
        }
      }
    } onCancel: {
      wake(ticket)
    }
  }

  /// Everything up to `seq` is on disk.
  func advance(to seq: Int64) {
    let woken = state.withLock { state in
      state.last = max(state.last, seq)
      guard !state.waiters.isEmpty else { return [Waiter]() }
      let tickets = state.waiters.filter { $0.value.after < seq }.keys
      return tickets.compactMap { state.waiters.removeValue(forKey: $0) }
    }
    for waiter in woken { waiter.continuation.resume() }
  }

  /// Lets everybody go, now and from now on.
  func close() {
    let woken = state.withLock { state in
      state.isClosed = true
      defer { state.waiters.removeAll() }
      return Array(state.waiters.values)
    }
    for waiter in woken { waiter.continuation.resume() }
  }

  private func wake(_ ticket: Int) {
    let waiter = state.withLock { $0.waiters.removeValue(forKey: ticket) }
    waiter?.continuation.resume()
  }
}
