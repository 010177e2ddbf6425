// Copies of the store while everything runs, looking whether it is sound, and going back to a copy.
// All by SQLite's own backup: nothing here opens the database's files in any other way.
import GRDB
import Glibc
import Model

/// Why a copy can't be taken or put back.
package enum BackupError: Error, Equatable, CustomStringConvertible {
  case exists(path: String)
  case unreadable(path: String, detail: String)
  /// Another process has the store open; it must not change under it.
  case inUse

  package var description: String {
    switch self {
    case .exists(let path): "\(path) is there already; name a new file"
    case .unreadable(let path, let detail): "\(path) is no sound backup: \(detail)"
    case .inUse: "another inbox is running; close them all, stop `inbox worker`, then try again"
    }
  }
}

extension LeadStore {
  /// Writes a copy of the whole store to a new file, mode 0600, and the messages' files beside it.
  ///
  /// In one step: a stepwise copy starts again at every commit of another process and may never
  /// end. Returns how many files there are. Throws `BackupError`, `MediaError` or a database error.
  @discardableResult
  package func backup(to path: String) throws -> Int {
    let files = MediaFolder(path: path + Self.mediaSuffix)
    for taken in [path, files.path] where access(taken, F_OK) == 0 {
      throw BackupError.exists(path: taken)
    }
    let unfinished = path + ".unfinished"
    unlink(unfinished)
    do {
      try copyDatabase(to: unfinished)
      // Behind the database: a file that came in between is not missed, one that it names is there.
      let count = try copyMedia(of: unfinished, to: files)
      guard rename(unfinished, path) == 0 else {
        throw StoreError.unusable(path: path, detail: String(cString: strerror(errno)))
      }
      let now = clock.now().milliseconds
      try writeQuietly { try $0.setSetting("backup.last_at", to: String(now)) }
      return count
    } catch {
      unlink(unfinished)
      throw error
    }
  }

  /// A backup's files lie in a folder of its name with this behind it.
  static let mediaSuffix = ".media"

  private func copyDatabase(to path: String) throws {
    do {
      let copy = try DatabaseQueue(path: path)
      chmod(path, 0o600)
      try pool.backup(to: copy, pagesPerStep: -1)
      // A copy of a WAL database is one itself: back to a single file.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    } catch let error as DatabaseError {
      throw StoreError.unusable(path: path, detail: error.message ?? error.description)
    }
  }

  /// The files that a copy of the store names; those that are gone were deleted meanwhile.
  private func copyMedia(of copy: String, to files: MediaFolder) throws -> Int {
    var configuration = Configuration()
    configuration.readonly = true
    let names = try DatabaseQueue(path: copy, configuration: configuration).read {
      try String.fetchAll(
        $0,
        sql: "SELECT DISTINCT path FROM attachment WHERE path IS NOT NULL"
      )
    }
    guard !names.isEmpty else { return 0 }
    try files.prepare()
    return try names.reduce(0) { try $0 + (files.link(media.fullPath($1), as: $1) ? 1 : 0) }
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
      return try problems + missingMedia(database)
    }
  }

  private func missingMedia(_ database: Database) throws -> [String] {
    try Row.fetchAll(
      database,
      sql: "SELECT DISTINCT path, bytes FROM attachment WHERE path IS NOT NULL ORDER BY path"
    ).compactMap { row in
      let path = media.fullPath(row[0])
      var status = stat()
      guard stat(path, &status) == 0 else { return "\(path) is missing" }
      let bytes: Int64 = row[1] ?? 0
      return Int64(status.st_size) == bytes
        ? nil : "\(path) has \(status.st_size) bytes instead of \(bytes)"
    }
  }

  /// What a restore did.
  package struct Restored: Equatable, Sendable {
    /// Where what was in the store before lies now, as a backup.
    package var former: String
    /// Messages that may have left since the backup.
    package var unconfirmed: Int
    /// Files that are neither in the backup nor here.
    package var missingFiles: Int
  }

  /// Replaces everything in the store by a backup's content.
  ///
  /// What was queued or being sent in the backup becomes unconfirmed: it may have left since. The
  /// relay's feed brings back what came in after the backup. What was there is kept beside it.
  /// Throws `BackupError`; the store is unchanged then.
  @discardableResult
  package func restore(from path: String) throws -> Restored {
    guard presence.tryLock() else {
      _ = presence.tryShare()
      throw BackupError.inUse
    }
    defer {
      presence.unlock()
      _ = presence.tryShare()
    }
    let lease = try AdvisoryLock(path: directory + "/worker.lock")
    guard lease.tryLock() else { throw BackupError.inUse }
    defer { lease.unlock() }
    let source = try soundBackup(path)
    let staged = directory + "/restoring.db"
    defer { Self.remove(staged) }
    let (ready, unconfirmed) = try stage(source, at: staged)
    let former = formerPath()
    try copyDatabase(to: former)
    try writeLock.lock(milliseconds: Self.lockTimeout)
    do {
      defer { writeLock.unlock() }
      try ready.backup(to: pool, pagesPerStep: -1)
    }
    let missing = try takeMedia(from: MediaFolder(path: path + Self.mediaSuffix))
    return Restored(former: former, unconfirmed: unconfirmed, missingFiles: missing)
  }

  /// A copy of the backup in which nothing is left to be sent, so that a restore that is broken off has
  /// taken place as a whole or not at all.
  private func stage(
    _ source: DatabaseQueue,
    at path: String
  ) throws -> (ready: DatabaseQueue, unconfirmed: Int) {
    Self.remove(path)
    do {
      var configuration = Self.configuration()
      configuration.maximumReaderCount = 1
      let ready = try DatabaseQueue(path: path, configuration: configuration)
      chmod(path, 0o600)
      try source.backup(to: ready, pagesPerStep: -1)
      let unconfirmed = try ready.writeWithoutTransaction { database in
        try Schema.migrate(database, program: ProductVersion.current)
        var count = 0
        try database.inTransaction(.immediate) {
          count = try database.distrustQueue(rev: database.nextRev())
          return .commit
        }
        return count
      }
      return (ready, unconfirmed)
    } catch let error as DatabaseError {
      throw StoreError.unwritable(path: directory, detail: error.message ?? error.description)
    }
  }

  private static func remove(_ path: String) {
    for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
  }

  /// A name that nothing has.
  private func formerPath() -> String {
    let name = "\(directory)/before-restore-\(clock.now().milliseconds)"
    var number = 0
    while access("\(name)-\(number).db", F_OK) == 0 { number += 1 }
    return "\(name)-\(number).db"
  }

  /// Brings the backup's files here; returns how many can't be had.
  ///
  /// Those that came in are asked for again: the provider keeps them for some days.
  private func takeMedia(from files: MediaFolder) throws -> Int {
    let names = try read {
      try String.fetchAll(
        $0,
        sql: "SELECT DISTINCT path FROM attachment WHERE path IS NOT NULL"
      )
    }
    guard !names.isEmpty else { return 0 }
    try media.prepare()
    let missing = try names.filter { name in
      guard access(media.fullPath(name), F_OK) != 0 else { return false }
      return try !media.link(files.fullPath(name), as: name)
    }
    try write { database, rev in
      for name in missing {
        try database.execute(
          sql: """
            UPDATE attachment SET state = iif(uploaded_at IS NULL AND provider_id IS NOT NULL,
              'waiting', 'failed'), path = NULL, error = 'not in the backup that was restored',
              attempts = 1, not_before = 0, rev = ? WHERE path = ?
            """,
          arguments: [rev, name]
        )
      }
    }
    return missing.count
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

extension Database {
  /// What a backup had queued may have left since.
  fileprivate func distrustQueue(rev: Int64) throws -> Int {
    let rows = try Row.fetchAll(
      self,
      sql: """
        UPDATE outbox SET state = 'unconfirmed', last_error = 'restored from a backup'
        RETURNING message_id, thread_id
        """
    )
    for row in rows { try setStatus(.unconfirmed, message: row[0], thread: row[1], rev: rev) }
    return rows.count
  }
}
