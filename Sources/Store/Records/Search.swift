// Finds leads by name, number, note and message: the index for what is in it, a look at the newest
// rows for what isn't yet. What may be seen is decided in the SQL of each lookup.
import GRDB
import Model

extension LeadStore {
  /// What was found: names, then numbers and user names, then notes and messages from the newest
  /// back.
  package func search(_ terms: SearchTerms, limit: Int, scope: Scope) throws -> [SearchHit] {
    try read { try Search(database: $0, terms: terms, scope: scope, limit: limit).everything() }
  }

  /// The messages of one lead with the words, newest first, at most `limit`.
  package func searchThread(
    _ lead: LeadID,
    _ terms: SearchTerms,
    limit: Int,
    scope: Scope
  ) throws -> [MessageID] {
    try read { database in
      let request: SQLRequest<Row> = """
        SELECT message.id, message.text FROM lead
        JOIN thread ON thread.person_id = lead.person_id
        JOIN message ON message.thread_id = thread.id
        WHERE lead.id = \(lead.rawValue) AND \(scope.leads("lead"))
        ORDER BY message.provider_at DESC, message.id DESC
        """
      var found: [MessageID] = []
      let cursor = try request.fetchCursor(database)
      while found.count < limit, let row = try cursor.next() {
        if terms.match(row[1]) { found.append(MessageID(row[0])) }
      }
      return found
    }
  }
}

/// One search, inside one transaction.
struct Search {
  let database: Database
  let terms: SearchTerms
  let scope: Scope
  let limit: Int

  /// Newest rows that may not be indexed yet; the worker indexes within a second or two.
  private static let unindexed = 5000
  /// Newest rows whose text itself is looked through, for words that nothing sets apart: some 0.1 s.
  private static let looked: Int64 = 250_000

  func everything() throws -> [SearchHit] {
    guard !terms.isEmpty else { return [] }
    var hits: [SearchHit] = []
    for find in [names, identities, notes, messages] where hits.count < limit {
      hits += try find(limit - hits.count) { _ in true }
    }
    return hits
  }

  /// One hit a lead, the best of each.
  func leads() throws -> [SearchHit] {
    guard !terms.isEmpty else { return [] }
    var seen = Set<LeadID>()
    var hits: [SearchHit] = []
    for find in [names, identities, notes, messages] where hits.count < limit {
      hits += try find(limit - hits.count) { seen.insert($0.lead).inserted }
    }
    return hits
  }

  private func names(_ limit: Int, _ wants: (SearchHit) -> Bool) throws -> [SearchHit] {
    let query = terms.plainWords.map { "\"\($0)\"*" }.joined(separator: " ")
    return try hits(.person, query, limit: limit, wants) { terms.match($0, asName: true) }
  }

  private func identities(_ limit: Int, _ wants: (SearchHit) -> Bool) throws -> [SearchHit] {
    guard let part = terms.digits ?? terms.name else { return [] }
    let query = "\"" + part.split(separator: "\"").joined(separator: "\"\"") + "\""
    let bytes = Array(part.utf8)
    return try hits(.identity, query, limit: limit, wants) { value in
      Array(value.lowercased().utf8).contains(bytes)
    }
  }

  private func notes(_ limit: Int, _ wants: (SearchHit) -> Bool) throws -> [SearchHit] {
    try hits(.note, textQuery, limit: limit, wants) { terms.match($0) }
  }

  private func messages(_ limit: Int, _ wants: (SearchHit) -> Bool) throws -> [SearchHit] {
    try hits(.message, textQuery, limit: limit, wants) { terms.match($0) }
  }

  /// Words as they are, the last one as a beginning; nil when there is only one letter, by which
  /// half of all messages would be found.
  private var textQuery: String? {
    var words = terms.plainWords
    guard let last = words.popLast() else { return nil }
    var query = words.map { "\"\($0)\"" }
    if !terms.endsOpen {
      query.append("\"\(last)\"")
    } else if last.count > 1 {
      query.append("\"\(last)\"*")
    }
    return query.isEmpty ? nil : query.joined(separator: " ")
  }

  private func hits(
    _ source: SearchSource,
    _ query: String?,
    limit: Int,
    _ wants: (SearchHit) -> Bool,
    _ matches: (String) -> Bool
  ) throws -> [SearchHit] {
    guard query != nil || terms.unspacedPart != nil, limit > 0 else { return [] }
    let lookup = try database.makeStatement(sql: source.lookup + scope.andLeads)
    var found: [SearchHit] = []
    func take(_ id: Int64) throws {
      guard let row = try Row.fetchOne(lookup, arguments: [id]) else { return }
      let hit = hit(source, row)
      if wants(hit) { found.append(hit) }
    }
    let (newest, floor) = try unindexed(source)
    while found.count < limit, let row = try newest.next() {
      if matches(row[1]) { try take(row[0]) }
    }
    guard let query else { return found }
    let indexed = try Int64.fetchCursor(
      database,
      sql: """
        SELECT rowid FROM \(source.index) WHERE \(source.index) MATCH ? AND rowid <= ?
        ORDER BY rowid DESC
        """,
      arguments: [query, floor]
    )
    while found.count < limit, let id = try indexed.next() { try take(id) }
    return found
  }

  /// Ids and texts to be read themselves, the newest first, and the id up to which the index is asked.
  private func unindexed(_ source: SearchSource) throws -> (rows: RowCursor, floor: Int64) {
    let select = "SELECT id, \(source.column) FROM \(source.rawValue) WHERE id > ?"
    let high = try database.searchRange(source).high
    guard let part = terms.unspacedPart else {
      let sql = select + " ORDER BY id DESC LIMIT ?"
      return (try Row.fetchCursor(database, sql: sql, arguments: [high, Self.unindexed]), high)
    }
    let newest =
      try Int64.fetchOne(database, sql: "SELECT max(id) FROM \(source.rawValue)") ?? 0
    let floor = min(high, newest - Self.looked)
    let sql = select + " AND instr(\(source.column), ?) ORDER BY id DESC"
    return (try Row.fetchCursor(database, sql: sql, arguments: [floor, part]), floor)
  }

  private func hit(_ source: SearchSource, _ row: Row) -> SearchHit {
    let kind: SearchHit.Kind
    let text: String = row[2]
    switch source {
    case .message: kind = .message
    case .note: kind = .note
    case .person: kind = .name
    case .identity: kind = row[4] == Identity.Kind.phone.rawValue ? .phone : .username
    }
    return SearchHit(
      lead: LeadID(row[0]),
      message: source == .message ? MessageID(row[5]) : nil,
      kind: kind,
      name: row[1],
      snippet: kind == .phone ? "+" + text : terms.snippet(of: text),
      at: Timestamp(milliseconds: row[3])
    )
  }
}

extension SearchSource {
  /// Lead, name, text, time, identity kind and message of one row; a person's lead is the open one,
  /// else the newest.
  fileprivate var lookup: String {
    let lead = """
      JOIN lead ON lead.id = (SELECT id FROM lead AS other WHERE other.person_id = person.id
        ORDER BY other.is_open DESC, other.id DESC LIMIT 1)
      """
    switch self {
    case .person:
      return """
        SELECT lead.id, person.name, person.name, lead.last_message_at, NULL, NULL
        FROM person \(lead) WHERE person.id = ?
        """
    case .identity:
      return """
        SELECT lead.id, person.name, identity.value, lead.last_message_at, identity.kind, NULL
        FROM identity JOIN person ON person.id = identity.person_id \(lead)
        WHERE identity.id = ? AND identity.kind IN ('phone', 'username', 'email')
        """
    case .note:
      return """
        SELECT lead.id, person.name, note.text, note.at, NULL, NULL
        FROM note JOIN lead ON lead.id = note.lead_id JOIN person ON person.id = lead.person_id
        WHERE note.id = ? AND note.deleted_at IS NULL
        """
    case .message:
      return """
        SELECT lead.id, person.name, message.text, message.provider_at, NULL, message.id
        FROM message JOIN thread ON thread.id = message.thread_id
        JOIN person ON person.id = thread.person_id \(lead)
        WHERE message.id = ?
        """
    }
  }
}

extension [UInt8] {
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard count >= part.count else { return false }
    return (0...(count - part.count)).contains { self[$0...].starts(with: part) }
  }
}
