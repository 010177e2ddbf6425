// The only code that writes the log's database: transactions, seq numbers, checkpoints. Always
// inside the pool's writer queue, which is what keeps a checkpoint from ever meeting a writer:
// SQLite before 3.51.3 can lose pages when it does.
import Foundation
import GRDB
import Model
import NIOCore
import Synchronization

/// Runs batches of writes.
///
/// Confined to the writer queue, hence unchecked.
final class LogWriter: @unchecked Sendable {
  private let queue: CommitQueue
  private let signal: AppendSignal
  private let clock: WallClock
  private var nextSeq: Int64
  /// Rough bytes added to the WAL since the last checkpoint.
  private var walBytes = 0
  /// Transactions committed, for tests and metrics.
  let commits = Atomic<Int>(0)
  /// Whether the disk took the last commit so fast that an event loop may wait for the next.
  let isQuick = Atomic<Bool>(true)

  init(queue: CommitQueue, signal: AppendSignal, clock: WallClock) {
    self.queue = queue
    self.signal = signal
    self.clock = clock
    nextSeq = signal.last + 1
  }

  /// Commits batch after batch until nobody waits.
  func drain(_ database: Database) {
    repeat {
      if walBytes > EventLogLimits.checkpointBytes { checkpoint(database) }
    } while commitNext(in: database)
  }

  /// The same on an event loop, as long as it takes no time to speak of; false when somebody else
  /// must go on with `drain`.
  func drainBriefly(_ database: Database) -> Bool {
    while walBytes <= EventLogLimits.checkpointBytes, isQuick.load(ordering: .relaxed) {
      guard commitNext(in: database) else { return true }
    }
    return false
  }

  /// Commits what waits; false when nobody does, and then the next write starts the writer.
  private func commitNext(in database: Database) -> Bool {
    guard let batch = queue.take() else { return false }
    let begun = ContinuousClock.now
    commit(batch, in: database)
    let isQuick = ContinuousClock.now - begun < EventLogLimits.quickCommit
    self.isQuick.store(isQuick, ordering: .relaxed)
    return true
  }

  private func commit(_ batch: [PendingWrite], in database: Database) {
    let firstSeq = nextSeq
    do {
      let results = try perform(batch, in: database)
      commits.add(1, ordering: .relaxed)
      // The file's header and the tree's page that every commit writes again.
      walBytes += 8192
      if nextSeq > firstSeq { signal.advance(to: nextSeq - 1) }
      for (write, result) in zip(batch, results) { write.done(.success(result)) }
    } catch {
      nextSeq = firstSeq
      let reason = (error as? DatabaseError)?.message ?? "\(error)"
      for write in batch { write.done(.failure(.unwritable(reason))) }
    }
  }

  /// All in one transaction; a webhook that comes alone is one statement, which is one by itself.
  private func perform(_ batch: [PendingWrite], in database: Database) throws -> [Int64] {
    if batch.count == 1, case .append(let event) = batch[0].work {
      return [try append(event, in: database)]
    }
    var results: [Int64] = []
    results.reserveCapacity(batch.count)
    try database.inTransaction(.immediate) {
      for write in batch { results.append(try perform(write.work, in: database)) }
      return .commit
    }
    return results
  }

  private func perform(_ work: PendingWrite.Work, in database: Database) throws -> Int64 {
    switch work {
    case .append(let event): return try append(event, in: database)
    case .acknowledge(let client, let seq):
      try acknowledge(client, through: seq, in: database)
      return 0
    case .prune(let clients, let cutoff):
      return try prune(clients: clients, before: cutoff, in: database)
    case .probe:
      try database.cachedStatement(sql: "UPDATE log SET probed_at = ?")
        .execute(arguments: [clock.now().milliseconds])
      return 0
    }
  }

  private func append(_ event: NewEvent, in database: Database) throws -> Int64 {
    let seq = nextSeq
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO event
          (seq, source, received_at, path, query, content_type, sha256, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    let body = event.body.withUnsafeReadableBytes { Data($0) }
    try statement.execute(
      arguments: [
        seq, event.source, event.receivedAt.milliseconds, event.path, event.query,
        event.contentType, Data(event.sha256), body,
      ]
    )
    nextSeq = seq + 1
    walBytes += body.count + 256
    return seq
  }

  private func acknowledge(
    _ client: String,
    through seq: Int64,
    in database: Database
  ) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO client (name, through, acked_at) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE
          SET through = excluded.through, acked_at = excluded.acked_at
          WHERE excluded.through > through
        """
    ).execute(arguments: [client, seq, clock.now().milliseconds])
  }

  private func prune(
    clients: [String],
    before cutoff: Timestamp,
    in database: Database
  ) throws -> Int64 {
    let acked = try LogReader.acked(database)
    let through = clients.map { acked[$0] ?? 0 }.min() ?? 0
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT seq, received_at, length(body) FROM event WHERE seq <= ? ORDER BY seq LIMIT ?
        """,
      arguments: [through, EventLogLimits.pruneBatch]
    )
    // From the start only, so that what stays is one piece though a clock may have jumped.
    var last: Int64 = 0
    var count: Int64 = 0
    var bytes = 0
    while bytes < EventLogLimits.pruneBytes, let row = try rows.next() {
      let receivedAt: Int64 = row[1]
      guard receivedAt < cutoff.milliseconds else { break }
      last = row[0]
      count += 1
      bytes += row[2] as Int
    }
    guard count > 0 else { return 0 }
    try database.execute(sql: "UPDATE log SET high_seq = max(high_seq, ?)", arguments: [last])
    try database.execute(sql: "DELETE FROM event WHERE seq <= ?", arguments: [last])
    walBytes += bytes
    return count
  }

  /// The last batch and a WAL cut to nothing, before the log closes.
  func finish(_ database: Database) {
    drain(database)
    _ = try? Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /// Copies the WAL back into the database, between transactions.
  ///
  /// PASSIVE waits for nobody; it is safe here since the one writer is the caller.
  private func checkpoint(_ database: Database) {
    _ = try? Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(PASSIVE)")
    walBytes = 0
  }
}
