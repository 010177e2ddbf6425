// The relay's tables. Migrations are append-only: a version that has shipped is never changed.
import Foundation
import GRDB
import Model
import Settings

enum LogSchema {
  static let version = 1

  /// Brings an open database to this version.
  ///
  /// Throws `ExitError` when a newer program has written it.
  static func migrate(_ database: Database, now: Timestamp) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found <= version else {
      let text = "the event log has schema \(found), this program knows \(version); install a newer"
      throw ExitError(.configuration, text + " inbox-relay")
    }
    guard found < 1 else { return }
    try database.inTransaction(.immediate) {
      try database.execute(sql: version1)
      try database.execute(
        sql: "INSERT INTO log (id, uuid, created_at, high_seq) VALUES (1, ?, ?, 0)",
        arguments: [UUID().uuidString.lowercased(), now.milliseconds]
      )
      try database.execute(sql: "PRAGMA user_version = 1")
      return .commit
    }
  }

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
