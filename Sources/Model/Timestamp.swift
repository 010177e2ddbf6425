// Points in time as the whole product keeps them, and the one seam through which "now" comes.

/// Integer milliseconds since 1970-01-01 UTC.
package struct Timestamp: Hashable, Comparable, Sendable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }
  package init(seconds: Int64) { milliseconds = seconds * 1000 }

  package static func < (left: Self, right: Self) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// Milliseconds from `right` to `left`.
  package static func - (left: Self, right: Self) -> Int64 {
    left.milliseconds - right.milliseconds
  }

  /// `milliseconds` later than `left`.
  package static func + (left: Self, milliseconds: Int64) -> Self {
    Timestamp(milliseconds: left.milliseconds + milliseconds)
  }

  package static func - (left: Self, milliseconds: Int64) -> Self {
    Timestamp(milliseconds: left.milliseconds - milliseconds)
  }
}

/// Where "now" comes from: the system's clock in programs, a hand-moved one in tests.
package struct WallClock: Sendable {
  package let now: @Sendable () -> Timestamp

  package init(now: @escaping @Sendable () -> Timestamp) { self.now = now }
}

extension Int64 {
  /// Milliseconds in a second, minute, hour and day.
  package static let second: Int64 = 1000
  package static let minute: Int64 = 60 * second
  package static let hour: Int64 = 60 * minute
  package static let day: Int64 = 24 * hour
}
