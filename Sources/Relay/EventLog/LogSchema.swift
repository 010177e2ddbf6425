// The relay's tables. Migrations are append-only: a version that has shipped is never changed.
import Foundation
import GRDB
import Model
import Settings

enum LogSchema {
  static let version = 2

  /// Brings an open database to this version.
  ///
  /// Throws `ExitError` when a newer program has written it.
  static func migrate(_ database: Database, now: Timestamp) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found <= version else {
      let text = "the event log has schema \(found), this program knows \(version); install a newer"
      throw ExitError(.configuration, text + " inbox-relay")
    }
    try database.inTransaction(.immediate) {
      if found < 1 {
        try database.execute(sql: version1)
        try database.execute(
          sql: "INSERT INTO log (id, uuid, created_at, high_seq) VALUES (1, ?, ?, 0)",
          arguments: [freshID, now.milliseconds]
        )
      }
      if found < 2 { try database.execute(sql: version2) }
      if found < version { try database.execute(sql: "PRAGMA user_version = \(version)") }
      return .commit
    }
  }

  private static var freshID: String { UUID().uuidString.lowercased() }

  /// Gives the log a new id when it is not the one that was closed here last: it was put back from
  /// a copy, and its numbers may have been given to other webhooks since the copy was taken.
  ///
  /// Returns whether it was so. A client that sees another id starts again at 0.
  @discardableResult
  static func recognise(
    _ database: Database,
    path: String,
    last: Int64,
    seal: LogSeal
  ) throws -> Bool {
    let row = try Row.fetchOne(database, sql: "SELECT nonce, file FROM log")
    let nonce: String? = row?[0]
    let file: String? = row?[1]
    let mark = seal.read()
    let number = LogSeal.fileNumber(path)
    // Without a nonce it is new, or was written by a program that made none.
    let isRestored =
      nonce != nil && (mark?.nonce != nonce || mark?.seq ?? 0 > last || file != number)
    if isRestored { try renew(database) }
    let fresh = LogSeal.Mark(nonce: freshID, seq: last)
    try database.execute(
      sql: "UPDATE log SET nonce = ?, file = ?",
      arguments: [fresh.nonce, number]
    )
    seal.begin(fresh)
    return isRestored
  }

  /// A new id: the log may not be what clients think that it is.
  static func renew(_ database: Database) throws {
    try database.execute(sql: "UPDATE log SET uuid = ?", arguments: [freshID])
  }

  private static let version2 = """
    ALTER TABLE log ADD COLUMN nonce TEXT;
    ALTER TABLE log ADD COLUMN file TEXT;
    """

  /// `log.high_seq` is the highest seq ever pruned: together with the rows it keeps a seq from
  /// being given twice without a page of bookkeeping in every commit, as AUTOINCREMENT would need.
  private static let version1 = """
    CREATE TABLE log (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      uuid TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      high_seq INTEGER NOT NULL,
      probed_at INTEGER
    ) STRICT;
    CREATE TABLE event (
      seq INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      path TEXT NOT NULL,
      query TEXT NOT NULL,
      content_type TEXT NOT NULL,
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
      body BLOB NOT NULL
    ) STRICT;
    CREATE TABLE client (
      name TEXT PRIMARY KEY,
      through INTEGER NOT NULL,
      acked_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
