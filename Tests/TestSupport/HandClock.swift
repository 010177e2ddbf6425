// A clock that moves only when a test says so. Safe from any thread.
import Model
import Synchronization

package final class HandClock: Sendable {
  private let time: Mutex<Timestamp>

  package init(_ start: Timestamp) { time = Mutex(start) }

  package var now: Timestamp { time.withLock { $0 } }

  /// Moves on by `milliseconds`.
  package func advance(_ milliseconds: Int64) { time.withLock { $0 = $0 + milliseconds } }

  package var wall: WallClock { WallClock { self.now } }
}
