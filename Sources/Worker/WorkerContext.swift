// What the worker's parts share: the store, the log, the stop flag and the health it reports.
import Dispatch
import Logging
import Model
import Store
import Synchronization

/// Shared by all parts of one worker; safe from any queue.
final class WorkerContext: Sendable {
  let store: LeadStore
  let log: Logger
  private let health: Mutex<WorkerHealth>
  private let report: @Sendable (WorkerHealth) -> Void
  private let stopping = Atomic(false)
  private let pauses = DispatchSemaphore(value: 0)

  var clock: WallClock { store.clock }

  init(store: LeadStore, log: Logger, report: @escaping @Sendable (WorkerHealth) -> Void) {
    self.store = store
    self.log = log
    self.report = report
    health = Mutex(WorkerHealth())
  }

  /// A fresh stop flag with the same ends: a shift stops without stopping its worker.
  init(inheriting parent: WorkerContext) {
    store = parent.store
    log = parent.log
    health = Mutex(parent.health.withLock { $0 })
    report = { [weak parent] news in parent?.updateHealth { $0 = news } }
  }

  var isStopping: Bool { stopping.load(ordering: .acquiring) }

  func stop() {
    stopping.store(true, ordering: .releasing)
    // One for each part that may sleep: the pull loop, the apply queue and the send lanes.
    for _ in 0..<(DrainOutbox.lanes + 8) { pauses.signal() }
  }

  /// Sleeps, but not past a stop.
  func pause(milliseconds: Int) {
    guard !isStopping else { return }
    _ = pauses.wait(timeout: .now() + .milliseconds(milliseconds))
  }

  /// Changes what the status bar says; reports it if that made a difference.
  func updateHealth(_ change: (inout WorkerHealth) -> Void) {
    let changed: WorkerHealth? = health.withLock { health in
      let before = health
      change(&health)
      return health == before ? nil : health
    }
    if let changed { report(changed) }
  }

  /// Notes that the link is broken since now, or since it first broke.
  func linkIsDown(_ reason: String) {
    let now = clock.now()
    updateHealth { health in
      if case .down(let known, let since) = health.link {
        health.link = .down(reason: reason, since: since)
        if known != reason { log.warning("\(reason)") }
      } else {
        health.link = .down(reason: reason, since: now)
        log.warning("\(reason)")
      }
    }
  }

  func refreshCounts() {
    guard let counts = try? store.outboxCounts(), let last = try? store.lastEventAt(),
      let channels = try? store.channelTroubles(), let parked = try? store.parkedEvents()
    else { return }
    updateHealth { health in
      health.channels = channels
      health.queued = counts.queued + counts.sending
      health.planned = counts.planned
      health.lastEventAt = last
      health.parked = parked
    }
  }
}
