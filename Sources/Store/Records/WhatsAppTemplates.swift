// WhatsApp's templates as the last sync and the webhooks since have left them. The worker writes them, the
// picker, the gate and the command line read them.
import GRDB
import Model

extension LeadStore {
  /// Every template of the accounts that the scope's channels belong to, by name and language.
  package func whatsAppTemplates(_ scope: Scope = .everything) throws -> [WhatsAppTemplate] {
    try read { database in
      let request: SQLRequest<Row> = """
        SELECT \(sql: WhatsAppTemplate.columns) FROM whatsapp_template
        WHERE status <> 'DELETED' AND account IN (
          SELECT business_account FROM channel WHERE \(scope.gyms("channel")))
        ORDER BY name, language
        """
      return try request.fetchAll(database).map(WhatsAppTemplate.init(row:))
    }
  }

  /// The template that a message from `channel` names; nil when there is none.
  package func whatsAppTemplate(
    _ name: String,
    language: String,
    channel: String
  ) throws -> WhatsAppTemplate? {
    try read { database in
      try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT \(WhatsAppTemplate.columns) FROM whatsapp_template
            WHERE account = (SELECT business_account FROM channel WHERE id = ?)
              AND name = ? AND language = ? AND status <> 'DELETED'
            """
        ),
        arguments: [channel, name, language]
      ).map(WhatsAppTemplate.init(row:))
    }
  }

  /// Puts what an account has now in the place of what was known; returns how many there are.
  package func replaceTemplates(
    _ templates: [WhatsAppTemplate],
    account: String
  ) throws -> Int {
    let now = clock.now()
    let known = try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT \(WhatsAppTemplate.columns) FROM whatsapp_template WHERE account = ?",
        arguments: [account]
      ).map(WhatsAppTemplate.init(row:))
    }
    // What nothing has happened to wakes no screen.
    guard !known.elementsEqual(templates, by: { $0.isSame(as: $1) }) else {
      try writeQuietly { try $0.noteSync(of: account, at: now) }
      return templates.count
    }
    return try write { database, rev in
      try database.execute(
        sql: "UPDATE whatsapp_template SET status = 'DELETED', rev = ? WHERE account = ?",
        arguments: [rev, account]
      )
      for template in templates { try database.keep(template, at: now, rev: rev) }
      try database.noteSync(of: account, at: now)
      return templates.count
    }
  }

  /// What the account has answered to a creation or a change.
  package func keepTemplate(_ template: WhatsAppTemplate) throws {
    let now = clock.now()
    try write { database, rev in try database.keep(template, at: now, rev: rev) }
  }

  package func forgetTemplate(_ name: String, language: String?, account: String) throws {
    try write { database, rev in
      try database.execute(
        sql: """
          UPDATE whatsapp_template SET status = 'DELETED', rev = ?
          WHERE account = ? AND name = ? AND (? IS NULL OR language = ?)
          """,
        arguments: [rev, account, name, language, language]
      )
    }
  }

  /// Somebody wants the templates read anew: `:templates sync`, a send that named a stale one.
  package func wantTemplates() throws {
    let now = clock.now()
    try write { database, _ in try database.wantTemplates(at: now) }
  }

  /// When an account's templates were last read, and when somebody last asked for it.
  package func templateSync(
    of account: String
  ) throws -> (syncedAt: Timestamp?, wantedAt: Timestamp?) {
    try read { database in
      func time(_ key: String) throws -> Timestamp? {
        try database.setting(key).flatMap { Int64($0) }.map(Timestamp.init(milliseconds:))
      }
      return (try time("templates.synced_at." + account), try time("templates.wanted_at"))
    }
  }
}

extension Database {
  fileprivate func noteSync(of account: String, at now: Timestamp) throws {
    try setSetting("templates.synced_at." + account, to: String(now.milliseconds))
    try execute(
      sql: "UPDATE whatsapp_template SET synced_at = ? WHERE account = ? AND status <> 'DELETED'",
      arguments: [now.milliseconds, account]
    )
  }

  fileprivate func keep(_ template: WhatsAppTemplate, at now: Timestamp, rev: Int64) throws {
    try cachedStatement(
      sql: """
        INSERT INTO whatsapp_template (account, provider_id, name, language, category, status,
          quality, reason, format, components, changed_at, synced_at, rev)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET provider_id = excluded.provider_id,
          category = excluded.category, status = excluded.status, quality = excluded.quality,
          reason = CASE WHEN excluded.status = 'APPROVED' THEN NULL
            ELSE ifnull(excluded.reason, reason) END,
          format = excluded.format, components = excluded.components,
          changed_at = excluded.changed_at, synced_at = excluded.synced_at, rev = excluded.rev
        """
    ).execute(arguments: [
      template.account, template.providerID, template.name, template.language,
      template.category.rawValue, template.status.rawValue, template.quality, template.reason,
      template.components.isNamed ? "NAMED" : "POSITIONAL", template.components.json().encoded(),
      now.milliseconds, now.milliseconds, rev,
    ])
  }
}

extension WhatsAppTemplate {
  static let columns = """
    id, account, provider_id, name, language, category, status, quality, reason, format, components,
    synced_at
    """

  init(row: Row) {
    let json = (try? JSONValue.parse(row[10] as String)) ?? .null
    self.init(
      id: row[0],
      account: row[1],
      providerID: row[2],
      name: row[3],
      language: row[4],
      category: Category(word: row[5]),
      status: Status(word: row[6]),
      quality: row[7],
      reason: row[8],
      components: TemplateComponents(json: json, format: row[9]),
      syncedAt: Timestamp(milliseconds: row[11])
    )
  }

  /// Alike but for where and when it was kept.
  fileprivate func isSame(as other: WhatsAppTemplate) -> Bool {
    providerID == other.providerID && name == other.name && language == other.language
      && category == other.category && status == other.status && quality == other.quality
      && components == other.components
  }
}
