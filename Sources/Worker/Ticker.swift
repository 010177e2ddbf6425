// A repeating alarm on a thread of its own. A Dispatch timer wakes two threads a tick and costs
// about 150 µs, which a screen that does nothing pays for all day; this wakes one.
import Dispatch
import Glibc
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

  /// Begins to tick, the first time `delay` milliseconds from now.
  ///
  /// Called once.
  package func start(after delay: Int = 0) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Start(ticker: self, delay: delay))
    let error = pthread_create(&thread, nil, Ticker.main, box.toOpaque())
    guard error == 0 else { return box.release() }
    pthread_detach(thread)
  }

  /// No tick begins after this when it is called on the ticker's queue; elsewhere one may.
  package func cancel() {
    isCancelled.store(true, ordering: .releasing)
    end.signal()
  }

  private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    argument in
    guard let argument else { return nil }
    let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
    start.ticker.run(after: start.delay)
    return nil
  }

  private func run(after delay: Int) {
    var pause = delay
    while end.wait(timeout: .now() + .milliseconds(pause)) == .timedOut {
      queue.sync {
        if !isCancelled.load(ordering: .acquiring) { body() }
      }
      pause = milliseconds
    }
  }

  /// What the thread begins with; it keeps the ticker alive until `cancel`.
  private final class Start {
    let ticker: Ticker
    let delay: Int

    init(ticker: Ticker, delay: Int) {
      self.ticker = ticker
      self.delay = delay
    }
  }
}
