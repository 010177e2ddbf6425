// Brings a store to this program's schema version. Called once at opening, under the write lock.
import GRDB

/// The schema's versions, oldest first.
///
/// Version n is the result of the first n.
enum Schema {
  static let migrations = [
    migration001, migration002, migration003, migration004, migration005, migration006,
    migration007, migration008, migration009, migration010, migration011, migration012,
    migration013,
  ]

  static var version: Int { migrations.count }

  /// Runs what is missing, each step in a transaction of its own.
  ///
  /// Throws `StoreError.newerSchema` for a store that a newer program wrote.
  static func migrate(_ database: Database, program: String) throws {
    let current = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard current <= version else {
      let writer = try String.fetchOne(
        database,
        sql: "SELECT value FROM setting WHERE gym_id = 0 AND key = 'program.version'"
      )
      throw StoreError.newerSchema(found: current, known: version, writer: writer)
    }
    guard current < version else { return }
    for (index, sql) in migrations.enumerated().dropFirst(current) {
      try database.inTransaction(.immediate) {
        try database.execute(sql: sql)
        try database.execute(sql: "PRAGMA user_version = \(index + 1)")
        try database.execute(
          sql: """
            INSERT INTO setting (gym_id, key, value) VALUES (0, 'program.version', ?)
            ON CONFLICT DO UPDATE SET value = excluded.value
            """,
          arguments: [program]
        )
        return .commit
      }
    }
  }
}
