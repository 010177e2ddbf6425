// How long to wait before trying again. Pure: the randomness comes from outside.
import Model

/// Full jitter over growing steps: 1, 4, 16, 64 s, at most five tries; never at once.
///
/// The steps are Meta's advice for its pair limit (4^n seconds), taken for everything.
package struct Backoff: Sendable {
  /// Tries in all, the first one included.
  package static let tries = 5

  private let random: @Sendable (ClosedRange<Int64>) -> Int64

  package init(
    random: @escaping @Sendable (ClosedRange<Int64>) -> Int64 = { Int64.random(in: $0) }
  ) {
    self.random = random
  }

  /// Milliseconds to wait after the `number`th try (from 1) failed; nil when it was the last.
  ///
  /// `atLeast` is what the server asked for.
  package func delay(afterTry number: Int, tries: Int = tries, atLeast: Int64 = 0) -> Int64? {
    guard number >= 1, number < tries else { return nil }
    let step = Int64.second << (2 * Int64(min(number, Self.tries) - 1))
    return atLeast + random(1...step)
  }

  /// The same growth without an end, for a feed that is polled for ever: at most 64 s.
  package func endlessDelay(afterFailure number: Int) -> Int64 {
    let step = Int64.second << (2 * Int64(min(max(number, 1), Self.tries - 1) - 1))
    return random(1...step)
  }
}
