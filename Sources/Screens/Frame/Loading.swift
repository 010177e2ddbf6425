// "One question under way at a time, and one more when something changed meanwhile."

/// Keeps at most one request of a kind in flight.
struct Loading: Equatable {
  private(set) var isInFlight = false
  private var isStale = false

  /// True when the caller should send the request now; else it is sent once the answer is here.
  mutating func ask() -> Bool {
    if isInFlight {
      isStale = true
      return false
    }
    isInFlight = true
    return true
  }

  /// True when something changed while the request was under way: ask again.
  mutating func answered() -> Bool {
    defer { self = Loading() }
    return isStale
  }
}
