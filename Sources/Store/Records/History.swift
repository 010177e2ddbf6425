// The append-only history: who did what to which lead, and to the installation itself.
import GRDB
import Model

extension Database {
  /// Adds a line to a lead's history.
  func record(
    _ actor: Actor,
    lead: LeadID,
    gym: Int64,
    verb: String,
    before: String? = nil,
    after: String? = nil,
    at time: Timestamp
  ) throws {
    let statement = try cachedStatement(
      sql: """
        INSERT INTO activity (gym_id, lead_id, at, actor_id, actor_label, verb, before, after)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    try statement.execute(arguments: [
      gym, lead.rawValue, time.milliseconds, actor.user?.rawValue, actor.label, verb, before,
      after,
    ])
  }

  /// Adds a line about the installation: it stands with the first gym, or nowhere without one.
  func recordAudit(_ actor: Actor, verb: String, after: String?, at time: Timestamp) throws {
    try execute(
      sql: """
        INSERT INTO activity (gym_id, lead_id, at, actor_id, actor_label, verb, after)
        SELECT min(id), NULL, ?, ?, ?, ?, ? FROM gym HAVING min(id) IS NOT NULL
        """,
      arguments: [time.milliseconds, actor.user?.rawValue, actor.label, verb, after]
    )
  }
}

extension LeadStore {
  /// A lead's history, newest first.
  func activity(_ database: Database, lead: Int64, limit: Int) throws -> [Activity] {
    try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT activity.id, activity.at, ifnull(user.name, activity.actor_label), activity.verb,
            activity.before, activity.after
          FROM activity LEFT JOIN user ON user.id = activity.actor_id
          WHERE activity.lead_id = ? ORDER BY activity.id DESC LIMIT ?
          """
      ),
      arguments: [lead, limit]
    ).map { row in
      Activity(
        id: row[0],
        at: Timestamp(milliseconds: row[1]),
        actor: row[2],
        verb: row[3],
        before: row[4],
        after: row[5]
      )
      // Merged leads bring their own rows.
    }.sorted { ($0.at, $0.id) > ($1.at, $1.id) }
  }
}
