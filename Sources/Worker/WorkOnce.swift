// `inbox worker --once`: takes the lease, does everything that is due, and leaves.
import Channels
import Dispatch
import Logging
import Model
import Store

extension BackgroundWorker {
  /// What one run left behind.
  package struct Remainder: Equatable, Sendable {
    package var queued: Int
    package var unconfirmed: Int
    package var parked: Int
  }

  package enum OnceError: Error, Equatable {
    /// Another process kept the lease for `seconds`.
    case leaseTaken(seconds: Int)
  }

  /// Drains the feed, applies, sends what is due.
  ///
  /// Waits up to `patience` milliseconds for the lease.
  ///
  /// Throws `OnceError`, `RelayTrouble` or `StoreError`.
  package static func runOnce(
    store: LeadStore,
    setup: WorkerSetup,
    log: Logger,
    patience: Int = 10_000
  ) throws -> Remainder {
    let lease = try WorkerLease(directory: store.directory, kind: .headless)
    defer { lease.withdraw() }
    let deadline = DispatchTime.now() + .milliseconds(patience)
    let pauses = DispatchSemaphore(value: 0)
    while !lease.take() {
      guard DispatchTime.now() < deadline else {
        throw OnceError.leaseTaken(seconds: patience / 1000)
      }
      _ = pauses.wait(timeout: .now() + .milliseconds(100))
    }
    defer { lease.release() }
    try store.distrustClaims()
    _ = try store.replayUnknownAccounts()
    let context = WorkerContext(store: store, log: log) { _ in }
    try Shift(context: context, setup: setup).runOnce()
    try store.checkpoint()
    let counts = try store.outboxCounts()
    return Remainder(
      queued: counts.queued + counts.planned + counts.sending,
      unconfirmed: counts.unconfirmed,
      parked: try store.dashboard(scope: .everything, midnight: store.clock.now()).parkedEvents
    )
  }
}
