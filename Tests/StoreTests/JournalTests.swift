// The journal keeps what the relay handed over, once, and knows how far it has read.
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct JournalTests {
  let fixture: TemporaryStore
  var store: LeadStore { fixture.store }
  var start: Timestamp { TemporaryStore.start }

  init() throws { fixture = try TemporaryStore() }

  private func keep(_ seqs: [Int64], log: String, hash: String = "aa") throws -> Int {
    try store.keep(
      seqs.map { .sample(seq: $0, receivedAt: start + $0, sha256: hash + String($0)) },
      cursor: FeedCursor(log: log, after: seqs.last ?? 0)
    )
  }

  private func events() throws -> [JournalEntry] {
    var entries: [JournalEntry] = []
    try store.eachEvent { entries.append($0) }
    return entries
  }

  @Test func aPageAndItsCursorAreKeptTogether() throws {
    #expect(try store.feedCursor() == nil)
    #expect(try keep([1, 2, 3], log: "A") == 3)
    #expect(try store.feedCursor() == FeedCursor(log: "A", after: 3))
    #expect(try store.pendingEvents(limit: 2).map(\.raw.seq) == [1, 2])
    let rev = try store.rev()
    #expect(try keep([2, 3, 4], log: "A") == 1)
    #expect(try store.feedCursor() == FeedCursor(log: "A", after: 4))
    #expect(try store.rev() == rev, "no screen shows raw rows")
  }

  @Test func aBodyComesBackByteForByte() throws {
    var event = RawEvent.sample(seq: 1)
    event.body = [0, 0xff, 0x22, 0x0a] + Array("é".utf8)
    _ = try store.keep([event], cursor: FeedCursor(log: "A", after: 1))
    #expect(try store.pendingEvents(limit: 1).first?.raw == event)
  }

  @Test func anotherLogDropsWhatIsThereAlready() throws {
    #expect(try keep([1, 2], log: "A") == 2)
    // Restored: the same two under other numbers, and a new one.
    let events: [RawEvent] = [
      .sample(seq: 7, receivedAt: start + 1, sha256: "aa1"),
      .sample(seq: 8, receivedAt: start + 2, sha256: "aa2"),
      .sample(seq: 9, receivedAt: start + 2, sha256: "bb"),
      .sample(seq: 10, receivedAt: start + 5000, sha256: "aa2"),
    ]
    #expect(try store.keep(events, cursor: FeedCursor(log: "B", after: 10)) == 2)
    #expect(try self.events().map(\.raw.seq) == [1, 2, 9, 10])
    #expect(try store.keep(events, cursor: FeedCursor(log: "B", after: 10)) == 0)
  }

  @Test func oneLogMayHaveTheSameBodyTwice() throws {
    let twice: [RawEvent] = [.sample(seq: 1, sha256: "aa"), .sample(seq: 2, sha256: "aa")]
    #expect(try store.keep(twice, cursor: FeedCursor(log: "A", after: 2)) == 2)
  }

  @Test func anEmptyPageMovesTheCursorToANewLog() throws {
    _ = try keep([1, 2], log: "A")
    #expect(try store.keep([], cursor: FeedCursor(log: "B", after: 0)) == 0)
    #expect(try store.feedCursor() == FeedCursor(log: "B", after: 0))
  }

  @Test func replayPutsBackInLine() throws {
    _ = try keep([1, 2, 3], log: "A")
    let ids = try store.pendingEvents(limit: 10).map(\.id)
    _ = try store.apply([
      fixture.decoded(ids[0], []), fixture.decoded(ids[1], [], parkedReason: "odd"),
      fixture.decoded(ids[2], [], parkedReason: "by hand"),
    ])
    #expect(try events().map(\.state) == [.applied, .parked, .parked])
    #expect(try events().map(\.reason) == [nil, "odd", "by hand"])
    #expect(try store.replay(nil) == 2)
    #expect(try store.pendingEvents(limit: 10).map(\.id) == [ids[1], ids[2]])
    #expect(try store.replay([ids[0]]) == 1)
    #expect(throws: StoreError.noSuchEvent(999)) { try store.replay([ids[0], 999]) }
    #expect(try store.pendingEvents(limit: 10).count == 3)
    #expect(try store.lastEventAt() == start + 3)
  }

  @Test func pruningTakesOldAppliedRowsOnly() throws {
    for _ in 0..<3 {
      try fixture.deliver(
        .whatsApp("hi", id: "m\(fixture.clock.now.milliseconds)", at: fixture.clock.now)
      )
      fixture.clock.advance(.day)
    }
    let parked = try fixture.journalRow()
    _ = try store.apply([fixture.decoded(parked, [], parkedReason: "odd")])
    fixture.clock.advance(.day)
    let bound = start + 2 * .day
    #expect(try store.pruneJournal(before: bound, limit: 1) == 1)
    #expect(try store.pruneJournal(before: bound) == 1)
    #expect(try store.pruneJournal(before: fixture.clock.now + .day) == 1)
    #expect(try events().map(\.state) == [.parked])
    #expect(try fixture.messages(try fixture.lead().id).count == 3)
  }

  @Test func aRowFromAClockThatWasAheadHoldsNothingBack() throws {
    for id in ["m1", "m2", "m3"] {
      try fixture.deliver(.whatsApp("hi", id: id, at: fixture.clock.now))
    }
    try store.pool.write { [start] in
      try $0.execute(
        sql: "UPDATE journal SET received_at = ? WHERE id = (SELECT min(id) FROM journal)",
        arguments: [(start + 400 * .day).milliseconds]
      )
    }
    fixture.clock.advance(2 * .day)
    #expect(try store.pruneJournal(before: fixture.clock.now - .day) == 2)
    #expect(try events().count == 1)
  }

  @Test func aPrunedEventThatComesAgainAddsNothing() throws {
    let event = InboundEvent.whatsApp("hi", id: "m1", at: start)
    try fixture.deliver(event)
    fixture.clock.advance(.day)
    try store.pruneJournal(before: fixture.clock.now)
    #expect(try fixture.deliver(event).newMessages == 0)
    #expect(try fixture.messages(try fixture.lead().id).count == 1)
  }

  /// An export into a pager holds the log back: that must not cost every batch a wait under the lock.
  @Test func aReaderThatStandsStillIsNotWaitedForEachTime() throws {
    _ = try keep([1], log: "A")
    let times = try store.read { _ in
      try (2...6).map { seq in
        _ = try keep([Int64(seq)], log: "A")
        let start = ContinuousClock.now
        try store.checkpoint(past: 0)
        return ContinuousClock.now - start
      }
    }
    // The quickest: a machine may be busy.
    let quickest = try #require(times.dropFirst().min())
    #expect(quickest < .milliseconds(190), "\(times)")
  }

  @Test func checkpointsComeOnlyPastTheBoundAndCutTheLog() throws {
    _ = try keep([1], log: "A")
    let before = store.walBytes
    #expect(before > 0)
    try store.checkpoint()
    #expect(store.walBytes == before)
    var seq: Int64 = 1
    while store.walBytes <= LeadStore.checkpointBytes {
      seq += 1
      let body = String(repeating: "x", count: 500_000)
      _ = try store.keep(
        [.sample(seq: seq, body: body)],
        cursor: FeedCursor(log: "A", after: seq)
      )
    }
    try store.checkpoint()
    _ = try keep([seq + 1], log: "A")
    #expect(store.walBytes <= LeadStore.checkpointBytes, "its size tells again what is to be done")
    #expect(try store.pendingEvents(limit: 1_000_000).count == Int(seq + 1))
  }
}
