// What runs behind the screen: the worker, and the watch for other processes' changes.
import Dispatch
import Foundation
import Glibc
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

/// Posts `.storeChanged` when anybody commits, this process or another.
final class StoreWatch: Sendable {
  private let store: LeadStore
  private let mailbox: Mailbox<AppEvent>
  private let changes: ChangeWatch
  private let bell: Bell

  /// In microseconds; below what reads as "at once", and twenty frames a second.
  ///
  /// The first change is told at once; while they pour in, each telling covers what came within a
  /// moment, so that keys find a free processor.
  private static let moment: UInt32 = 50_000

  init(store: LeadStore, mailbox: Mailbox<AppEvent>) throws {
    self.store = store
    self.mailbox = mailbox
    changes = try ChangeWatch(store: store)
    bell = try Bell(store: store)
  }

  func start() { Thread.detachNewThread(run) }

  func stop() { bell.silence() }

  @Sendable private func run() {
    var seen: Int64?
    var isWarned = false
    while bell.wait() {
      guard (try? changes.hasChanged()) == true else { continue }
      // Drafts and raw events move no list: what is shown is asked for again only when it changed.
      let rev = try? store.rev()
      let isShown = rev == nil || rev != seen
      mailbox.post(isShown ? .storeChanged : .draftsChanged)
      seen = rev
      if !isWarned, (try? changes.schemaHasMoved()) == true {
        isWarned = true
        mailbox.post(
          .loaded(.failed(reason: "A newer inbox has upgraded the store: quit and start again"))
        )
      }
      // A message is stored raw first, and what it became follows at once.
      usleep(isShown ? Self.moment : Self.moment / 10)
    }
  }
}
