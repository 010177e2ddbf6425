// The event log on SQLite: one file in the data directory. Calls may come from any task; writes
// run inside the pool's writer queue, reads on its readers.
import Foundation
import GRDB
import Glibc
import Model
import NIOCore
import Settings
import Synchronization

/// A durable log in `events.db`.
final class SQLiteEventLog: EventLog {
  static let fileName = "events.db"

  var id: String { name.withLock { $0.id } }
  let signal: AppendSignal
  private let name: Mutex<(id: String, isDisowned: Bool)>
  private let path: String
  private let pool: DatabasePool
  private let seal: LogSeal
  private let queue = CommitQueue()
  private let writer: LogWriter
  private let loop: (any EventLoop)?

  /// Opens (and makes) the log in `directory`, which exists and which no other process writes.
  ///
  /// Throws `ExitError`. While the disk is quick, commits run on `loop`, the server's own: what
  /// arrived in one turn of it shares a sync, and no thread has to be woken for it.
  init(directory: String, loop: (any EventLoop)? = nil, clock: WallClock = .system) throws {
    self.loop = loop
    let path = directory + "/" + Self.fileName
    let seal = LogSeal(directory: directory)
    self.path = path
    self.seal = seal
    do {
      pool = try DatabasePool(path: path, configuration: Self.configuration())
      let identity = try pool.writeWithoutTransaction { database in
        // After the opening, since DatabasePool sets NORMAL: an acknowledged row must be on disk.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try LogSchema.migrate(database, now: clock.now())
        let last = try LogReader.identity(database).last
        try LogSchema.recognise(database, path: path, last: last, seal: seal)
        return try LogReader.identity(database)
      }
      name = Mutex((identity.id, false))
      signal = AppendSignal(last: identity.last)
    } catch let error as DatabaseError {
      let reason = error.message ?? error.description
      throw ExitError(.unavailable, "\(path) can't be opened: \(reason)")
    }
    writer = LogWriter(queue: queue, signal: signal, clock: clock)
  }

  static func configuration() -> GRDB.Configuration {
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 2
    configuration.label = "inbox.relay.log"
    configuration.prepareDatabase { database in
      // The writer checkpoints between transactions, never SQLite by itself (see LogWriter).
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 0")
      try database.execute(sql: "PRAGMA mmap_size = 0")
      try database.execute(sql: "PRAGMA cache_size = -1024")
      // A WAL that grew while a reader held it back is cut at its next restart.
      try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
    }
    return configuration
  }

  /// Transactions committed since the opening.
  var commits: Int { writer.commits.load(ordering: .relaxed) }

  func append(_ event: NewEvent, done: @escaping @Sendable (Result<Int64, EventLogError>) -> Void) {
    write(.append(event), done: done)
  }

  func acknowledge(client: String, through seq: Int64) async throws {
    _ = try await write(.acknowledge(client: client, seq: seq))
    seal.raise(to: seq)
  }

  func prune(clients: [String], before cutoff: Timestamp) async throws -> Int {
    Int(try await write(.prune(clients: clients, cutoff: cutoff)))
  }

  func probe() async throws { _ = try await write(.probe) }

  private func write(_ work: PendingWrite.Work) async throws -> Int64 {
    try await withCheckedThrowingContinuation { continuation in
      write(work) { continuation.resume(with: $0) }
    }
  }

  private func write(
    _ work: PendingWrite.Work,
    done: @escaping @Sendable (Result<Int64, EventLogError>) -> Void
  ) {
    do {
      if try queue.add(PendingWrite(work: work, done: done)) { startWriter() }
    } catch {
      done(.failure(error))
    }
  }

  private func startWriter() {
    guard let loop, writer.isQuick.load(ordering: .relaxed) else { return startThread() }
    loop.execute { [self] in
      let isDone = pool.writeWithoutTransaction { writer.drainBriefly($0) }
      if !isDone { startThread() }
    }
  }

  private func startThread() {
    pool.asyncWriteWithoutTransaction { [writer] database in writer.drain(database) }
  }

  func page(after: Int64, limit: Int, bytes: Int) async throws -> EncodedPage {
    try await read { [id] database in
      try LogReader.page(database, log: id, after: after, limit: limit, bytes: bytes)
    }
  }

  func status() async throws -> EventLogStatus {
    try await read { [path] database in try LogReader.status(database, path: path) }
  }

  private func read<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws
    -> T
  {
    do {
      return try await pool.read(body)
    } catch let error as DatabaseError {
      throw EventLogError.unreadable(error.message ?? error.description)
    }
  }

  /// The settings that durability rests on, for tests and `check`: synchronous, autocheckpoint.
  func pragmas() async throws -> (synchronous: Int, autocheckpoint: Int) {
    try await pool.writeWithoutTransaction { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1,
        try Int.fetchOne(database, sql: "PRAGMA wal_autocheckpoint") ?? -1
      )
    }
  }

  /// Gives the log a new id and returns it.
  @discardableResult
  func renew() async throws -> String {
    let fresh = try await pool.writeWithoutTransaction { database in
      try LogSchema.renew(database)
      return try LogReader.identity(database).id
    }
    name.withLock { $0.id = fresh }
    return fresh
  }

  func disown() async throws -> Bool {
    let isFirst = name.withLock { name in
      defer { name.isDisowned = true }
      return !name.isDisowned
    }
    guard isFirst else { return false }
    do { try await renew() } catch {
      name.withLock { $0.isDisowned = false }
      throw error
    }
    return true
  }

  func close() async {
    queue.close()
    signal.close()
    // Behind everything queued before.
    _ = try? await pool.writeWithoutTransaction { [writer] database in writer.finish(database) }
    try? pool.close()
  }
}

enum FileSize {
  /// Bytes of a file; 0 when it isn't there.
  static func of(_ path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }
}
