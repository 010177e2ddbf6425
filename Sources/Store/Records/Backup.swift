// Copies of the store while everything runs, looking whether it is sound, and going back to a copy.
// All by SQLite's own backup: nothing here opens the database's files in any other way.
import GRDB
import Glibc
import Model

/// Why a copy can't be taken or put back.
package enum BackupError: Error, Equatable, CustomStringConvertible {
  case exists(path: String)
  case unreadable(path: String, detail: String)
  /// Another process works; the store must not change under it.
  case inUse

  package var description: String {
    switch self {
    case .exists(let path): "\(path) is there already; name a new file"
    case .unreadable(let path, let detail): "\(path) is no sound backup: \(detail)"
    case .inUse: "a worker is running; close every inbox and stop `inbox worker`, then try again"
    }
  }
}

extension LeadStore {
  /// Writes a copy of the whole store to a new file, mode 0600.
  ///
  /// In one step: a stepwise copy starts again at every commit of another process and may never
  /// end. Throws `BackupError` or a database error.
  package func backup(to path: String) throws {
    guard access(path, F_OK) != 0 else { throw BackupError.exists(path: path) }
    let unfinished = path + ".unfinished"
    unlink(unfinished)
    do {
      let copy = try DatabaseQueue(path: unfinished)
      try pool.backup(to: copy, pagesPerStep: -1)
      // A copy of a WAL database is one itself: back to a single file.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    } catch let error as DatabaseError {
      unlink(unfinished)
      throw StoreError.unusable(path: path, detail: error.message ?? error.description)
    }
    chmod(unfinished, 0o600)
    guard rename(unfinished, path) == 0 else {
      throw StoreError.unusable(path: path, detail: String(cString: strerror(errno)))
    }
    let now = clock.now().milliseconds
    try writeQuietly { try $0.setSetting("backup.last_at", to: String(now)) }
  }

  /// When the newest backup was taken; nil when none was.
  package func lastBackupAt() throws -> Timestamp? {
    try read { try $0.setting("backup.last_at").flatMap { Int64($0) } }
      .map(Timestamp.init(milliseconds:))
  }

  /// What is wrong with the store, a line each; none when it is sound.
  package func problems() throws -> [String] {
    try read { database in
      var problems = try String.fetchAll(database, sql: "PRAGMA integrity_check")
        .filter { $0 != "ok" }
      problems += try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map {
        "\($0[0] as String): row \($0[1] as Int64? ?? 0) points to nothing"
      }
      let tally = try Int.fetchOne(database, sql: "SELECT ifnull(sum(n), 0) FROM lead_tally") ?? 0
      let leads = try Int.fetchOne(database, sql: "SELECT count(*) FROM lead") ?? 0
      if tally != leads { problems.append("the counts say \(tally) leads, there are \(leads)") }
      return problems
    }
  }

  /// Replaces everything in the store by a backup's content.
  ///
  /// What was queued or being sent in the backup becomes unconfirmed: it may have left since. The
  /// relay's feed brings back what came in after the backup. Throws `BackupError`; the store is
  /// unchanged then.
  package func restore(from path: String) throws {
    let lease = try AdvisoryLock(path: directory + "/worker.lock")
    guard lease.tryLock() else { throw BackupError.inUse }
    defer { lease.unlock() }
    let source = try soundBackup(path)
    try writeLock.lock(milliseconds: Self.lockTimeout)
    do {
      defer { writeLock.unlock() }
      try source.backup(to: pool, pagesPerStep: -1)
      try pool.writeWithoutTransaction { try Schema.migrate($0, program: ProductVersion.current) }
    }
    try write { database, rev in
      let rows = try Row.fetchAll(
        database,
        sql: """
          UPDATE outbox SET state = 'unconfirmed', last_error = 'restored from a backup'
          RETURNING message_id, thread_id
          """
      )
      for row in rows {
        try database.setStatus(.unconfirmed, message: row[0], thread: row[1], rev: rev)
      }
    }
  }

  private func soundBackup(_ path: String) throws -> DatabaseQueue {
    guard access(path, R_OK) == 0 else {
      throw BackupError.unreadable(path: path, detail: String(cString: strerror(errno)))
    }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      let source = try DatabaseQueue(path: path, configuration: configuration)
      let (check, version) = try source.read { database in
        (
          try String.fetchOne(database, sql: "PRAGMA integrity_check") ?? "",
          try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        )
      }
      guard check == "ok" else { throw BackupError.unreadable(path: path, detail: check) }
      guard version > 0 else {
        throw BackupError.unreadable(path: path, detail: "it was not written by inbox")
      }
      guard version <= Schema.version else {
        throw StoreError.newerSchema(found: version, known: Schema.version, writer: nil)
      }
      return source
    } catch let error as DatabaseError {
      throw BackupError.unreadable(path: path, detail: error.message ?? error.description)
    }
  }
}
