// The background worker: holds the lease, pulls the feed, applies events, drains the outbox. One a
// process, on Dispatch queues of its own; everything it tells goes through `report`.
import Channels
import Dispatch
import Logging
import Model
import Store
import Synchronization

/// What a worker needs beside the store.
package struct WorkerSetup: Sendable {
  package var relay: RelayEndpoint?
  /// By the channel's id in the config.
  package var credentials: [String: GraphCredentials]
  package var journalDays: Int
  /// Reads the credentials anew, so that a renewed token works without a restart; nil: they stay.
  package var reload: @Sendable () -> [String: GraphCredentials]? = { nil }
  package var presence = PresenceSettings()
  /// Makes a connection pool; one for the feed, one for sends, so that each can be cancelled alone.
  package var makeTransport: @Sendable () -> any HTTPTransport

  package init(
    relay: RelayEndpoint?,
    credentials: [String: GraphCredentials],
    journalDays: Int,
    makeTransport: @escaping @Sendable () -> any HTTPTransport
  ) {
    self.relay = relay
    self.credentials = credentials
    self.journalDays = journalDays
    self.makeTransport = makeTransport
  }
}

/// A worker's life from `start` to `stop`.
///
/// A stopped one is not started again: make another.
package final class BackgroundWorker: Sendable {
  package enum Kind: Sendable {
    /// `inbox worker`: keeps the lease until it stops.
    case headless
    /// Inside the app: works when nobody else does.
    case app
  }

  let context: WorkerContext
  private let setup: WorkerSetup
  private let kind: Kind
  private let lease: WorkerLease
  private let watch: ChangeWatch
  private let control = DispatchQueue(label: "inbox.worker.control")
  private let ticker = Mutex<Ticker?>(nil)
  private let shift = Mutex<Shift?>(nil)

  /// `report` is called on the worker's queues whenever the health changes; it must return at once.
  package init(
    store: LeadStore,
    setup: WorkerSetup,
    kind: Kind,
    log: Logger,
    report: @escaping @Sendable (WorkerHealth) -> Void
  ) throws {
    context = WorkerContext(store: store, log: log, report: report)
    self.setup = setup
    self.kind = kind
    watch = try ChangeWatch(store: store)
    lease = try WorkerLease(
      directory: store.directory,
      kind: kind == .headless ? .headless : .app
    )
  }

  /// Begins to wait for the lease.
  ///
  /// A second apart is soon enough: takeover has five.
  package func start() {
    let ticker = Ticker(queue: control, milliseconds: 1000) { [weak self] in self?.beat() }
    ticker.start()
    self.ticker.withLock { $0 = ticker }
  }

  /// Something was queued or committed: looks at the outbox at once.
  package func nudge() { shift.withLock { $0 }?.nudge() }

  /// Whether this process does the work now.
  package var holdsLease: Bool { shift.withLock { $0 != nil } }

  /// Leaves in order: claims nothing more, gives posts under way up to `grace` milliseconds,
  /// finishes open transactions, releases the lease.
  ///
  /// Blocks until then.
  package func stop(grace: Int = 5000) {
    control.sync {
      ticker.withLock { $0?.cancel() }
      endShift(grace: grace)
      lease.withdraw()
    }
  }

  private func beat() {
    let isChanged = (try? watch.hasChanged()) ?? true
    if let shift = shift.withLock({ $0 }) {
      if lease.isWanted {
        context.log.notice("handing over to a headless worker")
        endShift(grace: 5000)
      } else {
        shift.beat(isChanged: isChanged)
      }
      return
    }
    guard lease.take() else {
      context.updateHealth { health in
        health.link = .standby
        health.trouble = nil
      }
      if isChanged { context.refreshCounts() }
      return
    }
    beginShift()
  }

  private func beginShift() {
    context.log.notice("took the lease")
    do {
      let unsure = try context.store.distrustClaims()
      if unsure > 0 { context.log.warning("\(unsure) sends are unconfirmed") }
      _ = try context.store.replayUnknownAccounts()
    } catch {
      // Nothing may be sent while claims of the last holder pass for ours: the next beat tries anew.
      context.log.error("taking over: \(error)")
      context.updateHealth { $0.trouble = "\(ApplyEvents.storeTrouble): \(error)" }
      lease.release()
      return
    }
    let worker = WorkerContext(inheriting: context)
    let shift = Shift(context: worker, setup: setup)
    self.shift.withLock { $0 = shift }
    // The shift's own: it reports its whole health, and would undo what is set past it.
    worker.updateHealth { health in
      health.trouble = nil
      health.link =
        setup.relay == nil
        ? .down(
          reason: "no [relay] in the config, so nothing comes in",
          since: context.clock.now()
        )
        : .connecting
    }
    shift.begin()
  }

  private func endShift(grace: Int) {
    guard
      let shift = shift.withLock({ shift in
        defer { shift = nil }
        return shift
      })
    else { return }
    shift.end(grace: grace)
    lease.release()
    context.log.notice("released the lease")
  }
}
