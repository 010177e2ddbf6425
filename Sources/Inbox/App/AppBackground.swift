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
    let look: @Sendable () -> Void = {
      guard (try? watch.hasChanged()) == true else { return }
      // Drafts and raw events move no list: what is shown is asked for again only when it changed.
      let rev = try? store.rev()
      let isShown =
        rev == nil
        || seen.withLock { seen in
          defer { seen = rev }
          return seen != rev
        }
      mailbox.post(isShown ? .storeChanged : .draftsChanged)
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
