// One lead: reading it whole, and the changes people make to it.
import GRDB
import Model

/// A lead as lists for scripts show it.
package struct ListedLead: Sendable {
  package var summary: LeadSummary
  package var identities: [Identity]
  /// The first touch's kind.
  package var source: String
  /// The config's id of the channel that replies go to.
  package var channel: String?

  package init(
    summary: LeadSummary,
    identities: [Identity],
    source: String,
    channel: String?
  ) {
    self.summary = summary
    self.identities = identities
    self.source = source
    self.channel = channel
  }
}

extension LeadStore {
  /// Everything of one lead; nil when it isn't there or not within `scope`.
  package func lead(_ id: LeadID, scope: Scope) throws -> LeadDetail? {
    try read { database in
      let request = SQLRequest<Row>(
        literal: """
          \(sql: LeadSummary.select(scope))
          WHERE lead.id = \(id.rawValue) AND \(scope.leads("lead"))
          """,
        cached: true
      )
      guard let row = try request.fetchOne(database) else { return nil }
      let summary = LeadSummary(row: row)
      let person = summary.person.rawValue
      return LeadDetail(
        summary: summary,
        identities: try identities(database, person: person),
        threads: try threads(database, person: person),
        firstTouch: try touch(database, lead: id, "first"),
        lastTouch: try touch(database, lead: id, "last"),
        notes: try notes(database, lead: id),
        activity: try activity(database, lead: id.rawValue, limit: 100),
        consents: try database.consents(of: person),
        twins: try database.twins(of: person),
        begunNote: try scope.viewer.flatMap { try database.draft(.note(id), of: $0) }
      )
    }
  }

  /// Every lead within `scope`, oldest first, each handed to `body` as it is read.
  package func eachLead(scope: Scope, _ body: (ListedLead) throws -> Void) throws {
    try read { database in
      let request: SQLRequest<Row> = """
        \(sql: LeadSummary.select(scope)) WHERE \(scope.leads("lead")) ORDER BY lead.id
        """
      let cursor = try request.fetchCursor(database)
      let rest = try database.cachedStatement(
        sql: """
          SELECT lead.first_touch_kind, thread.channel_id
          FROM lead LEFT JOIN thread ON thread.id = lead.thread_id WHERE lead.id = ?
          """
      )
      while let row = try cursor.next() {
        let summary = LeadSummary(row: row)
        let more = try Row.fetchOne(rest, arguments: [summary.id.rawValue])
        try body(
          ListedLead(
            summary: summary,
            identities: try identities(database, person: summary.person.rawValue),
            source: more?[0] ?? "",
            channel: more?[1]
          )
        )
      }
    }
  }

  private func identities(_ database: Database, person: Int64) throws -> [Identity] {
    try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT kind, value FROM identity WHERE person_id = ? AND retired_at IS NULL
          ORDER BY last_seen_at DESC, id
          """
      ),
      arguments: [person]
    ).compactMap { row in
      Identity.Kind(rawValue: row[0]).map { Identity(kind: $0, value: row[1]) }
    }
  }

  func threads(_ database: Database, person: Int64) throws -> [ThreadSummary] {
    try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT thread.id, thread.channel_id, channel.kind, thread.last_inbound_at
          FROM thread JOIN channel ON channel.id = thread.channel_id
          WHERE thread.person_id = ? ORDER BY thread.id
          """
      ),
      arguments: [person]
    ).compactMap { row in
      let inbound: Int64? = row[3]
      return ChannelKind(rawValue: row[2]).map {
        ThreadSummary(
          id: ThreadID(row[0]),
          channel: row[1],
          channelKind: $0,
          lastInboundAt: inbound.map(Timestamp.init(milliseconds:))
        )
      }
    }
  }

  private func touch(_ database: Database, lead: LeadID, _ which: String) throws -> Touch? {
    try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT \(which)_touch_kind, \(which)_touch_headline, \(which)_touch_url, \(which)_touch_at
          FROM lead WHERE id = ?
          """
      ),
      arguments: [lead.rawValue]
    ).map {
      Touch(kind: $0[0], headline: $0[1], url: $0[2], at: Timestamp(milliseconds: $0[3]))
    }
  }

  private func notes(_ database: Database, lead: LeadID) throws -> [Note] {
    try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT note.id, note.at, ifnull(user.name, note.author_label), note.text
          FROM note LEFT JOIN user ON user.id = note.author_id
          WHERE note.lead_id = ? AND note.deleted_at IS NULL ORDER BY note.id
          """
      ),
      arguments: [lead.rawValue]
    ).map {
      Note(id: $0[0], at: Timestamp(milliseconds: $0[1]), author: $0[2], text: $0[3])
    }
  }
}

/// The stage of a lead, and why it is there.
package struct StagePlace: Equatable, Sendable {
  package var stage: StageID
  package var reason: String?

  package init(stage: StageID, reason: String?) {
    self.stage = stage
    self.reason = reason
  }
}

extension LeadStore {
  /// Adds an internal remark; returns its id.
  @discardableResult
  package func addNote(_ lead: LeadID, text: String, by actor: Actor) throws -> Int64 {
    let now = clock.now()
    return try write { database, rev in
      // Nothing is written about somebody who was erased meanwhile.
      guard try database.isAlive(lead) else { throw StoreError.noSuchLead(lead) }
      let gym = try database.gym(of: lead)
      let id =
        try Int64.fetchOne(
          database.cachedStatement(
            sql: """
              INSERT INTO note (gym_id, lead_id, at, author_id, author_label, text)
              VALUES (?, ?, ?, ?, ?, ?) RETURNING id
              """
          ),
          arguments: [
            gym, lead.rawValue, now.milliseconds, actor.user?.rawValue, actor.label, text,
          ]
        ) ?? 0
      if let user = actor.user { try database.dropDraft(.note(lead), of: user) }
      try database.touch(lead, rev: rev)
      try database.record(actor, lead: lead, gym: gym, verb: "note", after: text, at: now)
      return id
    }
  }

  /// Takes a remark away, or back again.
  package func setNoteDeleted(
    _ note: Int64,
    lead: LeadID,
    _ deleted: Bool,
    by actor: Actor
  ) throws {
    let now = clock.now()
    try write { database, rev in
      guard try database.isAlive(lead) else { throw StoreError.noSuchLead(lead) }
      try database.execute(
        sql: "UPDATE note SET deleted_at = ? WHERE id = ? AND lead_id = ?",
        arguments: [deleted ? now.milliseconds : nil, note, lead.rawValue]
      )
      try database.touch(lead, rev: rev)
      try database.record(
        actor,
        lead: lead,
        gym: try database.gym(of: lead),
        verb: deleted ? "note_removed" : "note_restored",
        at: now
      )
    }
  }

  /// The user has the lead's conversation on screen.
  ///
  /// Without a change nothing is written.
  package func markRead(_ lead: LeadID, by user: UserID) throws {
    let pending = try read { database in
      try Bool.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT inbound_count > ifnull((SELECT seen_count FROM read_mark
              WHERE user_id = ? AND lead_id = lead.id), 0) FROM lead WHERE id = ?
            """
        ),
        arguments: [user.rawValue, lead.rawValue]
      ) ?? false
    }
    guard pending else { return }
    try write { database, rev in
      try database.execute(
        sql: """
          INSERT INTO read_mark (user_id, lead_id, seen_count)
          SELECT ?, id, inbound_count FROM lead WHERE id = ?
          ON CONFLICT DO UPDATE SET seen_count = max(seen_count, excluded.seen_count)
          """,
        arguments: [user.rawValue, lead.rawValue]
      )
      try database.execute(
        sql: "UPDATE lead SET opened_count = inbound_count, rev = ? WHERE id = ?",
        arguments: [rev, lead.rawValue]
      )
    }
  }
}

extension Database {
  /// The lead's gym; throws when there is no such lead.
  func gym(of lead: LeadID) throws -> Int64 {
    guard
      let gym = try Int64.fetchOne(
        cachedStatement(sql: "SELECT gym_id FROM lead WHERE id = ?"),
        arguments: [lead.rawValue]
      )
    else { throw StoreError.noSuchLead(lead) }
    return gym
  }

  /// Stamps the lead as changed.
  func touch(_ lead: LeadID, rev: Int64) throws {
    try cachedStatement(sql: "UPDATE lead SET rev = ? WHERE id = ?")
      .execute(arguments: [rev, lead.rawValue])
  }
}
