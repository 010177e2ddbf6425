// A repeating Dispatch timer that may be handed between threads, and whose handler must be
// `@Sendable`: Dispatch on Linux asks for neither, and a slip would be a silent data race.
import Dispatch

/// Calls `body` on `queue` every `milliseconds`, from `start` to `cancel`.
package final class Ticker: Sendable {
  /// Dispatch sources are safe from any thread; their type just doesn't say so.
  nonisolated(unsafe) private let source: any DispatchSourceTimer

  package init(queue: DispatchQueue, milliseconds: Int, body: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeTimerSource(queue: queue)
    source.setEventHandler(handler: body)
    source.schedule(
      deadline: .distantFuture,
      repeating: .milliseconds(milliseconds),
      leeway: .milliseconds(milliseconds / 5)
    )
    // At once, far in the future: releasing a source that was never activated traps.
    source.activate()
    interval = milliseconds
  }

  private let interval: Int

  deinit { source.cancel() }

  /// Begins to tick, the first time `delay` milliseconds from now.
  package func start(after delay: Int = 0) {
    source.schedule(
      deadline: .now() + .milliseconds(delay),
      repeating: .milliseconds(interval),
      leeway: .milliseconds(interval / 5)
    )
  }

  package func cancel() { source.cancel() }
}
