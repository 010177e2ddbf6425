// The inbox's list while somebody searches: one row a lead, the best find of each.
import GRDB
import Model

extension InboxPage {
  /// Names first, then numbers, then notes and messages; of each the newest activity on top, as the
  /// list shows it.
  init(
    found terms: SearchTerms,
    _ query: InboxQuery,
    in database: Database,
    scope: Scope
  ) throws {
    let limit = min(max(query.limit, 1), 400)
    let hits = try Search(database: database, terms: terms, scope: scope, limit: limit).leads()
    let statement = try database.cachedStatement(
      sql: LeadSummary.select(scope) + " WHERE lead.id = ?" + scope.andLeads
    )
    let found = try hits.compactMap { hit in
      try Row.fetchOne(statement, arguments: [hit.lead.rawValue]).map {
        (rank: hit.kind.rank, row: LeadSummary(row: $0))
      }
    }
    let rows = found.sorted {
      ($0.rank, $1.row.lastMessageAt, $1.row.id) < ($1.rank, $0.row.lastMessageAt, $0.row.id)
    }.map(\.row)
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
