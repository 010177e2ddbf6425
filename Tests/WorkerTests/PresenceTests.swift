// Customers see that they were read and that somebody writes, once each, and only where it is wanted.
import Model
import Store
import Synchronization
import TestSupport
import Testing
import Worker

@Suite(.serialized, .ownThreads)
final class PresenceTests {
  let bench: Bench
  private var worker: BackgroundWorker?

  init() throws { bench = try Bench() }

  deinit { worker?.stop() }

  private func begin(showsRead: Bool, showsTyping: Bool) throws -> LeadID {
    bench.presence.withLock {
      $0 = PresenceSettings(showsRead: showsRead, showsTyping: showsTyping)
    }
    let worker = try bench.worker(relay: false)
    self.worker = worker
    worker.start()
    #expect(eventually { worker.holdsLease })
    if showsRead { try awaitFirstLook() }
    try bench.fixture.deliver(.whatsApp("Hi", id: "wamid.in1", at: bench.fixture.clock.now))
    return try bench.fixture.lead().id
  }

  /// The first look only finds where to begin: what is read after it is shown.
  private func awaitFirstLook() throws {
    var count: Int64 = 0
    let isLooking = try eventually(within: 300) {
      count += 1
      let time = bench.fixture.clock.now - 60_000 + count
      try bench.fixture.deliver(.whatsApp("Hi?", id: "wamid.early\(count)", at: time))
      try bench.store.markRead(bench.fixture.lead().id, by: bench.fixture.ben.id)
      return eventually(within: 1) { bench.marks.withLock { !$0.isEmpty } }
    }
    #expect(isLooking)
  }

  private func wait(_ seconds: Double) { _ = eventually(within: seconds) { false } }

  /// What was shown, but for the first look's own.
  private var marks: [String] {
    bench.marks.withLock { marks in marks.filter { !$0.contains("wamid.early") } }
  }

  @Test func whoWasReadIsToldOnce() throws {
    let lead = try begin(showsRead: true, showsTyping: false)
    #expect(marks.isEmpty)
    try bench.store.markRead(lead, by: bench.fixture.anna.id)
    #expect(eventually { !marks.isEmpty })
    #expect(marks.first?.contains(#""message_id":"wamid.in1""#) == true)
    #expect(marks.first?.contains(#""status":"read""#) == true)
    #expect(marks.first?.contains("typing") == false)
    // A colleague opens it too, and something else changes.
    try bench.store.markRead(lead, by: bench.fixture.ben.id)
    _ = try bench.store.enqueue(lead, kind: .text, text: "Hi!", undo: 60_000, by: .system)
    wait(2.5)
    #expect(marks.count == 1)
    // What they write next is news.
    try bench.fixture.deliver(.whatsApp("?", id: "wamid.in2", at: bench.fixture.clock.now + 1))
    try bench.store.markRead(lead, by: bench.fixture.anna.id)
    #expect(eventually { marks.count == 2 })
    #expect(marks.last?.contains("wamid.in2") == true)
  }

  @Test func whoIsWrittenToSeesTheDots() throws {
    let lead = try begin(showsRead: false, showsTyping: true)
    try bench.store.saveDraft(.reply(lead), of: bench.fixture.anna.id, text: "Hel", isTyping: true)
    #expect(eventually { !marks.isEmpty })
    #expect(marks.first?.contains(#""typing_indicator":{"type":"text"}"#) == true)
    try bench.store.saveDraft(
      .reply(lead),
      of: bench.fixture.anna.id,
      text: "Hello",
      isTyping: true
    )
    wait(2.5)
    #expect(marks.count == 1, "they last 25 s")
    bench.fixture.clock.advance(21_000)
    try bench.store.saveDraft(
      .reply(lead),
      of: bench.fixture.anna.id,
      text: "Hello t",
      isTyping: true
    )
    #expect(eventually { marks.count == 2 })
  }

  @Test func nobodyIsShownWhatIsSwitchedOff() throws {
    let lead = try begin(showsRead: false, showsTyping: false)
    try bench.store.markRead(lead, by: bench.fixture.anna.id)
    try bench.store.saveDraft(
      .reply(lead),
      of: bench.fixture.anna.id,
      text: "Hello",
      isTyping: true
    )
    wait(2.5)
    #expect(marks.isEmpty)
  }
}
