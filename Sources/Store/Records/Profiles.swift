// People whose webhooks carry no name: who they are has to be asked for, once.
import GRDB
import Model

/// Somebody known by an id only.
package struct NamelessPerson: Equatable, Sendable {
  package var person: PersonID
  package var channel: String
  /// The provider's id for them.
  package var id: String
}

extension LeadStore {
  /// People without a name whose profile has not been asked for, oldest first.
  package func nameless(limit: Int) throws -> [NamelessPerson] {
    try read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT person.id, identity.scope, identity.value
            FROM person JOIN identity ON identity.person_id = person.id
            WHERE person.name_source = 'identity' AND person.profile_asked_at IS NULL
              AND identity.kind IN ('igsid', 'psid') AND identity.retired_at IS NULL
            ORDER BY person.id LIMIT ?
            """
        ),
        arguments: [limit]
      ).map { NamelessPerson(person: PersonID($0[0]), channel: $0[1], id: $0[2]) }
    }
  }

  /// Keeps what the provider said of a person; nil for nothing.
  ///
  /// They are not asked for again.
  ///
  /// A name that staff typed or a webhook brought in the meantime stays.
  package func keepProfile(_ person: NamelessPerson, name: String?, username: String?) throws {
    let now = clock.now().milliseconds
    try write { database, rev in
      let shown = name ?? username.map { "@" + $0 }
      try database.execute(
        sql: """
          UPDATE person SET profile_asked_at = ?,
            name = CASE WHEN name_source = 'identity' THEN ifnull(?, name) ELSE name END,
            name_source = CASE WHEN name_source = 'identity' AND ? IS NOT NULL
              THEN 'profile' ELSE name_source END
          WHERE id = ?
          """,
        arguments: [now, shown, name, person.person.rawValue]
      )
      if let username {
        try database.execute(
          sql: """
            INSERT INTO identity
              (gym_id, person_id, scope, kind, value, first_seen_at, last_seen_at)
            SELECT gym_id, id, ?, 'username', ?, ?, ? FROM person
            WHERE id = ? AND NOT EXISTS (SELECT 1 FROM identity AS known
              WHERE known.person_id = person.id AND known.kind = 'username'
                AND known.scope = ? AND known.retired_at IS NULL)
            """,
          arguments: [person.channel, username, now, now, person.person.rawValue, person.channel]
        )
      }
      try database.execute(
        sql: "UPDATE lead SET rev = ? WHERE person_id = ?",
        arguments: [rev, person.person.rawValue]
      )
    }
  }
}
