// The one place that copies the WAL back into the database: never beside a writer, since SQLite
// before 3.51.3 can lose pages when a checkpoint meets a commit that restarts the WAL.
import GRDB
import GRDBSQLite
import Glibc
import Synchronization

extension LeadStore {
  /// Past this the WAL is copied back.
  ///
  /// Reads slow down with a long WAL; 4 MiB is SQLite's own 1000 pages.
  package static let checkpointBytes: Int64 = 4 << 20
  /// Past this the file is cut as well.
  static let truncateBytes: Int64 = 64 << 20

  /// Bytes in the write-ahead log.
  package var walBytes: Int64 {
    var status = stat()
    return stat(directory + "/inbox.db-wal", &status) == 0 ? Int64(status.st_size) : 0
  }

  /// Copies the WAL back if it has grown past `bytes`.
  ///
  /// The worker that holds the lease calls it between batches, other writers only far past the
  /// bound.
  /// `cuts` empties the file whatever its size: it holds old pages, and with them erased words.
  package func checkpoint(
    past bytes: Int64 = LeadStore.checkpointBytes,
    cuts: Bool = false
  ) throws {
    let size = walBytes
    guard size > bytes, writesSinceCheckpoint.withLock({ $0 > 0 }) else { return }
    if !cuts, checkpointRest.withLock({ $0.map { .now < $0 } ?? false }) { return }
    let isHeldUp = try pool.writeWithoutTransaction { database in
      try writeLock.lock(milliseconds: Self.lockTimeout)
      defer { writeLock.unlock() }
      // Under the lock no writer can be met: only readers are waited for, and everybody with them.
      try database.execute(sql: "PRAGMA busy_timeout = \(cuts ? 2000 : 200)")
      defer { try? database.execute(sql: "PRAGMA busy_timeout = 5000") }
      let mode = cuts || size > Self.truncateBytes ? "TRUNCATE" : "FULL"
      let row = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(\(mode))")
      return (row?[0] as Int64?) != 0
    }
    // A reader that stands still, such as an export into a pager, would cost every batch that wait.
    checkpointRest.withLock { $0 = isHeldUp ? .now + .seconds(20) : nil }
    writesSinceCheckpoint.withLock { $0 = 0 }
  }
}

extension LeadStore {
  /// The linked SQLite, and whether it has the fix of the WAL-reset race: 3.51.3 and later, and
  /// the branches it was brought back to, 3.50.7 and 3.44.6.
  package static var sqliteVersion: (text: String, hasWALFix: Bool) {
    let text = String(cString: sqlite3_libversion())
    let number = Int(sqlite3_libversion_number())
    let hasFix =
      number >= 3_051_003 || (3_050_007..<3_051_000).contains(number)
      || (3_044_006..<3_045_000).contains(number)
    return (text, hasFix)
  }
}
