// What a person has chosen about the screen, by name: a theme, the width of the list.
import GRDB
import Model

extension LeadStore {
  package func preferences(of user: UserID) throws -> [String: String] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT key, value FROM preference WHERE user_id = ?",
        arguments: [user.rawValue]
      )
      return Dictionary(rows.map { ($0[0] as String, $0[1] as String) }) { first, _ in first }
    }
  }

  /// An empty value forgets the choice.
  package func setPreference(_ key: String, to value: String, of user: UserID) throws {
    try writeQuietly { database in
      if value.isEmpty {
        try database.execute(
          sql: "DELETE FROM preference WHERE user_id = ? AND key = ?",
          arguments: [user.rawValue, key]
        )
      } else {
        try database.execute(
          sql: """
            INSERT INTO preference (user_id, key, value) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET value = excluded.value
            """,
          arguments: [user.rawValue, key, value]
        )
      }
    }
  }
}
