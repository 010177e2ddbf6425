// What runs behind the screen: the worker, and the watch for other processes' changes.
import Dispatch
import Logging
import Model
import Screens
import Settings
import Store
import Synchronization
import TerminalUI
import Worker

final class AppBackground: Sendable {
  private let installation: Installation
  private let mailbox: Mailbox<AppEvent>
  private let worker = Mutex<BackgroundWorker?>(nil)
  private let watch: StoreWatch

  init(installation: Installation, mailbox: Mailbox<AppEvent>) throws {
    self.installation = installation
    self.mailbox = mailbox
    watch = try StoreWatch(store: installation.store, mailbox: mailbox)
  }

  func start() {
    watch.start()
    resume()
    DispatchQueue.global(qos: .utility).asyncAfter(
      deadline: .now() + .seconds(StartPages.seconds),
      execute: StartPages.giveBack
    )
  }

  /// Begins to work, or to wait for the lease.
  func resume() {
    do {
      let worker = try BackgroundWorker(
        store: installation.store,
        setup: installation.workerSetup,
        kind: .app,
        log: installation.log
      ) { [mailbox] health in mailbox.post(.health(health)) }
      worker.start()
      self.worker.withLock { $0 = worker }
    } catch {
      installation.log.error("no worker: \(error)")
      mailbox.post(.loaded(.failed(reason: "No worker: \(error)")))
    }
  }

  /// Hands the work over and stops.
  func pause() {
    let worker = worker.withLock { worker in
      defer { worker = nil }
      return worker
    }
    worker?.stop()
  }

  func stop() {
    watch.stop()
    pause()
  }

  func nudge() { worker.withLock { $0 }?.nudge() }
}

/// Posts `.storeChanged` when anybody commits: at once for this process, within 250 ms for others.
final class StoreWatch: Sendable {
  private let queue = DispatchQueue(label: "inbox.watch")
  private let ticker: Ticker

  /// A look costs about 11 µs; four a second keep well within a second.
  private static let interval = 250

  init(store: LeadStore, mailbox: Mailbox<AppEvent>) throws {
    let watch = try ChangeWatch(store: store)
    let isWarned = Atomic(false)
    let seen = Mutex<Int64?>(nil)
    let pace = Mutex(ChangePace())
    let tell: @Sendable () -> Void = {
      // Drafts and raw events move no list: what is shown is asked for again only when it changed.
      let rev = try? store.rev()
      let isShown =
        rev == nil
        || seen.withLock { seen in
          defer { seen = rev }
          return seen != rev
        }
      mailbox.post(isShown ? .storeChanged : .draftsChanged)
    }
    let look: @Sendable () -> Void = { [queue] in
      guard (try? watch.hasChanged()) == true else { return }
      switch pace.withLock({ $0.change(at: .now()) }) {
      case .tell: tell()
      case .tellAfter(let wait):
        queue.asyncAfter(deadline: .now() + wait) {
          pace.withLock { $0.told(at: .now()) }
          tell()
        }
      case .isDue: break
      }
      guard (try? watch.schemaHasMoved()) == true,
        !isWarned.exchange(true, ordering: .relaxed)
      else { return }
      mailbox.post(
        .loaded(.failed(reason: "A newer inbox has upgraded the store: quit and start again"))
      )
    }
    ticker = Ticker(queue: queue, milliseconds: Self.interval, body: look)
    store.onCommit { [queue] in queue.async(execute: look) }
  }

  func start() { ticker.start(after: Self.interval) }

  func stop() { ticker.cancel() }
}

/// The first change is told at once; while they pour in, each telling covers what came within a
/// moment, so that keys find a free processor.
struct ChangePace {
  enum Step {
    case tell
    case tellAfter(DispatchTimeInterval)
    /// One that is due already will cover it.
    case isDue
  }

  /// Below what reads as "at once", and twenty frames a second.
  private static let moment = 50_000_000 as UInt64

  private var last: UInt64?
  private var isDue = false

  mutating func change(at now: DispatchTime) -> Step {
    if isDue { return .isDue }
    let since = last.map { now.uptimeNanoseconds - $0 } ?? .max
    guard since < Self.moment else {
      last = now.uptimeNanoseconds
      return .tell
    }
    isDue = true
    return .tellAfter(.nanoseconds(Int(Self.moment - since)))
  }

  mutating func told(at now: DispatchTime) {
    last = now.uptimeNanoseconds
    isDue = false
  }
}
