// Takes a merge apart: what it moved goes back, and what has come since goes to whom it was said by.
//
// A message that came since belongs to the person whose name it came under; a reply, to the one who
// had written last before it. Notes and stage changes made since stay with the lead they were made on.
import GRDB
import Model

/// What an unmerge did.
package struct UnmergeOutcome: Equatable, Sendable {
  package var merge: LeadMerge
  /// Messages that came after the merge and went with the lead that is back.
  package var newMessages: Int
}

extension LeadStore {
  /// Takes the lead's newest merge back, whether `lead` is the one that remains or the one that is
  /// gone.
  package func unmerge(_ lead: LeadID, by actor: Actor) throws -> UnmergeOutcome {
    let merges = try merges(of: lead).filter { !$0.isUndone }
    // Asked by the id that is gone, that merge is meant; else the newest.
    guard let merge = merges.first(where: { $0.lead == lead }) ?? merges.first else {
      throw StoreError.nothingToUnmerge(lead)
    }
    return try unmerge(merge.id, by: actor)
  }

  package func unmerge(_ id: MergeID, by actor: Actor) throws -> UnmergeOutcome {
    guard let merge = try merge(id) else { throw StoreError.nothingToUnmerge(LeadID(0)) }
    let now = clock.now()
    return try write { database, rev in
      let parting = try Parting(database, merge: merge, actor: actor, rev: rev, now: now)
      return UnmergeOutcome(merge: merge, newMessages: try parting.carryOut())
    }
  }
}

/// One unmerge, inside its transaction.
struct Parting {
  let database: Database
  let merge: LeadMerge
  let actor: Actor
  let rev: Int64
  let now: Timestamp
  let before: JSONValue
  let person: Int64
  let intoPerson: Int64
  let gym: Int64

  init(_ database: Database, merge: LeadMerge, actor: Actor, rev: Int64, now: Timestamp) throws {
    self.database = database
    self.merge = merge
    self.actor = actor
    self.rev = rev
    self.now = now
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT before, person_id, into_person_id, gym_id FROM merge
        WHERE id = ? AND undone_at IS NULL
        """,
      arguments: [merge.id.rawValue]
    )
    guard let row, let before = try? JSONValue.parse(Array((row[0] as String).utf8)) else {
      throw StoreError.nothingToUnmerge(merge.lead)
    }
    self.before = before
    person = row[1]
    intoPerson = row[2]
    gym = row[3]
    let newer = try Int64.fetchOne(
      database,
      sql: """
        SELECT lead_id FROM merge WHERE undone_at IS NULL AND id > ?
          AND (into_person_id = ? OR person_id = ?) ORDER BY id DESC LIMIT 1
        """,
      arguments: [merge.id.rawValue, intoPerson, intoPerson]
    )
    if let newer {
      throw StoreError.notMergeable("a later merge comes first: take lead \(newer) out of it")
    }
  }

  private var lastMessage: Int64 { before["last_message"].int64 ?? 0 }

  func carryOut() throws -> Int {
    try returnNames()
    let moved = try partThreads()
    let said = try countSaid(moved)
    try restoreLead(newInbound: said)
    try restoreRemaining(newInbound: said)
    try restoreConsents()
    try database.execute(
      // What was before stands again: a copy would only outlive an erasure.
      sql: "UPDATE merge SET undone_at = ?, before = '{}' WHERE id = ?",
      arguments: [now.milliseconds, merge.id.rawValue]
    )
    for lead in [merge.lead, merge.into] {
      try database.record(
        actor,
        lead: lead,
        gym: gym,
        verb: "unmerged",
        after: lead == merge.lead ? merge.intoName : merge.name,
        at: now
      )
      try database.summarise(lead: lead.rawValue, rev: rev)
    }
    return moved.count
  }

  private func marked(_ name: String) throws -> [Int64] {
    try Int64.fetchAll(
      database,
      sql: "SELECT row FROM merge_row WHERE merge_id = ? AND name = ? ORDER BY row",
      arguments: [merge.id.rawValue, name]
    )
  }

  private func returnNames() throws {
    for id in try marked("identity") {
      let earlier = before["identities"].array.first { $0["id"].int64 == id }
      try database.execute(
        sql: "UPDATE identity SET person_id = ?, merge_id = ? WHERE id = ?",
        arguments: [person, earlier?["merge_id"].int64, id]
      )
    }
    for id in try marked("lead") {
      try database.execute(
        sql: "UPDATE lead SET person_id = ?, rev = ? WHERE id = ?",
        arguments: [person, rev, id]
      )
    }
  }

  /// Parts the conversations; returns the messages that came since and go back with the lead.
  private func partThreads() throws -> [Int64] {
    var theirs: [Int64] = []
    let movedThreads = Set(try marked("thread"))
    let joined = Set(try marked("message"))
    for thread in before["threads"].array {
      guard let id = thread["id"].int64, let channel = thread["channel_id"].text else { continue }
      if movedThreads.contains(id) {
        let fresh = try sides(of: id, joined: joined).filter { $0.id > lastMessage }
        try database.execute(
          sql: "UPDATE thread SET person_id = ?, rev = ? WHERE id = ?",
          arguments: [person, rev, id]
        )
        let others = fresh.filter { !$0.isTheirs }.map(\.id)
        if !others.isEmpty {
          try move(others, to: try openThread(of: intoPerson, channel: channel))
        }
        theirs += fresh.filter(\.isTheirs).map(\.id)
      } else if let twin = try Int64.fetchOne(
        database,
        sql: "SELECT id FROM thread WHERE person_id = ? AND channel_id = ?",
        arguments: [intoPerson, channel]
      ) {
        let back = try sides(of: twin, joined: joined).filter(\.isTheirs).map(\.id)
        try move(back, to: id)
        theirs += back.filter { $0 > lastMessage }
      }
    }
    for owner in [person, intoPerson] { try freshenThreads(of: owner) }
    return theirs
  }

  /// The messages of a joined conversation, and whether each goes back.
  private func sides(of thread: Int64, joined: Set<Int64>) throws -> [(id: Int64, isTheirs: Bool)] {
    var result: [(id: Int64, isTheirs: Bool)] = []
    // Who wrote last decides whom a reply was for.
    var lastWasTheirs = false
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT id, direction FROM message WHERE thread_id = ? ORDER BY provider_at, id",
      arguments: [thread]
    )
    while let row = try rows.next() {
      let id: Int64 = row[0]
      let isInbound = (row[1] as String) == MessageDirection.inbound.rawValue
      let isTheirs = joined.contains(id) || (id > lastMessage && !isInbound && lastWasTheirs)
      if isInbound { lastWasTheirs = isTheirs }
      result.append((id, isTheirs))
    }
    return result
  }

  private func move(_ messages: [Int64], to thread: Int64) throws {
    for message in messages {
      try database.cachedStatement(sql: "UPDATE message SET thread_id = ?, rev = ? WHERE id = ?")
        .execute(arguments: [thread, rev, message])
      try database.cachedStatement(sql: "UPDATE outbox SET thread_id = ? WHERE message_id = ?")
        .execute(arguments: [thread, message])
    }
  }

  private func openThread(of person: Int64, channel: String) throws -> Int64 {
    try database.execute(
      sql: """
        INSERT INTO thread (gym_id, person_id, channel_id, rev) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
      arguments: [gym, person, channel, rev]
    )
    return try Int64.fetchOne(
      database,
      sql: "SELECT id FROM thread WHERE person_id = ? AND channel_id = ?",
      arguments: [person, channel]
    ) ?? 0
  }

  /// When they last wrote, and under which of their own names.
  private func freshenThreads(of owner: Int64) throws {
    let saved = before["threads"].array + before["into_threads"].array
    for id in try Int64.fetchAll(
      database,
      sql: "SELECT id FROM thread WHERE person_id = ?",
      arguments: [owner]
    ) {
      let name = saved.first { $0["id"].int64 == id }?["reply_identity_id"].int64
      try database.execute(
        sql: """
          UPDATE thread SET rev = :rev,
            last_inbound_at = (SELECT max(provider_at) FROM message WHERE thread_id = thread.id
              AND \(Database.isTheirs) AND kind <> 'form'),
            reply_identity_id = CASE
              WHEN (SELECT person_id FROM identity WHERE id = reply_identity_id) = person_id
                THEN reply_identity_id
              WHEN (SELECT person_id FROM identity WHERE id = :name AND retired_at IS NULL)
                = person_id THEN :name
              ELSE (SELECT identity.id FROM identity, channel WHERE channel.id = channel_id
                AND identity.person_id = thread.person_id AND retired_at IS NULL
                AND identity.kind <> 'username' AND identity.scope = CASE channel.kind
                  WHEN 'whatsapp' THEN '' ELSE channel.id END
                ORDER BY last_seen_at DESC LIMIT 1) END
          WHERE id = :id
          """,
        arguments: ["rev": rev, "name": name, "id": id]
      )
    }
  }

  /// Of the messages that go back, those that count as said by the customer.
  private func countSaid(_ messages: [Int64]) throws -> Int64 {
    try messages.reduce(0) { count, id in
      try count
        + (Int64.fetchOne(
          database,
          sql: "SELECT count(*) FROM message WHERE id = ? AND \(Database.isNews)",
          arguments: [id]
        ) ?? 0)
    }
  }

  private func restoreLead(newInbound: Int64) throws {
    let saved = before["lead"]
    try database.insert(saved, into: "lead")
    try database.execute(
      sql: """
        UPDATE lead SET rev = ?, inbound_count = inbound_count + ?, opened_count = opened_count + (
          SELECT CASE WHEN opened_count >= inbound_count THEN ? ELSE 0 END
          FROM lead AS other WHERE other.id = ?) WHERE id = ?
        """,
      arguments: [rev, newInbound, newInbound, merge.into.rawValue, merge.lead.rawValue]
    )
    for (table, column) in try database.references(to: "lead") {
      for row in try marked(table + "." + column) {
        try database.execute(
          sql: "UPDATE OR IGNORE \"\(table)\" SET \"\(column)\" = ? WHERE rowid = ?",
          arguments: [merge.lead.rawValue, row]
        )
      }
    }
    for table in before["leftovers"].members {
      for row in table.value.array { try database.insert(row, into: table.key) }
    }
    for table in DraftKey.Kind.allCases.map(\.table) {
      for row in before[table + "s"].array { try database.insert(row, into: table) }
    }
    for row in before["marks"].array { try database.insert(row, into: "read_mark") }
  }

  /// The lead that remained goes back to what it was, except where somebody has changed it since.
  private func restoreRemaining(newInbound: Int64) throws {
    let (was, merged) = (before["into"], before["after"])
    guard let row = try database.dump("lead", "id", merge.into.rawValue).first else { return }
    var values: [String: JSONValue] = [:]
    let groups = [
      ["stage_id", "is_open", "closed_at", "close_reason"], ["owner_id"], ["no_reply_at"],
      ["first_touch_kind", "first_touch_headline", "first_touch_url", "first_touch_at"],
      ["last_touch_kind", "last_touch_headline", "last_touch_url", "last_touch_at"],
      ["created_at"],
    ]
    for keys in groups where keys.allSatisfy({ row[$0] == merged[$0] }) {
      for key in keys { values[key] = was[key] }
    }
    let gone = (before["lead"]["inbound_count"].int64 ?? 0) + newInbound
    let inbound = max(0, (row["inbound_count"].int64 ?? 0) - gone)
    values["inbound_count"] = JSONValue(inbound)
    for key in ["opened_count", "answered_count"] {
      let part = (row[key].int64 ?? 0) - (before["lead"][key].int64 ?? 0)
      let isAll = row[key] == row["inbound_count"]
      values[key] = JSONValue(isAll ? inbound : min(inbound, max(0, part)))
    }
    let columns = values.keys.sorted()
    try database.execute(
      sql: """
        UPDATE lead SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?
        """,
      arguments: StatementArguments(columns.map { (values[$0] ?? .null).databaseValue })
        + [merge.into.rawValue]
    )
    try restorePerson()
    try restoreDraftsAndMarks(inbound: inbound)
  }

  private func restorePerson() throws {
    let (was, merged) = (before["into_person"][0], before["after_person"])
    try database.execute(
      sql: "UPDATE person SET name = ?, name_source = ? WHERE id = ? AND name = ?",
      arguments: [was["name"].text, was["name_source"].text, intoPerson, merged["name"].text]
    )
  }

  private func restoreDrafts(_ table: String) throws {
    for mine in before[table + "s"].array {
      let user = mine["user_id"].int64
      let theirs = before["into_" + table + "s"].array.first { $0["user_id"].int64 == user }
      let joined = [theirs?["text"].text, mine["text"].text].compactMap { $0 }
        .joined(separator: "\n")
      // Typed on since: it stays whole.
      try database.execute(
        sql: "DELETE FROM \(table) WHERE lead_id = ? AND user_id = ? AND text = ?",
        arguments: [merge.into.rawValue, user, joined]
      )
      if let theirs { try database.insert(theirs, into: table) }
    }
  }

  private func restoreDraftsAndMarks(inbound: Int64) throws {
    let into = merge.into.rawValue
    for kind in DraftKey.Kind.allCases { try restoreDrafts(kind.table) }
    for mine in before["marks"].array {
      try database.execute(
        sql: """
          UPDATE read_mark SET seen_count = max(0, seen_count - ?)
          WHERE lead_id = ? AND user_id = ?
          """,
        arguments: [mine["seen_count"].int64, into, mine["user_id"].int64]
      )
    }
    try database.execute(
      sql: "UPDATE read_mark SET seen_count = min(seen_count, ?) WHERE lead_id = ?",
      arguments: [inbound, into]
    )
  }

  /// A no that was said since holds for both: nobody knows whose it was.
  private func restoreConsents() throws {
    for row in before["consents"].array { try database.insert(row, into: "consent") }
    for row in try database.dump("consent", "person_id", intoPerson) {
      let isNew = (row["at"].int64 ?? 0) > merge.at.milliseconds
      if isNew {
        guard row["decision"].text == Consent.Decision.optedOut.rawValue else { continue }
        try copyConsent(row)
        continue
      }
      func isSame(_ other: JSONValue) -> Bool {
        ["channel_kind", "category"].allSatisfy { other[$0] == row[$0] }
      }
      try database.execute(
        sql: "DELETE FROM consent WHERE person_id = ? AND channel_kind = ? AND category = ?",
        arguments: [intoPerson, row["channel_kind"].text, row["category"].text]
      )
      let saved = before["into_consents"].array.first(where: isSame)
      if let saved { try database.insert(saved, into: "consent") }
    }
  }

  private func copyConsent(_ row: JSONValue) throws {
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO consent
          (person_id, channel_kind, category, decision, at, source, detail)
        SELECT ?, channel_kind, category, decision, at, source, detail FROM consent
        WHERE person_id = ? AND channel_kind = ? AND category = ?
        """,
      arguments: [person, intoPerson, row["channel_kind"].text, row["category"].text]
    )
  }
}
