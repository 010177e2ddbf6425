// The numbers of the dashboard, as one snapshot.

/// Counts at `at`, in the gym's own days.
package struct Dashboard: Equatable, Sendable {
  package struct StageCount: Equatable, Sendable {
    package var stage: StageID
    package var count: Int

    package init(stage: StageID, count: Int) {
      self.stage = stage
      self.count = count
    }
  }

  package var at: Timestamp
  package var stages: [StageCount]
  /// Leads made since the gym's midnight.
  package var newToday: Int
  /// Leads that somebody of the gym wrote to since midnight.
  package var contactedToday: Int
  package var waitingNow: Int
  /// The longest anybody waits now.
  package var longestWaitSince: Timestamp?
  package var unassigned: Int
  /// Sends that failed or are unconfirmed, and events that are parked.
  package var troubledSends: Int
  package var parkedEvents: Int

  package init(
    at: Timestamp,
    stages: [StageCount],
    newToday: Int,
    contactedToday: Int,
    waitingNow: Int,
    longestWaitSince: Timestamp?,
    unassigned: Int,
    troubledSends: Int,
    parkedEvents: Int
  ) {
    self.at = at
    self.stages = stages
    self.newToday = newToday
    self.contactedToday = contactedToday
    self.waitingNow = waitingNow
    self.longestWaitSince = longestWaitSince
    self.unassigned = unassigned
    self.troubledSends = troubledSends
    self.parkedEvents = parkedEvents
  }
}
