// The numbers of the dashboard, one query each.
import GRDB
import Model

extension LeadStore {
  /// The dashboard's snapshot; `midnight` is the start of the gym's day.
  package func dashboard(scope: Scope, midnight: Timestamp) throws -> Dashboard {
    let now = clock.now()
    return try read { database in
      let tally: SQLRequest<Row> = """
        SELECT stage_id, sum(n), sum(n * is_waiting),
          sum(CASE WHEN owner_id = 0 AND (is_open = 1 OR is_waiting = 1) THEN n ELSE 0 END)
        FROM lead_tally AS lead WHERE \(scope.leads("lead")) GROUP BY stage_id
        """
      var counts: [Int64: Int] = [:]
      var waiting = 0
      var unassigned = 0
      for row in try tally.fetchAll(database) {
        counts[row[0]] = row[1]
        waiting += row[2] as Int
        unassigned += row[3] as Int
      }
      let stages: SQLRequest<Int64> = """
        SELECT id FROM stage WHERE \(scope.gyms("stage")) ORDER BY gym_id, position
        """
      let longest: SQLRequest<Int64?> = """
        SELECT min(waiting_since) FROM lead
        WHERE waiting_since IS NOT NULL AND \(scope.leads("lead"))
        """
      let new: SQLRequest<Int> = """
        SELECT count(*) FROM lead
        WHERE created_at >= \(midnight.milliseconds) AND \(scope.leads("lead"))
        """
      let contacted: SQLRequest<Int> = """
        SELECT count(DISTINCT thread_id) FROM message
        WHERE direction = 'out' AND provider_at >= \(midnight.milliseconds)
          AND status <> 'failed' AND \(scope.gyms("message"))
        """
      let troubled: SQLRequest<Int> = """
        SELECT count(*) FROM lead
        WHERE waiting_since IS NOT NULL AND preview_status IN ('failed', 'unconfirmed')
          AND \(scope.leads("lead"))
        UNION ALL SELECT count(*) FROM lead
        WHERE waiting_since IS NULL AND preview_status IN ('failed', 'unconfirmed')
          AND \(scope.leads("lead"))
        """
      let parked = try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM journal WHERE state = 'parked'"
      )
      return Dashboard(
        at: now,
        stages: try stages.fetchAll(database).map {
          Dashboard.StageCount(stage: StageID($0), count: counts[$0] ?? 0)
        },
        newToday: try new.fetchOne(database) ?? 0,
        contactedToday: try contacted.fetchOne(database) ?? 0,
        waitingNow: waiting,
        longestWaitSince: try (longest.fetchOne(database) ?? nil)
          .map(Timestamp.init(milliseconds:)),
        unassigned: unassigned,
        troubledSends: try troubled.fetchAll(database).reduce(0, +),
        parkedEvents: parked ?? 0
      )
    }
  }

  /// When the newest webhook reached the relay.
  package func lastEventAt() throws -> Timestamp? {
    try read {
      try Int64.fetchOne($0, sql: "SELECT received_at FROM journal ORDER BY id DESC LIMIT 1")
        .map(Timestamp.init(milliseconds:))
    }
  }
}
