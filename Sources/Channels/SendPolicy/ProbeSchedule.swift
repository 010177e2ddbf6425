// When a paused channel is tried again. Pure.
import Model

/// Often at first, since most pauses are a token that somebody renews at once; later seldom.
package enum ProbeSchedule {
  /// For so long it is tried every `soon`, then every `later` (our own choice).
  package static let eagerFor: Int64 = 5 * .minute
  package static let soon: Int64 = 15 * .second
  package static let later: Int64 = 5 * .minute

  /// Whether a channel that is paused since `since` is to be tried now.
  ///
  /// `last` is this worker's last try: without one it is time, so that a restart tries at once.
  package static func isDue(since: Timestamp, last: Timestamp?, now: Timestamp) -> Bool {
    guard let last else { return true }
    return now - last >= (last - since < eagerFor ? soon : later)
  }
}
