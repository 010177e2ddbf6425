// Who wants to be written to, by person and kind of channel. The newest word of each category counts.
import GRDB
import Model

extension LeadStore {
  /// What a lead's person has said on a kind of channel.
  package func consent(of person: PersonID, on kind: ChannelKind) throws -> Consent {
    try read { try $0.consent(of: person.rawValue, on: kind) }
  }

  /// What somebody of the gym was told: on the phone, at the desk.
  package func recordConsent(
    _ lead: LeadID,
    on kind: ChannelKind,
    _ entry: Consent.Entry,
    by actor: Actor
  ) throws {
    try write { database, rev in
      let gym = try database.gym(of: lead)
      let person = try Int64.fetchOne(
        database,
        sql: "SELECT person_id FROM lead WHERE id = ?",
        arguments: [lead.rawValue]
      )
      guard let person else { throw StoreError.noSuchLead(lead) }
      guard try database.keepConsent(of: person, on: kind, entry) else { return }
      try database.touch(lead, rev: rev)
      try database.record(
        actor,
        lead: lead,
        gym: gym,
        verb: entry.verb,
        after: entry.words(on: kind),
        at: entry.at
      )
    }
  }
}

extension Database {
  /// What the person of a conversation has said on its kind of channel.
  func consent(ofThread thread: ThreadID) throws -> Consent {
    let row = try Row.fetchOne(
      cachedStatement(
        sql: """
          SELECT thread.person_id, channel.kind FROM thread
          JOIN channel ON channel.id = thread.channel_id WHERE thread.id = ?
          """
      ),
      arguments: [thread.rawValue]
    )
    guard let row, let kind = ChannelKind(rawValue: row[1]) else { return Consent() }
    return try consent(of: row[0], on: kind)
  }

  func consent(of person: Int64, on kind: ChannelKind) throws -> Consent {
    let rows = try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT category, decision, at, source, detail FROM consent
          WHERE person_id = ? AND channel_kind = ? ORDER BY category
          """
      ),
      arguments: [person, kind.rawValue]
    )
    return Consent(rows.compactMap(Consent.Entry.init(row:)))
  }

  func consents(of person: Int64) throws -> [ChannelKind: Consent] {
    let kinds = try String.fetchAll(
      cachedStatement(sql: "SELECT DISTINCT channel_kind FROM consent WHERE person_id = ?"),
      arguments: [person]
    )
    var consents: [ChannelKind: Consent] = [:]
    for kind in kinds.compactMap(ChannelKind.init(rawValue:)) {
      consents[kind] = try consent(of: person, on: kind)
    }
    return consents
  }

  /// Keeps a decision unless a newer one stands; false when nothing changed by it.
  func keepConsent(of person: Int64, on kind: ChannelKind, _ entry: Consent.Entry) throws -> Bool {
    let known = try consent(of: person, on: kind)[entry.category]
    // WhatsApp's times are whole seconds: within one, what came last stands.
    if let known, known.at > entry.at || known == entry { return false }
    try execute(
      sql: """
        INSERT INTO consent (person_id, channel_kind, category, decision, at, source, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET decision = excluded.decision, at = excluded.at,
          source = excluded.source, detail = excluded.detail
        """,
      arguments: [
        person, kind.rawValue, entry.category.rawValue, entry.decision.rawValue,
        entry.at.milliseconds, entry.source.rawValue, entry.detail,
      ]
    )
    return known?.decision != entry.decision
  }
}

extension Consent.Entry {
  init?(row: Row) {
    guard let category = Consent.Category(rawValue: row[0]),
      let decision = Consent.Decision(rawValue: row[1]),
      let source = Consent.Source(rawValue: row[3])
    else { return nil }
    self.init(
      category: category,
      decision: decision,
      at: Timestamp(milliseconds: row[2]),
      source: source,
      detail: row[4]
    )
  }

  /// The history's word.
  var verb: String { decision == .optedOut ? "opted_out" : "opted_in" }

  /// Such as `WhatsApp, marketing`.
  func words(on kind: ChannelKind) -> String {
    category == .marketing ? kind.title + ", marketing" : kind.title
  }
}
