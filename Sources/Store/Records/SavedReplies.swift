// Changing the gym's saved replies. Reading them is in Gyms.swift.
import GRDB
import Model

/// A saved reply with its place in the list, as undo keeps it.
package struct KeptReply: Equatable, Sendable {
  package var template: Template
  package var position: Int64
}

extension LeadStore {
  /// Makes a saved reply, or changes the one that `id` names; returns it as it was and as it is.
  @discardableResult
  package func saveTemplate(
    _ id: TemplateID?,
    gym: GymID,
    name: String,
    body: String,
    by actor: Actor
  ) throws -> (before: KeptReply?, after: KeptReply?) {
    let now = clock.now()
    return try write { database, rev in
      let before = try id.flatMap { try database.reply($0) }
      var saved = id
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
        saved = TemplateID(database.lastInsertedRowID)
      }
      let verb = id == nil ? "reply_created" : "reply_changed"
      try database.recordAudit(actor, verb: verb, after: name, at: now)
      return (before, try saved.flatMap { try database.reply($0) })
    }
  }

  /// Returns what was deleted.
  @discardableResult
  package func deleteTemplate(_ id: TemplateID, by actor: Actor) throws -> KeptReply? {
    let now = clock.now()
    return try write { database, _ in
      let reply = try database.reply(id)
      try database.execute(sql: "DELETE FROM template WHERE id = ?", arguments: [id.rawValue])
      try database.recordAudit(actor, verb: "reply_deleted", after: reply?.template.name, at: now)
      return reply
    }
  }

  /// Puts a saved reply from one state to another, nil being its absence; false, and nothing done, when
  /// somebody has changed it since, or its name is another's now.
  package func setReply(
    from expected: KeptReply?,
    to wanted: KeptReply?,
    by actor: Actor
  ) throws -> Bool {
    guard let id = (expected ?? wanted)?.template.id else { return false }
    let now = clock.now()
    return try write { database, rev in
      guard try database.reply(id) == expected else { return false }
      if let wanted {
        let template = wanted.template
        let other = try Int64.fetchOne(
          database,
          sql: "SELECT id FROM template WHERE gym_id = ? AND name = ? AND id <> ?",
          arguments: [template.gym.rawValue, template.name, id.rawValue]
        )
        guard other == nil else { return false }
        try database.execute(
          sql: """
            INSERT INTO template (id, gym_id, name, body, position, rev) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body,
              position = excluded.position, rev = excluded.rev
            """,
          arguments: [
            id.rawValue, template.gym.rawValue, template.name, template.body, wanted.position, rev,
          ]
        )
      } else {
        try database.execute(sql: "DELETE FROM template WHERE id = ?", arguments: [id.rawValue])
      }
      let verb =
        wanted == nil ? "reply_deleted" : expected == nil ? "reply_created" : "reply_changed"
      let name = (wanted ?? expected)?.template.name
      try database.recordAudit(actor, verb: verb, after: name, at: now)
      return true
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

extension Database {
  fileprivate func reply(_ id: TemplateID) throws -> KeptReply? {
    try Row.fetchOne(
      self,
      sql: "SELECT gym_id, name, body, position FROM template WHERE id = ?",
      arguments: [id.rawValue]
    ).map { row in
      KeptReply(
        template: Template(id: id, gym: GymID(row[0]), name: row[1], body: row[2]),
        position: row[3]
      )
    }
  }
}
