// What the provider's answer to a send makes of the message and its channel.
import Channels
import GRDB
import Logging
import Model
import Synchronization
import TestSupport
import Testing
import Worker

@testable import Store

@Suite(.ownThreads) struct SendingTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  /// An answer, and where the message then stands.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var outcome: HTTPOutcome
    var status: MessageStatus
    var pausesChannel = false
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "no connection", outcome: .notSent(reason: "refused"), status: .queued),
    Case(name: "cut off", outcome: .unknown(reason: "timed out"), status: .unconfirmed),
    Case(name: "a proxy's 502", outcome: .json(502, "<html>"), status: .unconfirmed),
    Case(name: "garbage with 200", outcome: .json(200, "{}"), status: .unconfirmed),
    Case(name: "retry", outcome: graphError(2, status: 500), status: .queued),
    Case(name: "throttle", outcome: graphError(4), status: .queued, pausesChannel: true),
    Case(name: "pair limit", outcome: graphError(131_056), status: .queued),
    Case(name: "auth", outcome: graphError(190, status: 401), status: .queued, pausesChannel: true),
    Case(
      name: "config",
      outcome: graphError(10, status: 403),
      status: .queued,
      pausesChannel: true
    ),
    Case(name: "window", outcome: graphError(131_047), status: .failed),
    Case(name: "permanent", outcome: graphError(100), status: .failed),
    Case(name: "recipient", outcome: graphError(131_026), status: .failed),
    Case(name: "media", outcome: graphError(36_000), status: .failed),
    Case(name: "template", outcome: graphError(2_388_001), status: .failed),
  ]

  @Test(arguments: cases)
  func anAnswerDecides(sample: Case) throws {
    bench.provide { _ in sample.outcome }
    let message = try bench.reply("first")
    let other = try bench.reply("other", from: "4915100000002")
    let left = try bench.runOnce()
    #expect(try bench.status(message) == sample.status)
    let queued = try [message, other].filter { try bench.status($0) == .queued }.count
    #expect(left.queued == queued)
    // A channel in trouble is not asked for the next one; a message in trouble holds nobody else.
    #expect(bench.postCount == (sample.pausesChannel ? 1 : 2), "\(sample.name)")
    if sample.status == .failed {
      #expect(try bench.store.message(message)?.failure?.title.isEmpty == false)
    }
  }

  @Test func whatIsTakenIsSent() throws {
    bench.acceptAll()
    let message = try bench.reply()
    let left = try bench.runOnce()
    #expect([left.queued, left.unconfirmed] == [0, 0])
    #expect(try bench.status(message) == .sent)
    #expect(try bench.store.message(message)?.providerID == "wamid.1")
    _ = try bench.runOnce()
    #expect(bench.postCount == 1)
  }

  @Test func aSendSaysWhoToWhomAndWhat() throws {
    bench.acceptAll()
    _ = try bench.reply("hello 👋🏽")
    _ = try bench.runOnce()
    let request = try #require(bench.posts.withLock { $0.first })
    #expect(request.isSend)
    #expect(request.url == "http://graph/v26.0/\(TemporaryStore.phoneAccount)/messages")
    let body = String(decoding: request.body, as: UTF8.self)
    #expect(body.contains("+4915112345678"))
    #expect(body.contains("hello 👋🏽"))
    #expect(body.contains("biz_opaque_callback_data"))
  }

  @Test func retriesEndWithAFailure() throws {
    bench.provide { _ in graphError(2, status: 500) }
    let message = try bench.reply()
    for _ in 0..<10 where try bench.status(message) != .failed {
      _ = try bench.runOnce()
      bench.fixture.clock.advance(.hour / 6)
    }
    #expect(try bench.status(message) == .failed)
    #expect(bench.postCount == Backoff.tries)
    #expect(try bench.fixture.lead().needsReply)
  }

  @Test func withoutAConnectionItIsTriedAsLongAsTheWindowIsOpen() throws {
    bench.provide { _ in .notSent(reason: "no route") }
    let message = try bench.reply()
    for _ in 0..<12 {
      _ = try bench.runOnce()
      bench.fixture.clock.advance(.hour)
    }
    #expect(try bench.status(message) == .queued)
    #expect(bench.postCount == 12)
    bench.fixture.clock.advance(.day)
    _ = try bench.runOnce()
    #expect(try bench.status(message) == .failed, "the gate is asked again when it leaves")
    #expect(bench.postCount == 12)
  }

  @Test func oneThreadLeavesInOrder() throws {
    bench.acceptAll()
    _ = try bench.reply("1")
    let lead = try bench.fixture.lead().id
    for number in 2...6 {
      _ = try bench.store.enqueue(lead, kind: .text, text: "\(number)", undo: 0, by: .system)
    }
    let worker = try bench.worker(relay: false)
    worker.start()
    defer { worker.stop() }
    #expect(eventually { bench.postCount == 6 })
    let bodies = bench.posts.withLock { $0.map { String(decoding: $0.body, as: UTF8.self) } }
    for (index, body) in bodies.enumerated() {
      #expect(body.contains(#""body":"\#(index + 1)""#), "\(body)")
    }
  }

  @Test func aRefusedTokenShowsInTheStatusBarUntilItWorks() throws {
    bench.provide { _ in graphError(190, status: 401) }
    let message = try bench.reply()
    let worker = try bench.worker(relay: false)
    worker.start()
    defer { worker.stop() }
    #expect(eventually { bench.health?.channels.map(\.cause) == [.token] })
    #expect(bench.postCount == 1)
    #expect(try bench.fixture.reopened().channelTroubles().first?.code == 190)
    bench.acceptAll()
    bench.account.withLock { $0 = .json(200, #"{"id":"1","verified_name":"Gym"}"#) }
    bench.fixture.clock.advance(ProbeSchedule.soon)
    #expect(try eventually { try bench.status(message) == .sent })
    #expect(eventually { bench.health?.channels == [] })
    #expect(try bench.store.channelTroubles() == [])
  }

  /// The provider has taken it and the store can't say so for a while, as with a full disk.
  @Test func whatWasTakenIsKeptOnceTheStoreCanBeWritten() throws {
    bench.acceptAll()
    let message = try bench.reply()
    let worker = try bench.worker(relay: false)
    try bench.store.writeQuietly {
      try $0.execute(
        sql: """
          CREATE TRIGGER full_disk BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END
          """
      )
    }
    worker.start()
    defer { worker.stop() }
    #expect(eventually { bench.health?.trouble?.contains("can't be written") == true })
    #expect(try bench.status(message) == .sending)
    try bench.store.writeQuietly { try $0.execute(sql: "DROP TRIGGER full_disk") }
    #expect(try eventually { try bench.status(message) == .sent })
    #expect(bench.postCount == 1)
    #expect(eventually { bench.health?.trouble == nil })
  }

  @Test func aStoreThatCannotBeWrittenIsAskedAgainAndNotAllTheTime() throws {
    bench.acceptAll()
    let message = try bench.reply()
    try bench.store.writeQuietly {
      try $0.execute(
        sql: """
          CREATE TRIGGER full_disk BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END
          """
      )
    }
    let errors = Mutex(0)
    let log = Logger(label: "test") { _ in CountingLog { errors.withLock { $0 += 1 } } }
    let worker = try BackgroundWorker(
      store: bench.store,
      setup: bench.setup(relay: false),
      kind: .app,
      log: log
    ) { _ in }
    let start = ContinuousClock.now
    worker.start()
    defer { worker.stop() }
    #expect(eventually { errors.withLock { $0 } >= 2 })
    let seconds = (ContinuousClock.now - start).components.seconds
    #expect(errors.withLock { $0 } < 10 + 2 * seconds)
    try bench.store.writeQuietly { try $0.execute(sql: "DROP TRIGGER full_disk") }
    #expect(try eventually { try bench.status(message) == .sent })
  }

  /// The account answers, and messages are refused all the same: one at a time finds that out.
  @Test func aPausedChannelIsTriedWithOneMessage() throws {
    bench.provide { _ in graphError(131_042) }
    bench.account.withLock { $0 = .json(200, #"{"id":"1"}"#) }
    let first = try bench.reply("1")
    let second = try bench.reply("2", from: "4915100000002")
    _ = try bench.runOnce()
    #expect(bench.postCount == 1)
    let begin = try #require(try bench.store.channelTroubles().first)
    #expect(begin.cause == .setup && begin.code == 131_042)
    for tries in 2...4 {
      bench.fixture.clock.advance(.minute)
      _ = try bench.runOnce()
      #expect(bench.postCount == tries)
    }
    #expect(try bench.store.channelTroubles().first?.since == begin.since)
    bench.acceptAll()
    bench.fixture.clock.advance(.minute)
    _ = try bench.runOnce()
    #expect(try bench.status(first) == .sent)
    #expect(try bench.status(second) == .sent)
    #expect(try bench.store.channelTroubles() == [])
  }

  /// Messages are taken and fail afterwards: the account is looked at, then one message tries.
  @Test func aChannelWhoseMessagesFailAfterwardsIsTriedWithOneMessage() throws {
    bench.acceptAll()
    bench.account.withLock { $0 = .json(200, blockedAccount) }
    let first = try bench.reply("1")
    _ = try bench.runOnce()
    #expect(try bench.status(first) == .sent)
    let failure = GraphErrorTable.failure(code: 131_042, saying: "payment")
    let clock = bench.fixture.clock
    try bench.fixture.deliver(.receipt(.failed, of: "wamid.1", at: clock.now, failure: failure))
    #expect(try bench.status(first) == .failed)
    let second = try bench.reply("2", from: "4915100000002")
    let third = try bench.reply("3", from: "4915100000003")
    clock.advance(.second)
    _ = try bench.runOnce()
    #expect(bench.postCount == 1, "the account says that nothing may be sent")
    let told = try bench.store.channelTroubles()
    #expect(told.map(\.cause) == [.delivery])
    #expect(told.first?.reason == "No valid payment method. Add one.")
    bench.account.withLock { $0 = .json(200, #"{"id":"1","verified_name":"Gym"}"#) }
    _ = try bench.runOnce()
    #expect(bench.postCount == 2, "one tries")
    #expect(try bench.status(second) == .sent)
    #expect(try bench.status(third) == .queued)
    #expect(try bench.store.channelTroubles().count == 1, "taken is not delivered")
    try bench.fixture.deliver(.receipt(.sent, of: "wamid.2", at: clock.now))
    _ = try bench.runOnce()
    #expect(try bench.status(third) == .sent)
    #expect(try bench.store.channelTroubles() == [])
  }

  @Test func aNewTokenDoesNotHideThatTheAccountIsBlocked() throws {
    bench.provide { _ in graphError(190, status: 401) }
    let message = try bench.reply()
    _ = try bench.runOnce()
    bench.account.withLock { $0 = .json(200, blockedAccount) }
    bench.acceptAll()
    _ = try bench.runOnce()
    #expect(try bench.store.channelTroubles().map(\.cause) == [.setup])
    #expect(try bench.status(message) == .queued)
  }

  @Test func whoSwitchedMarketingOffIsKeptFromTheAnswer() throws {
    bench.provide { _ in graphError(131_050) }
    let message = try bench.reply()
    _ = try bench.runOnce()
    #expect(try bench.status(message) == .failed)
    let person = try bench.fixture.lead().person
    #expect(try bench.store.consent(of: person, on: .whatsapp).stopsMarketing)
    #expect(try bench.store.channelTroubles() == [])
  }

  private let blockedAccount = """
    {"id":"1","health_status":{"can_send_message":"BLOCKED","entities":[{"entity_type":"WABA",
    "can_send_message":"BLOCKED","errors":[{"error_description":"No valid payment method.",
    "possible_solution":"Add one."}]}]}}
    """

  @Test func aTokenThatIsRenewedInTheConfigIsTakenUp() throws {
    bench.provide { request in
      request.bearer?.revealed == "new"
        ? .json(200, #"{"messages":[{"id":"w1"}]}"#)
        : graphError(190, status: 401)
    }
    bench.account.withLock { $0 = .json(200, #"{"id":"1"}"#) }
    let message = try bench.reply()
    _ = try bench.runOnce()
    #expect(try bench.status(message) == .queued)
    var setup = bench.setup()
    var renewed = setup.credentials
    for channel in renewed.keys { renewed[channel]?.token = Secret("new") }
    setup.reload = { [renewed] in renewed }
    _ = try BackgroundWorker.runOnce(store: bench.store, setup: setup, log: Bench.log)
    #expect(try bench.status(message) == .sent)
  }

  /// A laptop slept through the time, or its clock was set: no timer of the process has run as long.
  @Test func whatIsDueAfterASleepLeavesThen() throws {
    bench.acceptAll()
    try bench.fixture.deliver(.whatsApp("Hi", id: "m1", at: TemporaryStore.start))
    let later = try bench.store.enqueue(
      bench.fixture.lead().id,
      OutboundMessage(text: "See you", sendAt: bench.fixture.clock.now + 10 * .hour),
      undo: 0,
      by: .system
    )
    let worker = try bench.worker(relay: false)
    worker.start()
    defer { worker.stop() }
    #expect(eventually { worker.holdsLease })
    _ = eventually(within: 2.5) { bench.postCount > 0 }
    #expect(bench.postCount == 0)
    bench.fixture.clock.advance(10 * .hour)
    #expect(try eventually { try bench.status(later) == .sent })
  }

  @Test func aBanIsNotTried() throws {
    bench.acceptAll()
    bench.account.withLock { $0 = .json(200, #"{"id":"1"}"#) }
    let message = try bench.reply()
    try bench.store.note(
      ChannelTrouble(
        channel: "wa-main",
        kind: .whatsapp,
        cause: .account,
        reason: "banned",
        since: bench.fixture.clock.now
      )
    )
    _ = try bench.runOnce()
    #expect(bench.postCount == 0)
    try bench.store.clear([.account], channel: "wa-main")
    _ = try bench.runOnce()
    #expect(try bench.status(message) == .sent)
  }

  @Test func aHoldEndsByItselfAndGrows() throws {
    bench.provide { _ in graphError(130_429) }
    let message = try bench.reply()
    _ = try bench.runOnce()
    var hold = try #require(try bench.store.channelTroubles().first)
    #expect(hold.until == bench.fixture.clock.now + .second)
    let worker = try bench.worker(relay: false)
    worker.start()
    defer { worker.stop() }
    bench.fixture.clock.advance(.second)
    #expect(eventually { bench.postCount == 2 })
    #expect(try eventually { try bench.store.channelTroubles().first != nil })
    hold = try #require(try bench.store.channelTroubles().first)
    bench.acceptAll()
    bench.fixture.clock.advance(.minute)
    #expect(try eventually { try bench.status(message) == .sent })
  }

  @Test func anInstagramMessageOfUnknownFateIsLookedUp() throws {
    bench.provide { _ in .unknown(reason: "cut off") }
    try bench.fixture.deliver(.instagram("hi", messageID: "i1", at: bench.fixture.clock.now))
    let lead = try bench.fixture.lead().id
    let lost = try bench.store.enqueue(lead, kind: .text, text: "19:00?", undo: 0, by: .system)
    let next = try bench.store.enqueue(lead, kind: .text, text: "or 20:00", undo: 0, by: .system)
    let worker = try bench.worker(relay: false)
    worker.start()
    defer { worker.stop() }
    #expect(try eventually { try bench.status(lost) == .unconfirmed })
    #expect(try bench.status(next) == .queued, "it waits for a word on the one before")
    bench.acceptAll()
    bench.conversation.withLock {
      $0 = .json(
        200,
        """
        {"data":[{"messages":{"data":[
          {"id":"m9","created_time":"\(bench.fixture.clock.now.rfc3339)","from":{"id":"1784"},
           "message":"19:00?"},
          {"id":"i1","created_time":"2026-03-02T12:00:00+0000","from":{"id":"9001"},
           "message":"hi"}]}}]}
        """
      )
    }
    bench.fixture.clock.advance(20_000)
    #expect(try eventually { try bench.status(lost) == .sent })
    #expect(try bench.store.message(lost)?.providerID == "m9")
    #expect(try eventually { try bench.status(next) == .sent })
    #expect(bench.postCount == 2)
  }

  @Test func aBurstToOnePersonWaitsForThePairLimit() throws {
    bench.acceptAll()
    _ = try bench.reply("1")
    let lead = try bench.fixture.lead().id
    for number in 2...47 {
      _ = try bench.store.enqueue(lead, kind: .text, text: "\(number)", undo: 0, by: .system)
    }
    _ = try bench.runOnce()
    #expect(bench.postCount == 45)
    let waiting = try bench.fixture.messages(lead).filter { $0.status == .queued }
    #expect(waiting.count == 2)
    #expect(waiting.first?.failure?.title.contains("6 s") == true, "it says why")
    bench.fixture.clock.advance(6 * .second)
    // Another worker knows what the first one sent.
    _ = try bench.runOnce()
    #expect(bench.postCount == 46)
  }

  @Test func aChannelThatTheConfigDroppedKeepsItsReplies() throws {
    let message = try bench.reply()
    var setup = bench.setup()
    setup.credentials["wa-main"] = nil
    _ = try BackgroundWorker.runOnce(store: bench.store, setup: setup, log: Bench.log)
    #expect(try bench.status(message) == .queued)
    #expect(bench.postCount == 0)
  }
}

/// Counts the errors that are logged.
private struct CountingLog: LogHandler {
  var logLevel = Logger.Level.error
  var metadata: Logger.Metadata = [:]
  let count: @Sendable () -> Void

  init(_ count: @escaping @Sendable () -> Void) { self.count = count }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { count() }
}
