// From the relay's feed to leads: kept before it is acknowledged, once, whatever the relay does.
import Channels
import Model
import Store
import Synchronization
import TestSupport
import Testing
import Worker

@Suite(.ownThreads) struct FeedTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  @Test func aWebhookBecomesALead() throws {
    bench.relay.add(webhook("Hi there", id: "m1"))
    bench.relay.add("no JSON")
    let left = try bench.runOnce()
    #expect([left.queued, left.unconfirmed, left.parked] == [0, 0, 1])
    #expect(try bench.fixture.lead().preview == "Hi there")
    #expect(try bench.store.feedCursor() == FeedCursor(log: "log-1", after: 2))
    #expect(bench.relay.acks == [2])
    bench.relay.add(webhook("More", id: "m2"))
    _ = try bench.runOnce()
    #expect(bench.relay.acks == [2, 3])
    #expect(try bench.fixture.messages(try bench.fixture.lead().id).count == 2)
  }

  @Test func anAckFollowsTheStoredPage() throws {
    let kept = Mutex<[Int64?]>([])
    bench.relay.add(webhook("Hi", id: "m1"))
    let relay = bench.relay
    let store = bench.store
    let transport = ScriptedTransport { request in
      if request.url.hasSuffix("/v1/ack") {
        kept.withLock { $0.append(try? store.feedCursor()?.after) }
      }
      return relay.answer(request)
    }
    var setup = bench.setup()
    setup.makeTransport = { transport }
    _ = try BackgroundWorker.runOnce(store: store, setup: setup, log: Bench.log)
    #expect(kept.withLock { $0 } == [1])
  }

  @Test func aLostAckIsNoLoss() throws {
    bench.relay.add(webhook("Hi", id: "m1"))
    let relay = bench.relay
    let transport = ScriptedTransport { request in
      request.url.hasSuffix("/v1/ack") ? .unknown(reason: "cut off") : relay.answer(request)
    }
    var setup = bench.setup()
    setup.makeTransport = { transport }
    _ = try BackgroundWorker.runOnce(store: bench.store, setup: setup, log: Bench.log)
    #expect(try bench.fixture.lead().preview == "Hi")
  }

  @Test func aNewLogIsReadFromItsStart() throws {
    bench.relay.add(webhook("one", id: "m1"))
    bench.relay.add(webhook("two", id: "m2"))
    _ = try bench.runOnce()
    bench.relay.restart(
      log: "log-2",
      bodies: [webhook("one", id: "m1"), webhook("three", id: "m3")]
    )
    _ = try bench.runOnce()
    let texts = try bench.fixture.messages(try bench.fixture.lead().id).map(\.text)
    #expect(texts.sorted() == ["one", "three", "two"])
    #expect(try bench.store.feedCursor() == FeedCursor(log: "log-2", after: 2))
  }

  @Test func anEmptyNewLogIsWaitedAtFromItsStart() throws {
    bench.relay.add(webhook("one", id: "m1"))
    _ = try bench.runOnce()
    bench.relay.restart(log: "log-2", bodies: [])
    _ = try bench.runOnce()
    #expect(try bench.store.feedCursor() == FeedCursor(log: "log-2", after: 0))
    _ = try bench.runOnce()
    #expect(bench.relay.polls.last?.hasPrefix("after=0&") == true)
  }

  @Test(arguments: [
    (HTTPOutcome.json(401, ""), "token"), (.json(500, "oops"), "500"),
    (.json(200, "<html>"), "makes no sense"), (.notSent(reason: "refused"), "refused"),
    (.unknown(reason: "cut off"), "cut off"),
  ])
  func troubleSaysWhatAndSinceWhen(outcome: HTTPOutcome, word: String) throws {
    bench.relay.fail(outcome)
    #expect {
      try bench.runOnce()
    } throws: { "\($0)".contains(word) }
    let worker = try bench.worker()
    worker.start()
    defer { worker.stop() }
    let start = bench.fixture.clock.now
    #expect(
      eventually {
        guard case .down(let reason, let since) = bench.health?.link else { return false }
        return reason.contains(word) && since == start
      }
    )
    bench.relay.fail(nil)
    bench.relay.add(webhook("back", id: "m9"))
    #expect(eventually { bench.health?.link == .connected })
    #expect(try eventually { try !bench.fixture.leads().isEmpty })
  }

  @Test func aSlowLineIsAskedForLessAndGivenLonger() throws {
    let asked = Mutex<[(String, Int64)]>([])
    let relay = bench.relay
    relay.add(webhook("one", id: "m1"))
    var setup = bench.setup()
    setup.makeTransport = {
      ScriptedTransport { request in
        guard request.url.contains("/v1/events") else { return relay.answer(request) }
        let count = asked.withLock { asked in
          asked.append((request.url, request.totalTimeout))
          return asked.count
        }
        return count < 4 ? .unknown(reason: "timed out") : relay.answer(request)
      }
    }
    let worker = try BackgroundWorker(
      store: bench.store,
      setup: setup,
      kind: .app,
      log: Bench.log
    ) { _ in }
    worker.start()
    defer { worker.stop() }
    #expect(try eventually { try !bench.fixture.leads().isEmpty })
    let tries = asked.withLock { $0.prefix(5) }
    #expect(tries.prefix(4).map(\.1) == [10_000, 20_000, 40_000, 80_000])
    #expect(
      tries.prefix(4).map { $0.0.split(separator: "&")[1] }
        == ["limit=500", "limit=250", "limit=125", "limit=62"]
    )
  }

  @Test func aWorkingLinkIsConnectedAtOnce() throws {
    let worker = try bench.worker()
    worker.start()
    defer { worker.stop() }
    #expect(eventually { bench.health?.link == .connected })
    #expect(bench.relay.polls.first?.hasSuffix("wait=0") == true)
    #expect(eventually { bench.relay.polls.contains { $0.hasSuffix("wait=25") } })
  }

  @Test func withoutARelayTheStatusBarSaysSo() throws {
    bench.acceptAll()
    let message = try bench.reply()
    let worker = try bench.worker(relay: false)
    worker.start()
    defer { worker.stop() }
    #expect(try eventually { try bench.status(message) == .sent })
    #expect(eventually { bench.health?.queued == 0 })
    guard case .down(let reason, _) = bench.health?.link else {
      Issue.record("\(String(describing: bench.health))")
      return
    }
    #expect(reason.contains("[relay]"))
  }

  @Test func anAddedChannelFetchesWhatWaitedForIt() throws {
    let body = webhook("Hi", id: "m1")
      .replacing(TemporaryStore.phoneAccount, with: "15559999")
    bench.relay.add(body)
    #expect(try bench.runOnce().parked == 1)
    try bench.store.ensureChannel(
      ChannelAccount(
        id: "wa-two",
        kind: .whatsapp,
        gym: bench.fixture.gym.id,
        account: "15559999"
      )
    )
    #expect(try bench.runOnce().parked == 0)
    #expect(try bench.fixture.lead().preview == "Hi")
  }
}
