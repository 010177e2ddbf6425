// Tells when another process has committed. SQLite's observation sees one process only, so one
// read connection of its own asks for `data_version` (about 11 µs).
import GRDB
import Model

/// Watches the store's file for commits of any process.
///
/// Used from one queue.
package final class ChangeWatch {
  private let queue: DatabaseQueue
  private var last: Int64

  package init(store: LeadStore) throws {
    var configuration = LeadStore.configuration()
    configuration.readonly = true
    queue = try DatabaseQueue(path: store.directory + "/inbox.db", configuration: configuration)
    last = 0
    last = try version()
  }

  /// Whether anybody committed since the last call.
  package func hasChanged() throws -> Bool {
    let now = try version()
    defer { last = now }
    return now != last
  }

  /// The schema's version in the file: it moves when a newer program has migrated it.
  package func schemaHasMoved() throws -> Bool {
    try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 } > Schema.version
  }

  private func version() throws -> Int64 {
    try queue.unsafeRead {
      try Int64.fetchOne($0.cachedStatement(sql: "PRAGMA data_version")) ?? 0
    }
  }
}
