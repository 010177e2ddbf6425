// A repeating alarm on a thread of its own. A Dispatch timer wakes two threads a tick and costs
// about 150 µs, which a screen that does nothing pays for all day; this wakes one.
import Dispatch
import Foundation
import Synchronization

/// Calls `body` on `queue` every `milliseconds`, from `start` to `cancel`.
package final class Ticker: Sendable {
  private let queue: DispatchQueue
  private let milliseconds: Int
  private let body: @Sendable () -> Void
  private let isCancelled = Atomic(false)
  private let end = DispatchSemaphore(value: 0)

  package init(queue: DispatchQueue, milliseconds: Int, body: @escaping @Sendable () -> Void) {
    self.queue = queue
    self.milliseconds = milliseconds
    self.body = body
  }

  /// Begins to tick, at once.
  ///
  /// Called once.
  package func start() { Thread.detachNewThread(run) }

  /// No tick begins after this when it is called on the ticker's queue; elsewhere one may.
  package func cancel() {
    isCancelled.store(true, ordering: .releasing)
    end.signal()
  }

  @Sendable private func run() {
    var pause = 0
    while end.wait(timeout: .now() + .milliseconds(pause)) == .timedOut {
      queue.sync {
        if !isCancelled.load(ordering: .acquiring) { body() }
      }
      pause = milliseconds
    }
  }
}
