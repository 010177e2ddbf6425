// Tells when somebody has committed, this process or another. SQLite's observation sees one process
// only, so one read connection of its own asks for `data_version`: straight at the C API, since it is
// asked after every ring of the bell, and by an idle screen all day.
import GRDBSQLite
import Model
import Synchronization

/// Watches the store's file for commits of any process.
package final class ChangeWatch: Sendable {
  private let state: Mutex<State>

  private struct State: ~Copyable {
    let connection: OpaquePointer
    let dataVersion: OpaquePointer
    let schemaVersion: OpaquePointer
    var last: Int64 = 0

    deinit {
      sqlite3_finalize(dataVersion)
      sqlite3_finalize(schemaVersion)
      sqlite3_close(connection)
    }
  }

  /// Throws `StoreError.unusable`.
  package init(store: LeadStore) throws {
    let path = store.directory + "/inbox.db"
    var connection: OpaquePointer?
    guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
      let connection,
      let dataVersion = Self.prepare("PRAGMA data_version", connection),
      let schemaVersion = Self.prepare("PRAGMA user_version", connection)
    else {
      let detail = connection.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close(connection)
      throw StoreError.unusable(path: path, detail: detail)
    }
    sqlite3_busy_timeout(connection, 1000)
    var state = State(
      connection: connection,
      dataVersion: dataVersion,
      schemaVersion: schemaVersion
    )
    state.last = try Self.value(of: dataVersion, path: path)
    self.state = Mutex(state)
  }

  /// Whether anybody committed since the last call.
  package func hasChanged() throws -> Bool {
    try state.withLock { state in
      let now = try Self.value(of: state.dataVersion, path: "inbox.db")
      defer { state.last = now }
      return now != state.last
    }
  }

  /// Whether a newer program has migrated the file's schema past this one's.
  package func schemaHasMoved() throws -> Bool {
    try state.withLock { state in
      try Self.value(of: state.schemaVersion, path: "inbox.db") > Schema.version
    }
  }

  private static func prepare(_ sql: String, _ connection: OpaquePointer) -> OpaquePointer? {
    var statement: OpaquePointer?
    sqlite3_prepare_v3(
      connection,
      sql,
      -1,
      UInt32(SQLITE_PREPARE_PERSISTENT),
      &statement,
      nil
    )
    return statement
  }

  private static func value(of statement: OpaquePointer, path: String) throws -> Int64 {
    defer { sqlite3_reset(statement) }
    guard sqlite3_step(statement) == SQLITE_ROW else {
      let detail = String(cString: sqlite3_errmsg(sqlite3_db_handle(statement)))
      throw StoreError.unusable(path: path, detail: detail)
    }
    return sqlite3_column_int64(statement, 0)
  }
}
