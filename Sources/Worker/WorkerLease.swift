// Who works: exactly one process holds worker.lock. A headless worker that waits makes an app hand
// over, by holding worker.claim while it does.
import Store

/// This process's hold on the work.
final class WorkerLease: Sendable {
  enum Kind: Sendable {
    /// The deployed worker: keeps the lease until it stops.
    case headless
    /// The app: works when nobody else does, and gives way.
    case app
  }

  private let kind: Kind
  private let lease: AdvisoryLock
  private let claim: AdvisoryLock

  init(directory: String, kind: Kind) throws {
    self.kind = kind
    lease = try AdvisoryLock(path: directory + "/worker.lock")
    claim = try AdvisoryLock(path: directory + "/worker.claim")
  }

  /// Takes the lease if it is free.
  ///
  /// An app leaves it to a headless worker that waits.
  func take() -> Bool {
    switch kind {
    case .headless:
      _ = claim.tryLock()
      guard lease.tryLock() else { return false }
      claim.unlock()
      return true
    case .app:
      return claim.isFree && lease.tryLock()
    }
  }

  /// Whether an app that holds the lease should give it up.
  var isWanted: Bool { kind == .app && !claim.isFree }

  func release() { lease.unlock() }

  /// Stops waiting in line.
  func withdraw() { claim.unlock() }
}
