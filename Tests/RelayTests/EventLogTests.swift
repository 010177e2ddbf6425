// What every event log must do, whichever database it stands on, and what SQLite's does besides.
import Foundation
import Logging
import Model
import NIOCore
import NIOPosix
import RelayAPI
import Settings
import Testing

@testable import Relay

/// A kind of log that the suite opens twice on the same data.
struct LogKind: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var open: @Sendable (_ directory: String) throws -> any EventLog

  static let all = [
    LogKind(testDescription: "SQLite, on a thread") { try SQLiteEventLog(directory: $0) },
    LogKind(testDescription: "SQLite, on an event loop") {
      try SQLiteEventLog(directory: $0, loop: MultiThreadedEventLoopGroup.singleton.next())
    },
  ]
}

extension EventLog {
  func events(after: Int64 = 0, limit: Int = 1000, bytes: Int = 8 << 20) async throws -> FeedPage {
    try FeedPage.parse(try await page(after: after, limit: limit, bytes: bytes).bytes)
  }
}

@Suite struct EventLogConformanceTests {
  @Test(arguments: LogKind.all)
  func givesBackWhatItTook(_ kind: LogKind) async throws {
    let scratch = try Scratch()
    let log = try kind.open(scratch.path)
    let body = Array(0...255).map { UInt8($0) }
    var event = Fixture.event(body, at: 1_785_576_600_250)
    event.query = "a=1&b=2"
    #expect(try await log.append(event) == 1)
    let page = try await log.events()
    #expect(page.log == log.id)
    #expect(page.next == 1)
    let kept = try #require(page.events.first)
    #expect(kept.body == body)
    #expect(kept.receivedAt == event.receivedAt)
    #expect(kept.path == "/webhooks/meta")
    #expect(kept.query == "a=1&b=2")
    #expect(kept.contentType == "application/json")
    #expect(Hex.decode(kept.sha256) == event.sha256)
    await log.close()
  }

  @Test(arguments: LogKind.all)
  func pagesInOrder(_ kind: LogKind) async throws {
    let scratch = try Scratch()
    let log = try kind.open(scratch.path)
    for number in 1...25 { _ = try await log.append(Fixture.event("event \(number)")) }
    let first = try await log.events(limit: 10)
    #expect(first.events.map(\.seq) == Array(1...10))
    #expect(first.next == 10)
    #expect(try await log.events(limit: 10) == first)
    #expect(try await log.events(after: 20).events.map(\.seq) == Array(21...25))
    let end = try await log.events(after: 25)
    #expect(end.events.isEmpty)
    #expect(end.next == 25)
    await log.close()
  }

  @Test(arguments: LogKind.all)
  func boundsAPageButGivesOneEvent(_ kind: LogKind) async throws {
    let scratch = try Scratch()
    let log = try kind.open(scratch.path)
    let text = String(repeating: "x", count: 1000)
    for _ in 1...5 { _ = try await log.append(Fixture.event(text)) }
    #expect(try await log.page(after: 0, limit: 10, bytes: 10).count == 1)
    let page = try await log.page(after: 0, limit: 10, bytes: 3000)
    #expect(page.count == 2)
    #expect(page.bytes.count <= 3000)
    #expect(try FeedPage.parse(page.bytes).next == 2)
    await log.close()
  }

  @Test(arguments: LogKind.all)
  func staysTheSameOverRestarts(_ kind: LogKind) async throws {
    let scratch = try Scratch()
    let first = try kind.open(scratch.path)
    for _ in 1...3 { _ = try await first.append(Fixture.event("x")) }
    let page = try await first.events()
    // Not closed: the next one finds the files as after a kill.
    let second = try kind.open(scratch.path)
    #expect(second.id == first.id)
    #expect(try await second.events() == page)
    #expect(second.signal.last == 3)
    await first.close()
    #expect(try await second.append(Fixture.event("y")) == 4)
    await second.close()
  }

  @Test(arguments: LogKind.all)
  func prunesOnlyWhatAllHaveAndIsOld(_ kind: LogKind) async throws {
    let scratch = try Scratch()
    let log = try kind.open(scratch.path)
    for number in 1...6 { _ = try await log.append(Fixture.event("x", at: Int64(number * 1000))) }
    let clients = ["a", "b"]
    func prune(before time: Int64) async throws -> Int {
      try await log.prune(clients: clients, before: Timestamp(milliseconds: time))
    }
    #expect(try await prune(before: 100_000) == 0)
    try await log.acknowledge(client: "a", through: 6)
    #expect(try await prune(before: 100_000) == 0)
    try await log.acknowledge(client: "b", through: 4)
    #expect(try await prune(before: 3000) == 2)
    #expect(try await log.events().events.map(\.seq) == [3, 4, 5, 6])
    #expect(try await prune(before: 100_000) == 2)
    try await log.acknowledge(client: "b", through: 2)
    #expect(try await log.status().acked == ["a": 6, "b": 4])
    let status = try await log.status()
    #expect(status.events == 2)
    #expect(status.firstSeq == 5)
    #expect(status.lastSeq == 6)
    await log.close()
  }

  @Test(arguments: LogKind.all)
  func neverGivesASeqTwice(_ kind: LogKind) async throws {
    let scratch = try Scratch()
    let first = try kind.open(scratch.path)
    for _ in 1...3 { _ = try await first.append(Fixture.event("x")) }
    try await first.acknowledge(client: "a", through: 3)
    #expect(try await first.prune(clients: ["a"], before: Timestamp(milliseconds: 1)) == 3)
    await first.close()
    let second = try kind.open(scratch.path)
    #expect(second.signal.last == 3)
    #expect(try await second.append(Fixture.event("y")) == 4)
    await second.close()
  }

  @Test(arguments: LogKind.all)
  func numbersConcurrentAppendsWithoutGaps(_ kind: LogKind) async throws {
    let scratch = try Scratch()
    let log = try kind.open(scratch.path)
    let seqs = try await withThrowingTaskGroup(of: Int64.self) { group in
      for number in 0..<200 {
        group.addTask { try await log.append(Fixture.event("event \(number)")) }
      }
      return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
    }
    #expect(seqs == Set(1...200))
    #expect(try await Set(log.events().events.map(\.body)).count == 200)
    await log.close()
  }

  @Test(arguments: LogKind.all)
  func refusesWritesOnceClosed(_ kind: LogKind) async throws {
    let scratch = try Scratch()
    let log = try kind.open(scratch.path)
    await log.close()
    await #expect(throws: EventLogError.closed) { try await log.append(Fixture.event("x")) }
  }
}

@Suite struct SQLiteEventLogTests {
  @Test func syncsEveryCommitAndCheckpointsItself() async throws {
    let scratch = try Scratch()
    let log = try SQLiteEventLog(directory: scratch.path)
    let pragmas = try await log.pragmas()
    #expect(pragmas.synchronous == 2)
    #expect(pragmas.autocheckpoint == 0)
    await log.close()
    #expect(FileSize.of(scratch.path + "/events.db-wal") == 0)
  }

  @Test func concurrentAppendsShareCommits() async throws {
    let scratch = try Scratch()
    let log = try SQLiteEventLog(directory: scratch.path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<300 { group.addTask { _ = try await log.append(Fixture.event("x")) } }
      try await group.waitForAll()
    }
    #expect(log.commits < 250)
    await log.close()
  }

  @Test func copiesALongWALBack() async throws {
    let scratch = try Scratch()
    let log = try SQLiteEventLog(directory: scratch.path)
    let body = [UInt8](repeating: 0x61, count: 1 << 20)
    for _ in 0..<40 { _ = try await log.append(Fixture.event(body)) }
    let wal = scratch.path + "/events.db-wal"
    #expect(FileSize.of(scratch.path + "/events.db") > 16 << 20)
    #expect(FileSize.of(wal) < 24 << 20)
    await log.close()
  }

  @Test func prunesManyInBatches() async throws {
    let scratch = try Scratch()
    let log = try SQLiteEventLog(directory: scratch.path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<350 { group.addTask { _ = try await log.append(Fixture.event("x")) } }
      try await group.waitForAll()
    }
    try await log.acknowledge(client: "desk", through: 300)
    let retention = Retention(
      log: log,
      clients: ["desk"],
      days: 1,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      clock: WallClock { Timestamp(milliseconds: 2 * .day) }
    )
    await retention.prune()
    #expect(try await log.events().events.map(\.seq) == Array(301...350))
    await log.close()
  }

  @Test func prunesFewWhereTheyAreLarge() async throws {
    let scratch = try Scratch()
    let log = try SQLiteEventLog(directory: scratch.path)
    let body = [UInt8](repeating: 0x61, count: 600 << 10)
    for _ in 0..<5 { _ = try await log.append(Fixture.event(body)) }
    try await log.acknowledge(client: "desk", through: 5)
    var batches: [Int] = []
    repeat {
      let now = Timestamp(milliseconds: 1)
      batches.append(try await log.prune(clients: ["desk"], before: now))
    } while batches.last != 0
    #expect(batches == [2, 2, 1, 0])
    await log.close()
  }

  @Test func refusesALogOfANewerProgram() async throws {
    let scratch = try Scratch()
    await (try SQLiteEventLog(directory: scratch.path)).close()
    // The schema's version lies in bytes 60 to 63 of SQLite's header.
    let path = scratch.path + "/events.db"
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.seek(toOffset: 60)
    try file.write(contentsOf: Data([0, 0, 0, 99]))
    try file.close()
    let error = try #require(throws: ExitError.self) { try SQLiteEventLog(directory: scratch.path) }
    #expect(error.status == .configuration)
    #expect(error.description.contains("schema 99"))
  }
}

@Suite struct CommitQueueTests {
  private func write() -> PendingWrite { PendingWrite(work: .probe) { _ in } }

  @Test func startsTheWriterOnceForAll() throws {
    let queue = CommitQueue()
    #expect(try queue.add(write()))
    #expect(try !queue.add(write()))
    #expect(queue.take()?.count == 2)
    #expect(try !queue.add(write()))
    #expect(queue.take()?.count == 1)
    #expect(queue.take() == nil)
    #expect(try queue.add(write()))
  }
}
