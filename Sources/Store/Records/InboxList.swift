// The inbox's list: who waits for a reply first, longest on top, then by last activity. Windows
// are found by key, never by OFFSET: row 50 000 costs what row 1 costs.
import GRDB
import Model

extension LeadStore {
  /// A window of the inbox.
  package func inbox(_ query: InboxQuery, scope: Scope) throws -> InboxPage {
    try read { database in
      if let search = query.search {
        return try InboxPage(found: SearchTerms(search), query, in: database, scope: scope)
      }
      let list = InboxList(database: database, query: query, scope: scope)
      return try list.page()
    }
  }
}

/// One read of the list, inside one transaction.
private struct InboxList {
  let database: Database
  let query: InboxQuery
  let scope: Scope

  /// The list's two halves, one after the other.
  enum Half {
    case waiting
    case calm
  }

  /// A row's place: the half it is in and its key there.
  struct Place {
    var half: Half
    var time: Int64
    var id: Int64
  }

  func page() throws -> InboxPage {
    let limit = min(max(query.limit, 1), 400)
    let waiting = try count(.waiting)
    let calm = query.filter == .needsReply ? 0 : try count(.calm)
    var rows: [LeadSummary]
    switch query.anchor {
    case .top:
      rows = try forward(from: nil, limit: limit)
    case .bottom:
      rows = try backward(from: nil, limit: limit)
    case .around(let lead):
      if let place = try place(of: lead) {
        rows = try backward(from: place, limit: limit / 2)
        rows += try forward(from: place, limit: limit - rows.count)
      } else {
        rows = try forward(from: nil, limit: limit)
      }
    }
    let offset = try rows.first.map { try rowsBefore($0, waiting: waiting) } ?? 0
    return InboxPage(
      query: query,
      rows: rows,
      hasBefore: offset > 0,
      hasAfter: offset + rows.count < waiting + calm,
      total: waiting + calm,
      waiting: waiting,
      offset: offset
    )
  }

  /// From `place` on, that row included; from the top without one.
  private func forward(from place: Place?, limit: Int) throws -> [LeadSummary] {
    var rows: [LeadSummary] = []
    if place?.half != .calm {
      let from = place.map { (">=", $0) }
      rows = try fetch(.waiting, from: from, order: "ASC", limit: limit)
    }
    guard rows.count < limit, query.filter != .needsReply else { return rows }
    let from = place?.half == .calm ? place.map { ("<=", $0) } : nil
    return rows + (try fetch(.calm, from: from, order: "DESC", limit: limit - rows.count))
  }

  /// Before `place`, in the list's order; the end of the list without one.
  private func backward(from place: Place?, limit: Int) throws -> [LeadSummary] {
    var rows: [LeadSummary] = []
    if place?.half != .waiting, query.filter != .needsReply {
      let from = place.map { (">", $0) }
      rows = try fetch(.calm, from: from, order: "ASC", limit: limit)
    }
    if rows.count < limit {
      let from = place?.half == .waiting ? place.map { ("<", $0) } : nil
      rows += try fetch(.waiting, from: from, order: "DESC", limit: limit - rows.count)
    }
    return rows.reversed()
  }

  private func fetch(
    _ half: Half,
    from: (comparison: String, place: Place)?,
    order: String,
    limit: Int
  ) throws -> [LeadSummary] {
    let time = half == .waiting ? "lead.waiting_since" : "lead.last_message_at"
    var sql =
      LeadSummary.select(scope) + " WHERE " + half.condition(query.filter) + scope.andLeads
      + ownerCondition
    var arguments: [Int64] = []
    if let from {
      sql += " AND (\(time), lead.id) \(from.comparison) (?, ?)"
      arguments = [from.place.time, from.place.id]
    }
    sql += " ORDER BY \(time) \(order), lead.id \(order) LIMIT ?"
    arguments.append(Int64(limit))
    let statement = try database.cachedStatement(sql: sql)
    let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
    var rows: [LeadSummary] = []
    while let row = try cursor.next() { rows.append(LeadSummary(row: row)) }
    return rows
  }

  private func place(of lead: LeadID) throws -> Place? {
    guard
      let row = try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT waiting_since, last_message_at, is_open, owner_id, \(InboxList.isTroubled)
            FROM lead WHERE id = ?
            """
        ),
        arguments: [lead.rawValue]
      )
    else { return nil }
    let waiting: Int64? = row[0]
    let isOpen: Bool = row[2]
    let owner: Int64? = row[3]
    let isTroubled: Bool = row[4]
    switch query.filter {
    case .open where waiting == nil && !isOpen: return nil
    case .mine where owner != scope.viewer?.rawValue: return nil
    case .unassigned where owner != nil: return nil
    case .needsReply where waiting == nil: return nil
    case .troubled where !isTroubled: return nil
    default: break
    }
    return Place(
      half: waiting == nil ? .calm : .waiting,
      time: waiting ?? row[1],
      id: lead.rawValue
    )
  }

  private func rowsBefore(_ row: LeadSummary, waiting: Int) throws -> Int {
    guard query.anchor != .top else { return 0 }
    let half: Half = row.waitingSince == nil ? .calm : .waiting
    let time = half == .waiting ? "waiting_since" : "last_message_at"
    let comparison = half == .waiting ? "<" : ">"
    let key = (row.waitingSince ?? row.lastMessageAt).milliseconds
    let count =
      try Int.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT count(*) FROM lead WHERE \(half.condition(query.filter))\(scope.andLeads)\
            \(ownerCondition) AND (\(time), id) \(comparison) (?, ?)
            """
        ),
        arguments: [key, row.id.rawValue]
      ) ?? 0
    return half == .waiting ? count : waiting + count
  }

  private func count(_ half: Half) throws -> Int {
    if query.filter == .troubled {
      // Few, and in an index of their own.
      let sql = "SELECT count(*) FROM lead WHERE " + half.condition(.troubled) + scope.andLeads
      return try Int.fetchOne(database.cachedStatement(sql: sql)) ?? 0
    }
    var sql = "SELECT ifnull(sum(n), 0) FROM lead_tally AS lead WHERE is_waiting = "
    sql += half == .waiting ? "1" : "0"
    if half == .calm, query.filter != .all { sql += " AND is_open = 1" }
    sql += scope.andLeads
    switch query.filter {
    case .mine: sql += " AND owner_id = \(scope.viewer?.rawValue ?? -1)"
    case .unassigned: sql += " AND owner_id = 0"
    case .open, .needsReply, .troubled, .all: break
    }
    return try Int.fetchOne(database.cachedStatement(sql: sql)) ?? 0
  }

  private var ownerCondition: String {
    switch query.filter {
    case .mine: " AND lead.owner_id IS \(scope.viewer?.rawValue ?? -1)"
    case .unassigned: " AND lead.owner_id IS NULL"
    case .open, .needsReply, .troubled, .all: ""
    }
  }
}

extension InboxList {
  /// Worded as its partial indexes are.
  static let isTroubled = "lead.preview_status IN ('failed', 'unconfirmed')"
}

extension InboxList.Half {
  /// Worded as the partial indexes are, so that SQLite uses them.
  fileprivate func condition(_ filter: InboxQuery.Filter) -> String {
    switch self {
    case .waiting where filter == .troubled:
      "lead.waiting_since IS NOT NULL AND " + InboxList.isTroubled
    case .calm where filter == .troubled:
      "lead.waiting_since IS NULL AND " + InboxList.isTroubled
    case .waiting: "lead.waiting_since IS NOT NULL"
    case .calm where filter == .all: "lead.waiting_since IS NULL"
    case .calm: "lead.waiting_since IS NULL AND lead.is_open = 1"
    }
  }
}

extension LeadSummary {
  /// The columns of a summary, in the order in which `init(row:)` reads them.
  ///
  /// Unread is what the viewer has neither opened nor somebody answered; without a viewer, what
  /// no user has opened.
  static func select(_ scope: Scope) -> String {
    let viewer = scope.viewer?.rawValue ?? 0
    let unread =
      scope.viewer == nil
      ? "lead.inbound_count - lead.opened_count"
      : "lead.inbound_count - max(ifnull(read_mark.seen_count, 0), lead.answered_count)"
    return """
      SELECT lead.id, lead.rev, lead.gym_id, lead.person_id, person.name, lead.stage_id,
        lead.owner_id, lead.thread_id, lead.channel_kind, lead.preview, lead.preview_direction,
        lead.preview_status, lead.last_message_at, lead.created_at, lead.waiting_since,
        \(unread), draft.text IS NOT NULL,
        (SELECT theirs.user_id FROM draft AS theirs
          WHERE theirs.lead_id = lead.id AND theirs.user_id <> \(viewer)
          ORDER BY theirs.updated_at DESC LIMIT 1)
      FROM lead JOIN person ON person.id = lead.person_id
      LEFT JOIN read_mark ON read_mark.user_id = \(viewer) AND read_mark.lead_id = lead.id
      LEFT JOIN draft ON draft.user_id = \(viewer) AND draft.lead_id = lead.id
      """
  }

  init(row: Row) {
    let owner: Int64? = row[6]
    let thread: Int64? = row[7]
    let waiting: Int64? = row[14]
    let unread: Int = row[15]
    self.init(
      id: LeadID(row[0]),
      rev: row[1],
      gym: GymID(row[2]),
      person: PersonID(row[3]),
      name: row[4],
      stage: StageID(row[5]),
      owner: owner.map(UserID.init),
      thread: thread.map(ThreadID.init),
      channelKind: ChannelKind(rawValue: row[8]) ?? .whatsapp,
      preview: row[9],
      previewDirection: MessageDirection(rawValue: row[10]) ?? .inbound,
      previewStatus: MessageStatus(rawValue: row[11]) ?? .received,
      lastMessageAt: Timestamp(milliseconds: row[12]),
      createdAt: Timestamp(milliseconds: row[13]),
      waitingSince: waiting.map(Timestamp.init(milliseconds:)),
      unread: max(0, unread),
      hasDraft: row[16]
    )
    let drafter: Int64? = row[17]
    draftBy = drafter.map(UserID.init)
  }
}
