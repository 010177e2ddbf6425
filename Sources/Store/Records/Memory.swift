// What the screen remembers of a user between sessions: lines of the command line, the tour.
import GRDB
import Model

extension LeadStore {
  /// Lines the user ran, the newest first.
  package func commandHistory(of user: UserID) throws -> [String] {
    try read {
      try String.fetchAll(
        $0,
        sql: """
          SELECT line FROM command_history WHERE user_id = ? ORDER BY used_at DESC, line LIMIT 50
          """,
        arguments: [user.rawValue]
      )
    }
  }

  package func rememberCommand(_ line: String, of user: UserID) throws {
    let now = clock.now().milliseconds
    try writeQuietly { database in
      try database.execute(
        sql: """
          INSERT INTO command_history (user_id, line, used_at) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET used_at = excluded.used_at
          """,
        arguments: [user.rawValue, line, now]
      )
      try database.execute(
        sql: """
          DELETE FROM command_history WHERE user_id = ?1 AND line NOT IN (
            SELECT line FROM command_history WHERE user_id = ?1 ORDER BY used_at DESC LIMIT 50)
          """,
        arguments: [user.rawValue]
      )
    }
  }

  /// Whether the user has been shown around.
  package func hasTakenTour(_ user: UserID) throws -> Bool {
    try read {
      try Bool.fetchOne(
        $0,
        sql: "SELECT 1 FROM tour_taken WHERE user_id = ?",
        arguments: [user.rawValue]
      ) ?? false
    }
  }

  package func setTourTaken(_ user: UserID) throws {
    let now = clock.now().milliseconds
    try writeQuietly {
      try $0.execute(
        sql: "INSERT INTO tour_taken (user_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        arguments: [user.rawValue, now]
      )
    }
  }
}
