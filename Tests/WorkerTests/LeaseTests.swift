// Exactly one works; who leaves, leaves in order; who takes over trusts no claim of another's.
import Channels
import Dispatch
import Foundation
import Model
import Store
import Synchronization
import TestSupport
import Testing
import Worker

@Suite(.ownThreads) struct LeaseTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  @Test func oneWorksAndTheOtherTakesOver() throws {
    let first = try bench.worker()
    let second = try bench.worker(store: try bench.fixture.reopened())
    first.start()
    #expect(eventually { first.holdsLease })
    second.start()
    defer { second.stop() }
    #expect(eventually { bench.healths.withLock { $0.contains { $0.link == .standby } } })
    #expect(!second.holdsLease)
    first.stop()
    #expect(!first.holdsLease)
    #expect(eventually { second.holdsLease })
  }

  @Test func anAppGivesWayToTheDeployedWorker() throws {
    let app = try bench.worker(.app)
    let headless = try bench.worker(.headless, store: try bench.fixture.reopened())
    app.start()
    defer { app.stop() }
    #expect(eventually { app.holdsLease })
    headless.start()
    #expect(eventually { headless.holdsLease && !app.holdsLease })
    headless.stop()
    #expect(eventually { app.holdsLease })
  }

  @Test func theDeployedWorkerStays() throws {
    let headless = try bench.worker(.headless)
    headless.start()
    defer { headless.stop() }
    #expect(eventually { headless.holdsLease })
    #expect(throws: BackgroundWorker.OnceError.leaseTaken(seconds: 0)) {
      try bench.runOnce(patience: 300)
    }
    #expect(headless.holdsLease)
  }

  @Test func aSingleRunTakesTheLeaseFromAnApp() throws {
    bench.acceptAll()
    let app = try bench.worker(.app)
    app.start()
    defer { app.stop() }
    #expect(eventually { app.holdsLease })
    _ = try bench.runOnce(patience: 300_000)
    #expect(eventually { app.holdsLease })
  }

  @Test func aDeadHoldersClaimIsUnconfirmedAndNotSentAgain() throws {
    bench.acceptAll()
    let message = try bench.reply()
    _ = try bench.store.claim()
    let left = try bench.runOnce()
    #expect(try bench.status(message) == .unconfirmed)
    #expect(left.unconfirmed == 1)
    #expect(bench.postCount == 0)
  }

  private func worker(sending provider: SlowProvider) throws -> BackgroundWorker {
    var setup = bench.setup(relay: false)
    setup.makeTransport = { SlowTransport(provider) }
    return try BackgroundWorker(
      store: bench.store,
      setup: setup,
      kind: .app,
      log: Bench.log
    ) { _ in }
  }

  @Test func aPostUnderWayGetsItsGrace() throws {
    let provider = SlowProvider()
    let message = try bench.reply()
    let worker = try worker(sending: provider)
    worker.start()
    #expect(eventually { provider.isWaiting })
    let lead = try bench.fixture.lead().id
    let next = try bench.store.enqueue(lead, kind: .text, text: "2", undo: 0, by: .system)
    Thread.detachNewThread {
      if eventually({ provider.isLeft }) { provider.answer() }
    }
    worker.stop(grace: 300_000)
    #expect(try bench.status(message) == .sent)
    #expect(try bench.status(next) == .queued, "nothing more is claimed")
  }

  @Test func afterTheGraceNobodyKnows() throws {
    let provider = SlowProvider()
    let message = try bench.reply()
    let worker = try worker(sending: provider)
    worker.start()
    #expect(eventually { provider.isWaiting })
    worker.stop(grace: 200)
    #expect(try eventually { try bench.status(message) == .unconfirmed })
    #expect(try bench.store.claim() == nil, "never sent again without a word")
  }

  @Test func aNudgeSendsWithoutWaiting() throws {
    bench.acceptAll()
    let worker = try bench.worker(relay: false)
    worker.start()
    defer { worker.stop() }
    #expect(eventually { worker.holdsLease })
    let message = try bench.reply()
    worker.nudge()
    #expect(try eventually { try bench.status(message) == .sent })
  }

  @Test func whatAnotherProcessQueuesIsSentToo() throws {
    bench.acceptAll()
    let worker = try bench.worker(relay: false)
    worker.start()
    defer { worker.stop() }
    #expect(eventually { worker.holdsLease })
    let message = try bench.reply()
    #expect(try eventually { try bench.status(message) == .sent })
  }

  @Test func stoppingBeforeTheStartIsHarmless() throws {
    let worker = try bench.worker()
    worker.stop()
    #expect(!worker.holdsLease)
  }
}

/// A provider that answers a send only when told to.
private final class SlowProvider: Sendable {
  let gate = DispatchSemaphore(value: 0)
  let waiting = Atomic(false)
  let left = Atomic(false)

  /// The worker has begun to stop: its other connections are cancelled.
  var isLeft: Bool { left.load(ordering: .acquiring) }
  var isWaiting: Bool { waiting.load(ordering: .acquiring) }

  func answer() { gate.signal() }
}

/// A connection to it; cancelled, its request ends as libcurl ends it.
private final class SlowTransport: HTTPTransport {
  private let provider: SlowProvider
  private let isOut = Atomic(false)
  private let cancelled = Atomic(false)

  init(_ provider: SlowProvider) { self.provider = provider }

  func perform(_ request: HTTPRequest) -> HTTPOutcome {
    guard request.isSend else { return .notSent(reason: "no look-ups here") }
    isOut.store(true, ordering: .releasing)
    provider.waiting.store(true, ordering: .releasing)
    _ = provider.gate.wait(timeout: .now() + 300)
    return cancelled.load(ordering: .acquiring)
      ? .unknown(reason: "cancelled") : .json(200, #"{"messages":[{"id":"wamid.1"}]}"#)
  }

  func cancel() {
    cancelled.store(true, ordering: .releasing)
    if isOut.load(ordering: .acquiring) {
      provider.gate.signal()
    } else {
      provider.left.store(true, ordering: .releasing)
    }
  }
}
