// Changing the gym's saved replies. Reading them is in Gyms.swift.
import GRDB
import Model

extension LeadStore {
  /// Makes a saved reply, or changes the one that `id` names.
  package func saveTemplate(
    _ id: TemplateID?,
    gym: GymID,
    name: String,
    body: String,
    by actor: Actor
  ) throws {
    let now = clock.now()
    try write { database, rev in
      if let id {
        try database.execute(
          sql: "UPDATE template SET name = ?, body = ?, rev = ? WHERE id = ?",
          arguments: [name, body, rev, id.rawValue]
        )
      } else {
        try database.execute(
          sql: """
            INSERT INTO template (gym_id, name, body, position, rev)
            SELECT ?, ?, ?, ifnull(max(position), 0) + 1, ? FROM template WHERE gym_id = ?
            """,
          arguments: [gym.rawValue, name, body, rev, gym.rawValue]
        )
      }
      let verb = id == nil ? "reply_created" : "reply_changed"
      try database.recordAudit(actor, verb: verb, after: name, at: now)
    }
  }

  package func deleteTemplate(_ id: TemplateID, by actor: Actor) throws {
    let now = clock.now()
    try write { database, _ in
      let name = try String.fetchOne(
        database,
        sql: "DELETE FROM template WHERE id = ? RETURNING name",
        arguments: [id.rawValue]
      )
      try database.recordAudit(actor, verb: "reply_deleted", after: name, at: now)
    }
  }

  /// Notes what somebody did that is about no lead.
  package func audit(_ verb: String, _ subject: String, by actor: Actor) throws {
    let now = clock.now()
    try write { database, _ in
      try database.recordAudit(actor, verb: verb, after: subject, at: now)
    }
  }
}
