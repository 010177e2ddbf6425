// A bound on the webhook bodies that are in memory at once: past it the relay answers 503, and
// the provider tries again later. Any thread.
import Synchronization

/// Bytes that may still be taken.
final class BodyBudget: Sendable {
  private let limit: Int
  private let taken = Atomic<Int>(0)

  init(limit: Int) { self.limit = limit }

  /// Bytes in memory now.
  var inUse: Int { taken.load(ordering: .relaxed) }

  /// Takes `bytes` if there is room.
  func take(_ bytes: Int) -> Bool {
    let (_, now) = taken.add(bytes, ordering: .relaxed)
    if now <= limit { return true }
    taken.subtract(bytes, ordering: .relaxed)
    return false
  }

  func give(_ bytes: Int) { taken.subtract(bytes, ordering: .relaxed) }
}
