// A token bucket: how rate limits are kept. Pure: the caller brings the clock.
import Model

/// Tokens drip in at a steady rate up to a limit; each send takes one.
package struct TokenBucket: Equatable, Sendable {
  private let capacity: Double
  /// Milliseconds for one token.
  private let interval: Double
  private var tokens: Double
  private var at: Timestamp

  /// A full one: `burst` sends at once, then one every `interval` milliseconds.
  package init(burst: Int, interval: Double, now: Timestamp) {
    capacity = Double(max(1, burst))
    self.interval = max(0.001, interval)
    tokens = capacity
    at = now
  }

  /// Takes a token; nil when one was there, else when there will be.
  ///
  /// `share` of the rate is ours now, from 0 to 1.
  package mutating func take(now: Timestamp, share: Double = 1) -> Timestamp? {
    let share = min(1, max(0.001, share))
    // A clock that goes back brings nothing and takes nothing.
    let passed = Double(max(0, now - at))
    tokens = min(capacity, tokens + passed * share / interval)
    at = now
    // A billionth for what adding up fractions loses.
    guard tokens + 1e-9 < 1 else {
      tokens -= 1
      return nil
    }
    return now + max(1, Int64(((1 - tokens) * interval / share - 1e-6).rounded(.up)))
  }

  /// Whether it would be full now: then it remembers nothing.
  package func isFull(now: Timestamp) -> Bool {
    tokens + Double(max(0, now - at)) / interval >= capacity
  }
}
