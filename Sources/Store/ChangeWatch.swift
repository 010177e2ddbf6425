// Tells when somebody has committed, this process or another. SQLite's observation sees one process
// only, so one read connection of its own asks for `data_version` (about 11 µs).
import GRDB
import Model
import Synchronization

/// Watches the store's file for commits of any process.
package final class ChangeWatch: Sendable {
  private let queue: DatabaseQueue
  private let last: Mutex<Int64>

  package init(store: LeadStore) throws {
    var configuration = LeadStore.configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(
      path: store.directory + "/inbox.db",
      configuration: configuration
    )
    self.queue = queue
    last = Mutex(try Self.version(queue))
  }

  /// Whether anybody committed since the last call.
  package func hasChanged() throws -> Bool {
    let now = try Self.version(queue)
    return last.withLock { last in
      defer { last = now }
      return now != last
    }
  }

  /// Whether a newer program has migrated the file's schema past this one's.
  package func schemaHasMoved() throws -> Bool {
    try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 } > Schema.version
  }

  private static func version(_ queue: DatabaseQueue) throws -> Int64 {
    try queue.unsafeRead {
      try Int64.fetchOne($0.cachedStatement(sql: "PRAGMA data_version")) ?? 0
    }
  }
}
