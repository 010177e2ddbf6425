// Exactly one works; who leaves, leaves in order; who takes over trusts no claim of another's.
import Channels
import Dispatch
import Glibc
import Model
import Store
import Synchronization
import TestSupport
import Testing
import Worker

@Suite struct LeaseTests {
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
    #expect(eventually(within: 5) { second.holdsLease })
  }

  @Test func anAppGivesWayToTheDeployedWorker() throws {
    let app = try bench.worker(.app)
    let headless = try bench.worker(.headless, store: try bench.fixture.reopened())
    app.start()
    defer { app.stop() }
    #expect(eventually { app.holdsLease })
    headless.start()
    #expect(eventually(within: 5) { headless.holdsLease && !app.holdsLease })
    headless.stop()
    #expect(eventually(within: 5) { app.holdsLease })
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
    _ = try bench.runOnce(patience: 10_000)
    #expect(eventually(within: 5) { app.holdsLease })
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

  @Test func aPostUnderWayGetsItsGrace() throws {
    let gate = DispatchSemaphore(value: 0)
    bench.provide { _ in
      _ = gate.wait(timeout: .now() + 20)
      return .json(200, #"{"messages":[{"id":"wamid.1"}]}"#)
    }
    let message = try bench.reply()
    let worker = try bench.worker()
    worker.start()
    #expect(eventually { bench.postCount == 1 })
    let next = try bench.reply("next", from: "4915100000002")
    // Give the second no lane: it is queued after the stop has begun, or is sent like the first.
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) {
      gate.signal()
      gate.signal()
    }
    worker.stop(grace: 10_000)
    #expect(try bench.status(message) == .sent)
    #expect(try [.queued, .sent].contains(bench.status(next)))
    #expect(try bench.store.outboxCounts().unconfirmed == 0)
    #expect(try bench.store.outboxCounts().sending == 0)
  }

  @Test func afterTheGraceNobodyKnows() throws {
    let gate = DispatchSemaphore(value: 0)
    // As libcurl does when it is cancelled with the request out.
    let answer = HTTPOutcome.unknown(reason: "cancelled")
    let cancelled = CancellableTransport(gate: gate, answer: answer)
    let message = try bench.reply()
    var setup = bench.setup(relay: false)
    setup.makeTransport = { cancelled }
    let worker = try BackgroundWorker(
      store: bench.store,
      setup: setup,
      kind: .app,
      log: Bench.log
    ) { _ in }
    worker.start()
    #expect(eventually { cancelled.isWaiting })
    worker.stop(grace: 200)
    #expect(try bench.status(message) == .unconfirmed)
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
    #expect(try eventually(within: 5) { try bench.status(message) == .sent })
  }

  @Test func stoppingBeforeTheStartIsHarmless() throws {
    let worker = try bench.worker()
    worker.stop()
    #expect(!worker.holdsLease)
  }
}

/// A transport whose request ends only by being cancelled.
final class CancellableTransport: HTTPTransport {
  private let gate: DispatchSemaphore
  private let answer: HTTPOutcome
  private let waiting = Atomic(false)

  init(gate: DispatchSemaphore, answer: HTTPOutcome) {
    self.gate = gate
    self.answer = answer
  }

  var isWaiting: Bool { waiting.load(ordering: .acquiring) }

  func perform(_ request: HTTPRequest) -> HTTPOutcome {
    waiting.store(true, ordering: .releasing)
    _ = gate.wait(timeout: .now() + 20)
    return answer
  }

  func cancel() { gate.signal() }
}
