// Named values of the installation, and of a gym.
import GRDB

extension Database {
  /// A value of the installation.
  func setting(_ key: String) throws -> String? {
    try String.fetchOne(
      cachedStatement(sql: "SELECT value FROM setting WHERE gym_id = 0 AND key = ?"),
      arguments: [key]
    )
  }

  func setSetting(_ key: String, to value: String) throws {
    try cachedStatement(
      sql: """
        INSERT INTO setting (gym_id, key, value) VALUES (0, ?, ?)
        ON CONFLICT DO UPDATE SET value = excluded.value
        """
    ).execute(arguments: [key, value])
  }
}
