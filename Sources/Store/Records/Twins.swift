// Leads that may be the same person: conflicts of names that nobody has decided yet.
import GRDB
import Model

extension LeadStore {
  /// Says that two leads are two people, so that the suggestion is gone from both, or takes that back;
  /// false when it was so already.
  @discardableResult
  package func setTwoPeople(
    _ lead: LeadID,
    _ other: LeadID,
    _ areTwo: Bool,
    by actor: Actor
  ) throws -> Bool {
    let now = clock.now()
    return try write { database, rev in
      let gym = try database.gym(of: lead)
      try database.execute(
        sql: """
          UPDATE identity_conflict SET dismissed_at = ?
          WHERE (dismissed_at IS NULL) = ? AND EXISTS (
            SELECT 1 FROM lead AS a, lead AS b WHERE a.id = ? AND b.id = ?
              AND ((identity_conflict.person_id = a.person_id AND other_id = b.person_id)
                OR (identity_conflict.person_id = b.person_id AND other_id = a.person_id)))
          """,
        arguments: [areTwo ? now.milliseconds : nil, areTwo, lead.rawValue, other.rawValue]
      )
      guard database.changesCount > 0 else { return false }
      for id in [lead, other] { try database.touch(id, rev: rev) }
      try database.record(
        actor,
        lead: lead,
        gym: gym,
        verb: areTwo ? "two_people" : "perhaps_one_person",
        after: other.description,
        at: now
      )
      return true
    }
  }
}

extension Database {
  /// Each other person once, by the lead that stands for them.
  func twins(of person: Int64) throws -> [PossibleTwin] {
    try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT lead.id, person.name, min(conflict.reason)
          FROM (
            SELECT other_id AS id, reason FROM identity_conflict
            WHERE person_id = :person AND dismissed_at IS NULL
            UNION ALL SELECT person_id, reason FROM identity_conflict
            WHERE other_id = :person AND dismissed_at IS NULL
          ) AS conflict
          JOIN person ON person.id = conflict.id AND person.erased_at IS NULL
          JOIN lead ON lead.id = (
            SELECT id FROM lead WHERE person_id = conflict.id ORDER BY is_open DESC, id DESC LIMIT 1)
          GROUP BY lead.id ORDER BY lead.id
          """
      ),
      arguments: ["person": person]
    ).map { PossibleTwin(lead: LeadID($0[0]), name: $0[1], reason: $0[2]) }
  }
}
