// The store: one SQLite file that any number of processes share. Reads may come from any thread;
// every write is one transaction under the cross-process write lock.
import GRDB
import Glibc
import Model
import Synchronization

/// An open store.
///
/// Opened once a process.
package final class LeadStore: Sendable {
  /// The data directory: `inbox.db`, its lock files, `media/`, `log/`.
  package let directory: String
  package let clock: WallClock
  let pool: DatabasePool
  let writeLock: AdvisoryLock
  /// Shared by everybody who has the store open; a restore wants it alone.
  let presence: AdvisoryLock
  let writesSinceCheckpoint = Mutex(0)
  /// Until then a checkpoint would be held up by a reader again.
  let checkpointRest = Mutex<ContinuousClock.Instant?>(nil)

  /// Opens the store in `directory`, which exists, and brings it to this program's schema.
  ///
  /// Throws `StoreError`. `program` is this program's version, kept for a later, older one to name.
  package init(directory: String, clock: WallClock = .system, program: String) throws {
    self.directory = directory
    self.clock = clock
    let path = directory + "/inbox.db"
    presence = try AdvisoryLock(path: directory + "/open.lock")
    guard presence.tryShare() else { throw StoreError.busy(lock: presence.path) }
    let lock = try AdvisoryLock(path: directory + "/write.lock")
    try lock.lock(milliseconds: Self.lockTimeout)
    defer { lock.unlock() }
    writeLock = lock
    do {
      let pool = try DatabasePool(path: path, configuration: Self.configuration())
      try pool.writeWithoutTransaction { database in
        // After the opening, since DatabasePool sets NORMAL: an acknowledged row must be on disk.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try Schema.migrate(database, program: program)
      }
      self.pool = pool
    } catch let error as DatabaseError {
      throw StoreError.unusable(path: path, detail: error.message ?? error.description)
    }
    for suffix in ["", "-wal", "-shm"] { chmod(path + suffix, 0o600) }
  }

  /// Longer than any transaction of ours takes; a process that is stopped by a debugger or ^Z
  /// in a transaction would hold the others longer than that.
  static let lockTimeout: Int64 = 10_000

  static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 4
    configuration.label = "inbox.store"
    configuration.prepareDatabase { database in
      // Automatic checkpoints race with other processes' writers in SQLite before 3.51.3.
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 0")
      // Once copied back the WAL is cut to this, so that its size tells again what is to be done.
      try database.execute(sql: "PRAGMA journal_size_limit = \(checkpointBytes)")
      try database.execute(sql: "PRAGMA mmap_size = 0")
      // The page cache of the system stands behind it; four readers of 4 MiB each would be half of
      // what a screen takes.
      let cache = database.configuration.readonly ? 512 : 4096
      try database.execute(sql: "PRAGMA cache_size = -\(cache)")
      // Freed pages are overwritten, so that what was erased is gone; not every build does it unasked.
      try database.execute(sql: "PRAGMA secure_delete = ON")
      // What a statement may have to undo stays in memory: in a file it costs two writes a page.
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
    }
    return configuration
  }

  /// A consistent view for `body`.
  ///
  /// Throws `StoreError.unreadable` and `.busy` for what the machine is to blame for.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try pool.read(body)
    } catch let error as DatabaseError where error.isOfTheMachine {
      throw inWords(error)
    }
  }

  /// As `read`, on the connection that writes.
  ///
  /// For a worker that reads between its own writes, which leave that connection's pages in memory and
  /// every other's stale. It waits for writes under way.
  func readBetweenWrites<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try pool.writeWithoutTransaction { database in
        var result: Value?
        try database.inTransaction(.deferred) {
          result = try body(database)
          return .commit
        }
        guard let result else { throw StoreError.unusable(path: directory, detail: "rolled back") }
        return result
      }
    } catch let error as DatabaseError where error.isOfTheMachine {
      throw inWords(error)
    }
  }

  /// The machine's fault as an error that says what to do.
  private func inWords(_ error: DatabaseError) -> StoreError {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(lock: directory + "/inbox.db")
    default: .unreadable(path: directory + "/inbox.db", detail: error.reason)
    }
  }

  /// One transaction under the write lock.
  ///
  /// `body` gets the transaction's new `rev`.
  ///
  /// A rollback takes the `rev` back too, so a gap never means a lost change.
  func write<Value>(_ body: (Database, _ rev: Int64) throws -> Value) throws -> Value {
    try writeQuietly { database in
      try body(database, database.nextRev())
    }
  }

  /// As `write`, for what no other screen shows (drafts, the feed's raw rows): no `rev`.
  func writeQuietly<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let value = try pool.writeWithoutTransaction { database in
      try writeLock.lock(milliseconds: Self.lockTimeout)
      defer { writeLock.unlock() }
      var result: Value?
      do {
        try database.inTransaction(.immediate) {
          result = try body(database)
          return .commit
        }
      } catch let error as DatabaseError where error.isOfTheDisk {
        throw StoreError.unwritable(path: directory, detail: error.reason)
      } catch let error as DatabaseError where error.isOfTheMachine {
        throw inWords(error)
      }
      guard let result else { throw StoreError.unusable(path: directory, detail: "rolled back") }
      return result
    }
    ring()
    let writes = writesSinceCheckpoint.withLock { writes in
      writes += 1
      return writes
    }
    // The worker copies the log back long before this; without one, whoever writes has to.
    if writes % 64 == 0 { try? checkpoint(past: 4 * Self.checkpointBytes) }
    return value
  }

  /// The counter's value: grows with every change that a screen may show.
  package func rev() throws -> Int64 {
    try read { try Int64.fetchOne($0, sql: "SELECT rev FROM counter") ?? 0 }
  }
}

extension Database {
  /// The transaction's number, for the rows that it changes.
  func nextRev() throws -> Int64 {
    try Int64.fetchOne(cachedStatement(sql: "UPDATE counter SET rev = rev + 1 RETURNING rev")) ?? 0
  }
}

extension DatabaseError {
  /// Whether the disk is full, broken or read-only.
  fileprivate var isOfTheDisk: Bool {
    [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY].contains(resultCode)
  }

  /// Whether the disk, the memory or another process is to blame: trying again later may help.
  var isOfTheMachine: Bool {
    switch resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_NOMEM, .SQLITE_READONLY, .SQLITE_BUSY,
      .SQLITE_LOCKED, .SQLITE_CORRUPT, .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_INTERRUPT:
      true
    default: false
    }
  }

  /// SQLite's own words.
  fileprivate var reason: String { message ?? description }
}
