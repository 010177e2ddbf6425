// Keeps the full-text index up with the tables: new rows first, then an older store's rows from the
// newest back, a batch a transaction. Called by the worker when nothing else is to be done.
import GRDB

/// A table whose words are found.
enum SearchSource: String, CaseIterable, Sendable {
  case message, note, person, identity

  /// The column with the words.
  var column: String {
    switch self {
    case .message, .note: "text"
    case .person: "name"
    case .identity: "value"
    }
  }

  var index: String { rawValue + "_search" }
}

/// The ids that are indexed; empty when `low` is above `high`.
struct SearchRange: Equatable {
  var low: Int64
  var high: Int64
}

extension LeadStore {
  /// Indexes up to `limit` rows of each table, and takes a step at clearing erased words out of the
  /// index's own pages; true when there is more to do.
  ///
  /// Without anything to do nothing is written.
  package func indexForSearch(limit: Int = 1000) throws -> Bool {
    let (behind, unclean) = try read { database in
      (
        try SearchSource.allCases.filter { try database.isBehind($0) },
        try SearchSource.allCases.filter { try database.purgeState($0) > 0 }
      )
    }
    guard !behind.isEmpty || !unclean.isEmpty else { return false }
    let (isBehind, isUnclean) = try writeQuietly { database in
      for source in behind { try database.index(source, limit: limit) }
      for source in unclean { try database.purge(source) }
      return (
        try SearchSource.allCases.contains { try database.isBehind($0) },
        try SearchSource.allCases.contains { try database.purgeState($0) > 0 }
      )
    }
    // The last traces of what was erased or taken back are old pages in the log.
    if !unclean.isEmpty && !isUnclean { try? checkpoint(past: 0, cuts: true) }
    return isBehind || isUnclean
  }
}

extension Database {
  func searchRange(_ source: SearchSource) throws -> SearchRange {
    let row = try Row.fetchOne(
      cachedStatement(sql: "SELECT low, high FROM search_range WHERE source = ?"),
      arguments: [source.rawValue]
    )
    return row.map { SearchRange(low: $0[0], high: $0[1]) } ?? SearchRange(low: 1, high: 0)
  }

  fileprivate func purgeState(_ source: SearchSource) throws -> Int {
    try Int.fetchOne(
      cachedStatement(sql: "SELECT purge FROM search_range WHERE source = ?"),
      arguments: [source.rawValue]
    ) ?? 0
  }

  /// Merges the index's parts, some pages a step: what is in none of the merged ones is gone.
  fileprivate func purge(_ source: SearchSource) throws {
    // A negative count takes all parts into the merge; later steps go on with it.
    let pages = try purgeState(source) == 1 ? -500 : 500
    let before = totalChangesCount
    try execute(
      sql: "INSERT INTO \(source.index) (\(source.index), rank) VALUES ('merge', ?)",
      arguments: [pages]
    )
    // SQLite's own word for "nothing was left to merge".
    let isDone = pages > 0 && totalChangesCount - before < 2
    try cachedStatement(sql: "UPDATE search_range SET purge = ? WHERE source = ?")
      .execute(arguments: [isDone ? 0 : 2, source.rawValue])
  }

  fileprivate func isBehind(_ source: SearchSource) throws -> Bool {
    let range = try searchRange(source)
    return try Bool.fetchOne(
      cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM \(source.rawValue) WHERE id > ?)
            OR EXISTS (SELECT 1 FROM \(source.rawValue) WHERE id < ?)
          """
      ),
      arguments: [range.high, range.low]
    ) ?? false
  }

  fileprivate func index(_ source: SearchSource, limit: Int) throws {
    var range = try searchRange(source)
    let ends = try Row.fetchOne(
      cachedStatement(
        sql: """
          SELECT count(*), max(id) FROM (
            SELECT id FROM \(source.rawValue) WHERE id > ? ORDER BY id LIMIT ?)
          """
      ),
      arguments: [range.high, limit]
    )
    let count: Int = ends?[0] ?? 0
    if count > 0, let high: Int64 = ends?[1] {
      try insert(source, above: range.high, through: high)
      range.high = high
    }
    if count < limit, let low = try start(source, below: range.low, rows: limit - count) {
      try insert(source, above: low - 1, through: range.low - 1)
      range.low = low
    }
    try cachedStatement(sql: "UPDATE search_range SET low = ?, high = ? WHERE source = ?")
      .execute(arguments: [range.low, range.high, source.rawValue])
  }

  /// The lowest of the `rows` ids below `id`; nil when there are none.
  private func start(_ source: SearchSource, below id: Int64, rows: Int) throws -> Int64? {
    try Int64.fetchOne(
      cachedStatement(
        sql: """
          SELECT min(id) FROM (
            SELECT id FROM \(source.rawValue) WHERE id < ? ORDER BY id DESC LIMIT ?)
          """
      ),
      arguments: [id, rows]
    )
  }

  /// In rising order, as the index likes it.
  private func insert(_ source: SearchSource, above: Int64, through: Int64) throws {
    try cachedStatement(
      sql: """
        INSERT INTO \(source.index) (rowid, text)
        SELECT id, \(source.column) FROM \(source.rawValue)
        WHERE id > ? AND id <= ? ORDER BY id
        """
    ).execute(arguments: [above, through])
  }
}
