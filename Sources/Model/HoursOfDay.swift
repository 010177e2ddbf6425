// A stretch of every day, such as 22:00-07:00. Pure.

/// From a minute of the day up to, not including, another; over midnight when it ends earlier.
package struct HoursOfDay: Equatable, Sendable {
  /// Minutes since midnight.
  package var from: Int
  package var to: Int

  /// Reads `22:00-07:00`.
  package init?(_ text: String) {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
    guard ends.count == 2, let from = ends[0], let to = ends[1], from != to else { return nil }
    self.from = from
    self.to = to
  }

  package func contains(hour: Int, minute: Int) -> Bool {
    let now = hour * 60 + minute
    return from < to ? now >= from && now < to : now >= from || now < to
  }

  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]),
      let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    return hour * 60 + minute
  }
}
