// The inbox's list while somebody searches: one row a lead, the best find of each.
import GRDB
import Model

extension InboxPage {
  /// Names first, the newest activity on top, then notes and messages from the newest back.
  init(
    found terms: SearchTerms,
    _ query: InboxQuery,
    in database: Database,
    scope: Scope
  ) throws {
    let limit = min(max(query.limit, 1), 400)
    let found = try Search(database: database, terms: terms, scope: scope, limit: limit).leads()
    let hits = found.sorted { ($0.kind.rank, $1.at, $1.lead) < ($1.kind.rank, $0.at, $0.lead) }
    let statement = try database.cachedStatement(
      sql: LeadSummary.select(scope) + " WHERE lead.id = ?" + scope.andLeads
    )
    let rows = try hits.compactMap { hit in
      try Row.fetchOne(statement, arguments: [hit.lead.rawValue]).map(LeadSummary.init(row:))
    }
    self.init(
      query: query,
      rows: rows,
      hasBefore: false,
      hasAfter: false,
      total: rows.count,
      waiting: rows.count { $0.needsReply },
      offset: 0
    )
    self.hits = Dictionary(hits.map { ($0.lead, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension SearchHit.Kind {
  fileprivate var rank: Int {
    switch self {
    case .name: 0
    case .phone, .username: 1
    case .note, .message: 2
    }
  }
}
