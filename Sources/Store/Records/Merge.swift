// Two leads that are one person become one lead. What moves is written down row by row, so that
// taking it back restores both. The lead that remains keeps its stage and owner; one that nobody
// owns, or that is closed beside an open one, takes the other's.
import GRDB
import Model

extension LeadStore {
  /// Merges `lead` into `target`; the id of `lead` is free of a lead until that is undone.
  package func merge(_ lead: LeadID, into target: LeadID, by actor: Actor) throws -> LeadMerge {
    let now = clock.now()
    return try write { database, rev in
      let merging = try Merging(
        database,
        lead: lead,
        into: target,
        actor: actor,
        rev: rev,
        now: now
      )
      return try merging.carryOut()
    }
  }

  /// The newest merges of a lead, as the one that remains or the one that is gone.
  package func merges(of lead: LeadID) throws -> [LeadMerge] {
    try read { try $0.merges("lead_id = ? OR into_lead_id = ?", [lead.rawValue, lead.rawValue]) }
  }

  package func merge(_ id: MergeID) throws -> LeadMerge? {
    try read { try $0.merges("merge.id = ?", [id.rawValue]).first }
  }
}

extension Database {
  fileprivate func merges(
    _ condition: String,
    _ arguments: StatementArguments
  ) throws
    -> [LeadMerge]
  {
    try Row.fetchAll(
      self,
      sql: """
        SELECT merge.id, merge.lead_id, merge.name, merge.into_lead_id, person.name, merge.at,
          ifnull(user.name, merge.actor_label), merge.undone_at IS NOT NULL
        FROM merge JOIN person ON person.id = merge.into_person_id
        LEFT JOIN user ON user.id = merge.actor_id
        WHERE \(condition) ORDER BY merge.id DESC
        """,
      arguments: arguments
    ).map { row in
      LeadMerge(
        id: MergeID(row[0]),
        lead: LeadID(row[1]),
        name: row[2],
        into: LeadID(row[3]),
        intoName: row[4],
        at: Timestamp(milliseconds: row[5]),
        actor: row[6],
        isUndone: row[7]
      )
    }
  }

  func markMerged(_ table: String, row: Int64, merge: Int64) throws {
    try execute(
      sql: "INSERT OR IGNORE INTO merge_row (merge_id, name, row) VALUES (?, ?, ?)",
      arguments: [merge, table, row]
    )
  }
}

/// One merge, inside its transaction.
struct Merging {
  let database: Database
  let lead: LeadID
  let target: LeadID
  let actor: Actor
  let rev: Int64
  let now: Timestamp
  let source: JSONValue
  let into: JSONValue
  let person: Int64
  let intoPerson: Int64

  init(
    _ database: Database,
    lead: LeadID,
    into target: LeadID,
    actor: Actor,
    rev: Int64,
    now: Timestamp
  ) throws {
    self.database = database
    self.lead = lead
    self.target = target
    self.actor = actor
    self.rev = rev
    self.now = now
    guard let source = try database.dump("lead", "id", lead.rawValue).first else {
      throw StoreError.noSuchLead(lead)
    }
    guard let into = try database.dump("lead", "id", target.rawValue).first else {
      throw StoreError.noSuchLead(target)
    }
    self.source = source
    self.into = into
    person = source["person_id"].int64 ?? 0
    intoPerson = into["person_id"].int64 ?? 0
    if let reason = obstacle { throw StoreError.notMergeable(reason) }
    let standing = try Int64.fetchOne(
      database,
      sql: "SELECT id FROM lead WHERE person_id = ? ORDER BY is_open DESC, id DESC LIMIT 1",
      arguments: [person]
    )
    guard standing == lead.rawValue else {
      throw StoreError.notMergeable("lead \(lead) is an old one: merge lead \(standing ?? 0)")
    }
  }

  private var obstacle: String? {
    if lead == target { return "a lead can't be merged into itself" }
    if person == intoPerson { return "they are leads of one person already" }
    if source["gym_id"] != into["gym_id"] { return "they are leads of different gyms" }
    if !source["erased_at"].isNull || !into["erased_at"].isNull { return "one of them was erased" }
    return nil
  }

  func carryOut() throws -> LeadMerge {
    let names = try [person, intoPerson].map {
      try String.fetchOne(database, sql: "SELECT name FROM person WHERE id = ?", arguments: [$0])
        ?? ""
    }
    let before = try snapshot()
    let merge =
      try Int64.fetchOne(
        database,
        sql: """
          INSERT INTO merge (gym_id, lead_id, into_lead_id, person_id, into_person_id, name, at,
            actor_id, actor_label, before)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '') RETURNING id
          """,
        arguments: [
          into["gym_id"].int64, lead.rawValue, target.rawValue, person, intoPerson, names[0],
          now.milliseconds, actor.user?.rawValue, actor.label,
        ]
      ) ?? 0
    try movePerson(merge)
    try moveThreads(merge)
    try moveConsents()
    let leftovers = try moveLeadRows(merge)
    try database.execute(sql: "DELETE FROM lead WHERE id = ?", arguments: [lead.rawValue])
    try combine()
    let after: [JSONValue.Member] = [
      .init("after", try database.dump("lead", "id", target.rawValue).first ?? .null),
      .init("after_person", try database.dump("person", "id", intoPerson).first ?? .null),
      .init("leftovers", .object(leftovers)),
    ]
    try database.execute(
      sql: "UPDATE merge SET before = ? WHERE id = ?",
      arguments: [JSONValue.object(before + after).encoded(), merge]
    )
    try database.summarise(lead: target.rawValue, rev: rev)
    try database.record(
      actor,
      lead: target,
      gym: into["gym_id"].int64 ?? 0,
      verb: "merged",
      after: "\(names[0]) (lead \(lead))",
      at: now
    )
    return LeadMerge(
      id: MergeID(merge),
      lead: lead,
      name: names[0],
      into: target,
      intoName: names[1],
      at: now,
      actor: nil,
      isUndone: false
    )
  }

  /// What a merge changes in place or takes away.
  private func snapshot() throws -> [JSONValue.Member] {
    let last = try Int64.fetchOne(database, sql: "SELECT max(id) FROM message") ?? 0
    func rows(_ table: String, _ column: String, _ id: Int64) throws -> JSONValue {
      .array(try database.dump(table, column, id))
    }
    let drafts = try DraftKey.Kind.allCases.flatMap { kind -> [JSONValue.Member] in
      [
        .init(kind.table + "s", try rows(kind.table, "lead_id", lead.rawValue)),
        .init("into_" + kind.table + "s", try rows(kind.table, "lead_id", target.rawValue)),
      ]
    }
    return [
      .init("lead", source), .init("into", into), .init("last_message", JSONValue(last)),
      .init("person", .array(try database.dump("person", "id", person))),
      .init("into_person", .array(try database.dump("person", "id", intoPerson))),
      .init("identities", try rows("identity", "person_id", person)),
      .init("threads", try rows("thread", "person_id", person)),
      .init("into_threads", try rows("thread", "person_id", intoPerson)),
      .init("consents", try rows("consent", "person_id", person)),
      .init("into_consents", try rows("consent", "person_id", intoPerson)),
      .init("marks", try rows("read_mark", "lead_id", lead.rawValue)),
      .init("into_marks", try rows("read_mark", "lead_id", target.rawValue)),
    ] + drafts
  }

  /// Names, and leads of before; a name that staff typed goes before a profile's, that before an id.
  private func movePerson(_ merge: Int64) throws {
    for row in try Int64.fetchAll(
      database,
      sql: "UPDATE identity SET person_id = ?, merge_id = ? WHERE person_id = ? RETURNING id",
      arguments: [intoPerson, merge, person]
    ) {
      try database.markMerged("identity", row: row, merge: merge)
    }
    for row in try Int64.fetchAll(
      database,
      sql: "UPDATE lead SET person_id = ?, rev = ? WHERE person_id = ? AND id <> ? RETURNING id",
      arguments: [intoPerson, rev, person, lead.rawValue]
    ) {
      try database.markMerged("lead", row: row, merge: merge)
    }
    try database.execute(
      sql: """
        UPDATE person SET (name, name_source) = (
          SELECT name, name_source FROM person AS other WHERE other.id = :from)
        WHERE id = :into AND (SELECT CASE other.name_source WHEN 'staff' THEN 2 WHEN 'profile' THEN 1
            ELSE 0 END FROM person AS other WHERE other.id = :from)
          > CASE name_source WHEN 'staff' THEN 2 WHEN 'profile' THEN 1 ELSE 0 END
        """,
      arguments: ["from": person, "into": intoPerson]
    )
  }

  /// A conversation on a channel where the other has one too is joined with it.
  private func moveThreads(_ merge: Int64) throws {
    for thread in try database.dump("thread", "person_id", person) {
      let id = thread["id"].int64 ?? 0
      let twin = try Int64.fetchOne(
        database,
        sql: "SELECT id FROM thread WHERE person_id = ? AND channel_id = ?",
        arguments: [intoPerson, thread["channel_id"].text]
      )
      guard let twin else {
        try database.execute(
          sql: "UPDATE thread SET person_id = ?, rev = ? WHERE id = ?",
          arguments: [intoPerson, rev, id]
        )
        try database.markMerged("thread", row: id, merge: merge)
        continue
      }
      for message in try Int64.fetchAll(
        database,
        sql: "UPDATE message SET thread_id = ?, rev = ? WHERE thread_id = ? RETURNING id",
        arguments: [twin, rev, id]
      ) {
        try database.markMerged("message", row: message, merge: merge)
      }
      try database.execute(
        sql: "UPDATE outbox SET thread_id = ? WHERE thread_id = ?",
        arguments: [twin, id]
      )
      try database.execute(
        sql: "UPDATE lead SET thread_id = ? WHERE thread_id = ? AND id <> ?",
        arguments: [twin, id, lead.rawValue]
      )
      try joinWindow(thread, into: twin)
    }
  }

  /// Replies go to the name that wrote last.
  private func joinWindow(_ thread: JSONValue, into twin: Int64) throws {
    try database.execute(
      sql: """
        UPDATE thread SET rev = :rev,
          reply_identity_id = CASE WHEN ifnull(last_inbound_at, -1) < ifnull(:at, -1)
            THEN ifnull(:name, reply_identity_id) ELSE ifnull(reply_identity_id, :name) END,
          last_inbound_at = nullif(max(ifnull(last_inbound_at, -1), ifnull(:at, -1)), -1)
        WHERE id = :id
        """,
      arguments: [
        "rev": rev, "at": thread["last_inbound_at"].int64,
        "name": thread["reply_identity_id"].int64, "id": twin,
      ]
    )
  }

  /// The newest word of each category stands.
  private func moveConsents() throws {
    for row in try Row.fetchAll(
      database,
      sql: """
        DELETE FROM consent WHERE person_id = ?
        RETURNING category, decision, at, source, detail, channel_kind
        """,
      arguments: [person]
    ) {
      guard let entry = Consent.Entry(row: row), let kind = ChannelKind(rawValue: row[5]) else {
        continue
      }
      _ = try database.keepConsent(of: intoPerson, on: kind, entry)
    }
  }

  /// Whatever refers to the lead, in tables of today and of later; returns the rows that the
  /// remaining lead has one of already.
  private func moveLeadRows(_ merge: Int64) throws -> [JSONValue.Member] {
    let drafts = DraftKey.Kind.allCases.map(\.table)
    for table in drafts { try joinDrafts(table) }
    try joinReadMarks()
    var leftovers: [JSONValue.Member] = []
    for (table, column) in try database.references(to: "lead")
    where table != "read_mark" && !drafts.contains(table) {
      if try database.hasRowID(table) {
        for row in try Int64.fetchAll(
          database,
          sql: """
            UPDATE OR IGNORE "\(table)" SET "\(column)" = ? WHERE "\(column)" = ? RETURNING rowid
            """,
          arguments: [target.rawValue, lead.rawValue]
        ) {
          try database.markMerged(table + "." + column, row: row, merge: merge)
        }
      }
      let rest = try database.dump(table, column, lead.rawValue)
      guard !rest.isEmpty else { continue }
      leftovers.append(.init(table, .array(rest)))
      try database.execute(
        sql: "DELETE FROM \"\(table)\" WHERE \"\(column)\" = ?",
        arguments: [lead.rawValue]
      )
    }
    return leftovers
  }

  private func joinDrafts(_ table: String) throws {
    try database.execute(
      sql: """
        UPDATE \(table) SET text = \(table).text || char(10) || other.text
        FROM \(table) AS other
        WHERE \(table).lead_id = :into AND other.lead_id = :from
          AND other.user_id = \(table).user_id
        """,
      arguments: ["from": lead.rawValue, "into": target.rawValue]
    )
    try database.execute(
      sql: "UPDATE OR IGNORE \(table) SET lead_id = ? WHERE lead_id = ?",
      arguments: [target.rawValue, lead.rawValue]
    )
    try database.execute(sql: "DELETE FROM \(table) WHERE lead_id = ?", arguments: [lead.rawValue])
  }

  private func joinReadMarks() throws {
    try database.execute(
      sql: """
        UPDATE read_mark SET seen_count = read_mark.seen_count + other.seen_count
        FROM read_mark AS other WHERE read_mark.lead_id = :into AND other.lead_id = :from
          AND other.user_id = read_mark.user_id
        """,
      arguments: ["from": lead.rawValue, "into": target.rawValue]
    )
    try database.execute(
      sql: "UPDATE OR IGNORE read_mark SET lead_id = ? WHERE lead_id = ?",
      arguments: [target.rawValue, lead.rawValue]
    )
    try database.execute(sql: "DELETE FROM read_mark WHERE lead_id = ?", arguments: [lead.rawValue])
  }

  /// The remaining lead with both pasts: the first touch is the earlier, the last the later.
  private func combine() throws {
    var values: [String: JSONValue] = [:]
    func take(_ keys: [String], if condition: Bool) {
      for key in keys where condition { values[key] = source[key] }
    }
    func time(_ row: JSONValue, _ key: String) -> Int64 { row[key].int64 ?? 0 }
    take(
      ["first_touch_kind", "first_touch_headline", "first_touch_url", "first_touch_at"],
      if: time(source, "first_touch_at") < time(into, "first_touch_at")
    )
    take(
      ["last_touch_kind", "last_touch_headline", "last_touch_url", "last_touch_at"],
      if: time(source, "last_touch_at") > time(into, "last_touch_at")
    )
    take(["created_at"], if: time(source, "created_at") < time(into, "created_at"))
    take(["owner_id"], if: into["owner_id"].isNull)
    let reopens = source["is_open"].bool == true && into["is_open"].bool == false
    take(["stage_id", "is_open", "closed_at", "close_reason"], if: reopens)
    for key in ["inbound_count", "opened_count", "answered_count"] {
      values[key] = JSONValue(time(source, key) + time(into, key))
    }
    values["no_reply_at"] = noReplyMark
    let columns = values.keys.sorted()
    try database.execute(
      sql: """
        UPDATE lead SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?
        """,
      arguments: StatementArguments(columns.map { (values[$0] ?? .null).databaseValue })
        + [target.rawValue]
    )
  }

  /// The later mark, but never one that would hide somebody who waits now.
  private var noReplyMark: JSONValue {
    let marks = [source, into].compactMap { $0["no_reply_at"].int64 }
    let waiting = [source, into].compactMap { $0["waiting_since"].int64 }
    guard let newest = marks.max() else { return .null }
    return JSONValue(waiting.min().map { min(newest, $0 - 1) } ?? newest)
  }
}
