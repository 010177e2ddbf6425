// Erasure: a person asks to be forgotten (GDPR, article 17). Everything that says who they are or
// what was said is blanked, here and in the raw webhooks; ids, times and hashes stay, so that counts
// stay true and a replay doesn't bring them back.
import GRDB
import Model

/// What an erasure took away.
package struct Erasure: Equatable, Sendable {
  package var messages = 0
  package var notes = 0
  package var files = 0
  /// Raw webhooks that were blanked, whole or in part.
  package var events = 0
}

extension LeadStore {
  /// What `erase` would take away, for the question before it.
  package func erasureSize(_ lead: LeadID) throws -> Erasure {
    try read { database in
      let person = try database.personToErase(lead)
      let messages = """
        SELECT message.id FROM message JOIN thread ON thread.id = message.thread_id
        WHERE thread.person_id = \(person)
        """
      func count(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
      return Erasure(
        messages: try count("SELECT count(*) FROM (\(messages))"),
        notes: try count(
          """
          SELECT count(*) FROM note JOIN lead ON lead.id = note.lead_id
          WHERE lead.person_id = \(person)
          """
        ),
        files: try count(
          "SELECT count(*) FROM attachment WHERE path IS NOT NULL AND message_id IN (\(messages))"
        )
      )
    }
  }

  /// Whether the lead's person was erased.
  package func isErased(_ lead: LeadID) throws -> Bool {
    try read {
      try Bool.fetchOne(
        $0.cachedStatement(sql: "SELECT erased_at IS NOT NULL FROM lead WHERE id = ?"),
        arguments: [lead.rawValue]
      ) ?? false
    }
  }

  /// Forgets the lead's person: all their leads, conversations, names and files.
  package func erase(_ lead: LeadID, by actor: Actor) throws -> Erasure {
    let now = clock.now()
    let (erasure, files, begun) = try write { database, rev in
      let person = try database.personToErase(lead)
      var erasing = Erasing(database, person: person, actor: actor, rev: rev, now: now)
      try erasing.carryOut()
      return (erasing.erasure, erasing.files, erasing.attachments)
    }
    // After the commit: a file without its row is harmless, a row without its file is a riddle.
    media.remove(begun.map { "\($0)" }, in: "incoming")
    try? removeUnused(files)
    // What was erased is erased, even if a long reader keeps the log for now.
    try? checkpoint(past: 0, cuts: true)
    return erasure
  }
}

extension Database {
  fileprivate func personToErase(_ lead: LeadID) throws -> Int64 {
    let row = try Row.fetchOne(
      self,
      sql: "SELECT person_id, erased_at FROM lead WHERE id = ?",
      arguments: [lead.rawValue]
    )
    guard let row, row[1] == nil else { throw StoreError.noSuchLead(lead) }
    return row[0]
  }
}

/// One erasure, inside its transaction.
struct Erasing {
  let database: Database
  let actor: Actor
  let rev: Int64
  let now: Timestamp
  /// The person, and those who were merged into them.
  private(set) var people: [Int64]
  private(set) var erasure = Erasure()
  private(set) var files: [String] = []
  /// Whose bytes may lie half fetched.
  private(set) var attachments: [AttachmentID] = []

  init(_ database: Database, person: Int64, actor: Actor, rev: Int64, now: Timestamp) {
    self.database = database
    self.actor = actor
    self.rev = rev
    self.now = now
    people = [person]
  }

  mutating func carryOut() throws {
    try findMerged()
    let names = try self.names()
    let webhooks = try Int64.fetchAll(
      database,
      sql: """
        SELECT DISTINCT journal_id FROM message
        WHERE thread_id IN (\(threads)) AND journal_id IS NOT NULL
        """
    )
    erasure.events = try database.blankWebhooks(naming: names, known: Set(webhooks), at: now)
    try blankFiles()
    try blankMessages()
    try blankLeads()
    try blankPeople()
  }

  /// Their rows of other tables, as SQL; ids are integers, so nothing needs quoting.
  private var persons: String { people.map(String.init).joined(separator: ", ") }
  private var threads: String { "SELECT id FROM thread WHERE person_id IN (\(persons))" }
  private var messages: String { "SELECT id FROM message WHERE thread_id IN (\(threads))" }
  private var leads: String { "SELECT id FROM lead WHERE person_id IN (\(persons))" }

  private mutating func findMerged() throws {
    var index = 0
    while index < people.count {
      for other in try Int64.fetchAll(
        database,
        sql: "SELECT person_id FROM merge WHERE into_person_id = ? AND undone_at IS NULL",
        arguments: [people[index]]
      ) where !people.contains(other) {
        people.append(other)
      }
      index += 1
    }
  }

  private func names() throws -> Set<String> {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT kind, value FROM identity WHERE person_id IN (\(persons))"
    )
    var names: Set<String> = []
    for row in rows {
      guard let kind = Identity.Kind(rawValue: row[0]) else { continue }
      names.formUnion(Identity(kind: kind, value: row[1]).spellings)
    }
    return names
  }

  private mutating func blankFiles() throws {
    attachments = try Int64.fetchAll(
      database,
      sql: "SELECT id FROM attachment WHERE message_id IN (\(messages))"
    ).map(AttachmentID.init)
    files = try String.fetchAll(
      database,
      sql: """
        SELECT DISTINCT path FROM attachment WHERE path IS NOT NULL AND message_id IN (\(messages))
        """
    )
    try database.execute(
      sql: """
        UPDATE attachment SET state = 'refused', provider_id = NULL, url = NULL, mime = NULL,
          name = NULL, bytes = NULL, sha256 = NULL, path = NULL, duration_ms = NULL,
          error = 'erased', rev = ?
        WHERE message_id IN (\(messages))
        """,
      arguments: [rev]
    )
    erasure.files = files.count
  }

  /// Their ids stay: the same webhook once more is nothing new.
  private mutating func blankMessages() throws {
    for (table, column) in try database.references(to: "message")
    where !["attachment", "lead_form", "message"].contains(table) {
      try database.execute(sql: "DELETE FROM \"\(table)\" WHERE \"\(column)\" IN (\(messages))")
    }
    try database.execute(
      sql: """
        UPDATE message SET text = '', first_text = NULL, reactions = NULL, content = NULL, deleted_at = ifnull(deleted_at, ?),
          author_label = NULL, undo_until = NULL, rev = ?,
          status = CASE WHEN status IN ('queued', 'sending', 'unconfirmed')
            THEN 'failed' ELSE status END,
          error_title = CASE WHEN error_title IS NOT NULL
            OR status IN ('queued', 'sending', 'unconfirmed') THEN 'erased' END
        WHERE thread_id IN (\(threads))
        """,
      arguments: [now.milliseconds, rev]
    )
    erasure.messages = database.changesCount
    try database.execute(
      sql: """
        UPDATE lead_form SET state = 'fetched', error = NULL, form = NULL
        WHERE message_id IN (\(messages))
        """
    )
  }

  /// The rows stay without what they said, so that the gym's numbers do not change.
  private mutating func blankLeads() throws {
    try database.execute(
      sql: """
        UPDATE note SET text = '', author_label = NULL, deleted_at = ifnull(deleted_at, ?)
        WHERE lead_id IN (\(leads))
        """,
      arguments: [now.milliseconds]
    )
    erasure.notes = database.changesCount
    for (table, column) in try database.references(to: "lead")
    where !["note", "activity"].contains(table) {
      try database.execute(sql: "DELETE FROM \"\(table)\" WHERE \"\(column)\" IN (\(leads))")
    }
    try database.execute(
      sql: """
        UPDATE activity SET before = NULL, after = NULL WHERE lead_id IN (\(leads))
          OR verb IN ('merged', 'unmerged') AND lead_id IN (
            SELECT lead_id FROM merge WHERE person_id IN (\(persons)) OR into_person_id IN (\(persons))
            UNION SELECT into_lead_id FROM merge
            WHERE person_id IN (\(persons)) OR into_person_id IN (\(persons)))
        """
    )
    try database.execute(
      sql: """
        UPDATE lead SET erased_at = :now, rev = :rev, preview = '', preview_status = 'received',
          waiting_since = NULL,
          no_reply_at = :now, opened_count = inbound_count, answered_count = inbound_count,
          is_open = 0, closed_at = ifnull(closed_at, :now), close_reason = NULL,
          first_touch_url = NULL, last_touch_url = NULL,
          -- An advertisement's words are the gym's own; others may be about the person.
          first_touch_headline = CASE WHEN first_touch_kind IN ('ad', 'post', 'lead_form')
            THEN first_touch_headline END,
          last_touch_headline = CASE WHEN last_touch_kind IN ('ad', 'post', 'lead_form')
            THEN last_touch_headline END
        WHERE person_id IN (\(persons))
        """,
      arguments: ["now": now.milliseconds, "rev": rev]
    )
    for lead in try Row.fetchAll(
      database,
      sql: "SELECT id, gym_id FROM lead WHERE id IN (\(leads))"
    ) {
      try database.record(
        actor,
        lead: LeadID(lead[0]),
        gym: lead[1],
        verb: "erased",
        after: "\(erasure.messages) messages, \(erasure.notes) notes, \(erasure.files) files",
        at: now
      )
    }
  }

  private func blankPeople() throws {
    try database.execute(
      sql: """
        UPDATE thread SET reply_identity_id = NULL, last_inbound_at = NULL, rev = ?
        WHERE person_id IN (\(persons))
        """,
      arguments: [rev]
    )
    for statement in [
      "DELETE FROM identity WHERE person_id IN (\(persons))",
      "DELETE FROM consent WHERE person_id IN (\(persons))",
      """
      DELETE FROM identity_conflict WHERE person_id IN (\(persons)) OR other_id IN (\(persons))
      """,
      """
      DELETE FROM merge_row WHERE merge_id IN (SELECT id FROM merge
        WHERE person_id IN (\(persons)) OR into_person_id IN (\(persons)))
      """,
    ] {
      try database.execute(sql: statement)
    }
    try database.execute(
      sql: """
        UPDATE merge SET before = '{}', name = '', undone_at = ifnull(undone_at, ?)
        WHERE person_id IN (\(persons)) OR into_person_id IN (\(persons))
        """,
      arguments: [now.milliseconds]
    )
    try database.execute(
      sql: """
        UPDATE person SET name = 'Erased person', name_source = 'staff',
          profile_asked_at = ifnull(profile_asked_at, ?), erased_at = ?
        WHERE id IN (\(persons))
        """,
      arguments: [now.milliseconds, now.milliseconds]
    )
    // The index's trigger can't tell this from a correction of the name.
    try database.execute(sql: "UPDATE search_range SET purge = 1 WHERE source = 'person'")
  }
}
