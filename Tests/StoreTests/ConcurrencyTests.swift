// Several stores on one folder at once, each as another process would open it: own connections,
// own lock descriptors.
import GRDB
import Glibc
import Model
import TestSupport
import Testing

@testable import Store

@Suite(.ownThreads) struct ConcurrencyTests {
  let fixture: TemporaryStore

  init() throws { fixture = try TemporaryStore() }

  @Test func theSameBatchFromTwoStoresIsOnce() throws {
    let stores = [fixture.store, try fixture.reopened()]
    for round in 0..<20 {
      let row = try fixture.journalRow()
      let events = (0..<5).map {
        InboundEvent.whatsApp(
          "n\($0)",
          from: "4915\(round)",
          id: "m\(round).\($0)",
          at: fixture.clock.now + Int64($0)
        )
      }
      let outcomes = try inParallel(stores) { try $0.apply([fixture.decoded(row, events)]) }
      #expect(outcomes.map(\.newMessages).reduce(0, +) == 5)
    }
    #expect(try fixture.leads(viewer: fixture.anna).map(\.unread) == Array(repeating: 5, count: 20))
  }

  @Test func aPersonHasOneOpenLead() throws {
    let stores = [fixture.store, try fixture.reopened(), try fixture.reopened()]
    let rows = try stores.map { _ in try fixture.journalRow() }
    _ = try inParallel(Array(zip(stores, rows).enumerated())) { index, place in
      try place.0.apply([
        fixture.decoded(
          place.1,
          (0..<30).map {
            .whatsApp(
              "hi",
              from: "4915\($0)",
              id: "m\(index).\($0)",
              at: fixture.clock.now + Int64(index)
            )
          }
        )
      ])
    }
    let leads = try fixture.leads(viewer: fixture.anna)
    #expect(leads.count == 30)
    #expect(Set(leads.map(\.person)).count == 30)
    #expect(leads.allSatisfy { $0.unread == 3 })
    #expect(throws: DatabaseError.self) {
      try fixture.store.writeQuietly {
        try $0.execute(
          sql: """
            INSERT INTO lead (gym_id, person_id, stage_id, created_at, first_touch_kind,
              first_touch_at, last_touch_kind, last_touch_at, channel_kind, last_message_at, rev)
            SELECT gym_id, person_id, stage_id, 0, '', 0, '', 0, '', 0, 0 FROM lead LIMIT 1
            """
        )
      }
    }
  }

  @Test func manyOpenAnEmptyFolderAtOnce() throws {
    let other = try TemporaryStore()
    let folder = other.directory + "/fresh"
    #expect(mkdir(folder, 0o700) == 0)
    let stores = try inParallel(Array(0..<6)) { _ in
      try LeadStore(directory: folder, program: "1")
    }
    #expect(stores.count == 6)
    #expect(try stores.map { try $0.rev() } == Array(repeating: 0, count: 6))
  }

  /// Writers, checkpoints and readers together; at the end everything that was promised is there.
  @Test func nothingAcknowledgedIsLostBesideCheckpoints() throws {
    let lead = try {
      try fixture.deliver(.whatsApp("hi", id: "m1", at: fixture.clock.now))
      return try fixture.lead().id
    }()
    let stores = try (0..<4).map { _ in try fixture.reopened() }
    let writes = 60
    _ = try inParallel(Array(stores.enumerated())) { number, store in
      for index in 0..<writes {
        try store.addNote(lead, text: "\(number).\(index)", by: .system)
        if index % 7 == number { try store.checkpoint(past: 0) }
        if index % 11 == 0 { _ = try store.lead(lead, scope: .everything) }
      }
    }
    let (notes, check, rev) = try fixture.reopened().read { database in
      (
        try Set(String.fetchAll(database, sql: "SELECT text FROM note")),
        try String.fetchAll(database, sql: "PRAGMA integrity_check"),
        try Int.fetchOne(
          database,
          sql: "SELECT count(DISTINCT id) FROM activity WHERE verb = 'note'"
        )
      )
    }
    #expect(notes.count == 4 * writes)
    #expect(rev == 4 * writes)
    #expect(check == ["ok"])
  }

  @Test func aFullDiskSaysThatNothingWasStored() throws {
    try fixture.deliver(.whatsApp("hi", id: "m1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    func limit(_ pages: Int) throws {
      try fixture.store.pool.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
    }
    // SQLite takes the pages there are when told fewer.
    try limit(1)
    let long = String(repeating: "x", count: 100_000)
    let error = try #require(throws: StoreError.self) {
      try fixture.store.addNote(lead, text: long, by: .system)
    }
    guard case .unwritable(fixture.directory, _) = error else {
      Issue.record("another error: \(error)")
      return
    }
    #expect(error.description.hasPrefix("nothing was stored: "))
    try limit(1_000_000)
    try fixture.store.addNote(lead, text: "room again", by: .system)
    #expect(
      try fixture.store.lead(lead, scope: .everything)?.notes.map(\.text) == ["room again"]
    )
  }

  @Test func aDamagedFileSaysThatItCantBeRead() throws {
    try fixture.deliver(.whatsApp("hi", id: "m1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    // More than a reader keeps in memory.
    let long = String(repeating: "x", count: 2_000_000)
    try fixture.store.addNote(lead, text: long, by: .system)
    try fixture.store.checkpoint(past: 0)
    let path = fixture.directory + "/inbox.db"
    let file = open(path, O_WRONLY)
    let garbage = [UInt8](repeating: 0xff, count: 1_900_000)
    let end = lseek(file, 0, SEEK_END)
    #expect(pwrite(file, garbage, garbage.count, end - garbage.count) == garbage.count)
    close(file)

    let error = try #require(throws: StoreError.self) {
      try fixture.store.lead(lead, scope: .everything)
    }
    guard case .unreadable(path, _) = error else {
      Issue.record("another error: \(error)")
      return
    }
    #expect(error.description.contains("inbox restore"))
  }

  @Test func anAdvisoryLockIsOnesAlone() throws {
    let path = fixture.directory + "/some.lock"
    let first = try AdvisoryLock(path: path)
    let second = try AdvisoryLock(path: path)
    #expect(second.isFree)
    #expect(first.tryLock())
    #expect(!first.tryLock(), "not even twice by its holder")
    #expect(!second.tryLock())
    #expect(!second.isFree)
    #expect(throws: StoreError.busy(lock: path)) { try second.lock(milliseconds: 20) }
    first.unlock()
    #expect(second.tryLock())
    #expect(!first.isFree)
  }

  @Test func aLockGoesWithItsHolder() throws {
    let path = fixture.directory + "/some.lock"
    var first: AdvisoryLock? = try AdvisoryLock(path: path)
    #expect(first?.tryLock() == true)
    let second = try AdvisoryLock(path: path)
    #expect(!second.tryLock())
    first = nil
    // A program that another test starts at this moment may hold the file until it runs.
    #expect(eventually { second.tryLock() })
  }

  @Test func aWriterThatFindsTheLockHeldSaysSo() throws {
    let holder = try AdvisoryLock(path: fixture.directory + "/write.lock")
    #expect(holder.tryLock())
    #expect(throws: StoreError.busy(lock: fixture.directory + "/write.lock")) {
      try fixture.store.writeLock.lock(milliseconds: 20)
    }
    holder.unlock()
    try fixture.store.setDisabled(email: "ben@gym.example", true, by: .system)
  }
}
