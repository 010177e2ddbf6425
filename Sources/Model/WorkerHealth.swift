// How the background worker is doing, as the status bar tells it.

/// A snapshot that the worker publishes whenever something in it changes.
package struct WorkerHealth: Equatable, Sendable {
  package enum Link: Equatable, Sendable {
    /// Another process holds the lease; this one only watches.
    case standby
    case connecting
    case connected
    /// What is wrong and since when.
    case down(reason: String, since: Timestamp)
  }

  package var link: Link
  /// When the newest webhook reached the relay.
  package var lastEventAt: Timestamp?
  /// Messages that are queued or on their way.
  package var queued: Int
  /// Messages whose chosen time is still to come.
  package var planned = 0
  /// Something else that is wrong, in words for a person.
  package var trouble: String?
  /// Why channels send nothing now; the same in all processes.
  package var channels: [ChannelTrouble] = []
  /// Webhooks that could not be applied.
  package var parked: Int

  package init(
    link: Link = .connecting,
    lastEventAt: Timestamp? = nil,
    queued: Int = 0,
    trouble: String? = nil,
    parked: Int = 0
  ) {
    self.link = link
    self.lastEventAt = lastEventAt
    self.queued = queued
    self.trouble = trouble
    self.parked = parked
  }
}
