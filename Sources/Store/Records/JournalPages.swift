// The journal for people: pages of it, newest first, with the lead that each event added to.
import GRDB
import Model

extension LeadStore {
  /// A page of the journal; names of leads outside `scope` stay out of it.
  package func journal(_ query: JournalQuery, scope: Scope) throws -> JournalPage {
    try read { database in
      let wanted: SQL = query.onlyParked ? "journal.state = 'parked'" : "1"
      let request: SQLRequest<Row> = """
        SELECT journal.id, journal.received_at, journal.source, journal.state, journal.summary,
          journal.reason, lead.id, person.name
        FROM journal \(Self.joinedLead(scope))
        WHERE \(wanted) ORDER BY journal.id DESC LIMIT \(query.limit + 1)
        """
      let lines = try request.fetchAll(database).map(JournalLine.init(row:))
      return JournalPage(
        query: query,
        lines: Array(lines.prefix(query.limit)),
        hasMore: lines.count > query.limit,
        parked: try database.parkedCount()
      )
    }
  }

  /// One event as a line; nil when it isn't there.
  package func journalLine(_ id: Int64, scope: Scope) throws -> JournalLine? {
    try read { database in
      let request: SQLRequest<Row> = """
        SELECT journal.id, journal.received_at, journal.source, journal.state, journal.summary,
          journal.reason, lead.id, person.name
        FROM journal \(Self.joinedLead(scope)) WHERE journal.id = \(id)
        """
      return try request.fetchOne(database).map(JournalLine.init(row:))
    }
  }

  /// The newest lead of the person whose message the event brought.
  private static func joinedLead(_ scope: Scope) -> SQL {
    """
    LEFT JOIN lead ON lead.id = (
      SELECT max(own.id) FROM message JOIN thread ON thread.id = message.thread_id
      JOIN lead AS own ON own.person_id = thread.person_id
      WHERE message.journal_id = journal.id) AND \(scope.leads("lead"))
    LEFT JOIN person ON person.id = lead.person_id
    """
  }

  /// Events that could not be applied.
  package func parkedEvents() throws -> Int { try read { try $0.parkedCount() } }

  /// Notes that somebody looked at a body with nothing hidden.
  package func recordRawView(of event: Int64, by actor: Actor) throws {
    let now = clock.now()
    try writeQuietly {
      try $0.recordAudit(actor, verb: "event.raw", after: String(event), at: now)
    }
  }
}

extension Database {
  fileprivate func parkedCount() throws -> Int {
    try Int.fetchOne(
      cachedStatement(sql: "SELECT count(*) FROM journal WHERE state = 'parked'")
    ) ?? 0
  }
}

extension JournalLine {
  fileprivate init(row: Row) {
    let lead: Int64? = row[6]
    self.init(
      id: row[0],
      receivedAt: Timestamp(milliseconds: row[1]),
      source: row[2],
      state: EventState(rawValue: row[3]) ?? .pending,
      summary: row[4],
      reason: row[5],
      lead: lead.map(LeadID.init),
      leadName: row[7]
    )
  }
}
