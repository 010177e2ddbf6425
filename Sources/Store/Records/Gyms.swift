// Gyms, their channels, stages and saved replies. Made from the config and edited by admins.
import GRDB
import Model

extension LeadStore {
  /// What a new gym starts with.
  package struct GymDefaults: Sendable {
    package var stages: [(name: String, kind: Stage.Kind)]
    package var templates: [(name: String, body: String)]

    package init(
      stages: [(name: String, kind: Stage.Kind)],
      templates: [(name: String, body: String)]
    ) {
      self.stages = stages
      self.templates = templates
    }
  }

  /// The gym with this slug, or else this name; made with `defaults` when there is none.
  ///
  /// A gym that was renamed in the app keeps its slug, so the config's entry still finds it.
  package func ensureGym(
    slug: String,
    name: String,
    zone: String,
    country: String?,
    defaults: GymDefaults
  ) throws -> Gym {
    if let known = try gym(named: slug) ?? gym(named: name) { return known }
    let now = clock.now()
    return try write { database, rev in
      let id =
        try Int64.fetchOne(
          database,
          sql: """
            INSERT INTO gym (slug, name, zone, country, created_at, rev) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET rev = excluded.rev RETURNING id
            """,
          arguments: [slug, name, zone, country, now.milliseconds, rev]
        ) ?? 0
      for (position, stage) in defaults.stages.enumerated() {
        try database.execute(
          sql: """
            INSERT INTO stage (gym_id, name, kind, position, rev) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
          arguments: [id, stage.name, stage.kind.rawValue, position, rev]
        )
      }
      for (position, template) in defaults.templates.enumerated() {
        try database.execute(
          sql: """
            INSERT INTO template (gym_id, name, body, position, rev) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
          arguments: [id, template.name, template.body, position, rev]
        )
      }
      return Gym(id: GymID(id), slug: slug, name: name, zone: zone, country: country)
    }
  }

  /// A gym by its slug or its name.
  package func gym(named name: String) throws -> Gym? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT id, slug, name, zone, country FROM gym WHERE slug = ? OR name = ?
          ORDER BY slug = ? DESC LIMIT 1
          """,
        arguments: [name, name, name]
      ).map(Gym.init(row:))
    }
  }

  package func gyms(_ scope: Scope) throws -> [Gym] {
    try read { database in
      let condition: SQL =
        switch scope.reach {
        case .everything: "1"
        case .gym(let gym), .own(let gym, _): "id = \(gym.rawValue)"
        }
      let request: SQLRequest<Row> =
        "SELECT id, slug, name, zone, country FROM gym WHERE \(condition) ORDER BY id"
      return try request.fetchAll(database).map(Gym.init(row:))
    }
  }

  /// Records what the config says of a channel.
  package func ensureChannel(_ channel: ChannelAccount) throws {
    let same = try channels().contains(channel)
    guard !same else { return }
    try write { database, _ in
      try database.giveUpAccount(for: channel)
      try database.execute(
        sql: """
          INSERT INTO channel (id, kind, gym_id, account, business_account) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE
          SET kind = excluded.kind, gym_id = excluded.gym_id, account = excluded.account,
            business_account = excluded.business_account
          """,
        arguments: [
          channel.id, channel.kind.rawValue, channel.gym.rawValue, channel.account,
          channel.businessAccount,
        ]
      )
      _ = try database.replayUnknownAccounts()
    }
  }

  package func channels() throws -> [ChannelAccount] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT id, kind, gym_id, account, business_account FROM channel ORDER BY id"
      ).compactMap { row in
        ChannelKind(rawValue: row[1]).map {
          ChannelAccount(
            id: row[0],
            kind: $0,
            gym: GymID(row[2]),
            account: row[3],
            businessAccount: row[4]
          )
        }
      }
    }
  }

  /// The gym's stages in their order.
  package func stages(_ scope: Scope) throws -> [Stage] {
    try read { database in
      let request: SQLRequest<Row> = """
        SELECT id, gym_id, name, kind, position FROM stage
        WHERE \(scope.gyms("stage")) ORDER BY gym_id, position
        """
      return try request.fetchAll(database).map { row in
        Stage(
          id: StageID(row[0]),
          gym: GymID(row[1]),
          name: row[2],
          kind: Stage.Kind(rawValue: row[3]) ?? .open,
          position: row[4]
        )
      }
    }
  }

  package func templates(_ scope: Scope) throws -> [Template] {
    try read { database in
      let request: SQLRequest<Row> = """
        SELECT id, gym_id, name, body FROM template
        WHERE \(scope.gyms("template")) ORDER BY gym_id, position
        """
      return try request.fetchAll(database).map { row in
        Template(id: TemplateID(row[0]), gym: GymID(row[1]), name: row[2], body: row[3])
      }
    }
  }
}

extension Database {
  /// Makes way for the config's word that `channel` has this account: another channel that had it
  /// becomes this one under its new id, or, when both are there, loses the account.
  fileprivate func giveUpAccount(for channel: ChannelAccount) throws {
    let holder = try String.fetchOne(
      self,
      sql: "SELECT id FROM channel WHERE kind = ? AND account = ? AND id <> ?",
      arguments: [channel.kind.rawValue, channel.account, channel.id]
    )
    guard let holder else { return }
    let isKnown = try Bool.fetchOne(
      self,
      sql: "SELECT 1 FROM channel WHERE id = ?",
      arguments: [channel.id]
    )
    guard isKnown == nil else {
      // No provider's id has a blank in it, so this can't be anybody's.
      return try execute(
        sql: "UPDATE channel SET account = account || ' of ' || id WHERE id = ?",
        arguments: [holder]
      )
    }
    try execute(sql: "PRAGMA defer_foreign_keys = ON")
    for (table, column) in [
      ("channel", "id"), ("thread", "channel_id"), ("message", "channel_id"),
      ("early_receipt", "channel_id"), ("identity", "scope"),
    ] {
      try execute(
        sql: "UPDATE \(table) SET \(column) = ? WHERE \(column) = ?",
        arguments: [channel.id, holder]
      )
    }
  }
}

extension Gym {
  init(row: Row) {
    self.init(id: GymID(row[0]), slug: row[1], name: row[2], zone: row[3], country: row[4])
  }
}
