// Finds whom a payload speaks of, by any of the names it shows, and makes the person, lead and
// thread when they are new.
import GRDB
import Model

extension Application {
  /// A person and the row of the name the payload led with.
  struct Found {
    var person: Int64
    var identity: Int64
    var isNew: Bool
    /// The merge that brought this name to the person.
    var merge: Int64?
  }

  /// The person with one of `identities`; made when nobody has any.
  ///
  /// Names that belong to different people are a conflict: the most stable one wins, the history
  /// says so, and nobody is merged.
  func person(
    _ identities: [Identity],
    profileName: String?,
    channel: ChannelAccount,
    at time: Timestamp
  ) throws -> Found {
    let keys = identities.filter { $0.kind != .username && !$0.value.isEmpty }
    var owner: Found?
    var strangers: [Identity] = []
    var others: [(name: Identity, person: Int64)] = []
    for key in keys {
      guard let row = try find(key, channel: channel, at: time) else {
        strangers.append(key)
        continue
      }
      if owner == nil {
        owner = Found(person: row.person, identity: row.id, isNew: false, merge: row.merge)
      } else if owner?.person != row.person {
        others.append((key, row.person))
      }
      try seen(row, at: time)
    }
    var found: Found
    if let owner {
      found = owner
    } else {
      found = try makePerson(identities, profileName: profileName, channel: channel, at: time)
    }
    for key in strangers {
      let id = try link(key, to: found.person, channel: channel, at: time)
      if found.identity == 0 { found.identity = id }
      if let merge = found.merge {
        try database.markMerged("identity", row: id, merge: merge)
      }
    }
    try keepUsername(identities, person: found.person, channel: channel, at: time)
    if !found.isNew { try rename(found.person, to: profileName) }
    if !others.isEmpty { try recordConflict(others, person: found.person, channel: channel) }
    return found
  }

  /// The person with one of `identities`, if there is one.
  func known(
    _ identities: [Identity],
    channel: ChannelAccount,
    at time: Timestamp? = nil
  ) throws -> Int64? {
    for key in identities where key.kind != .username && !key.value.isEmpty {
      if let row = try find(key, channel: channel, at: time ?? now) { return row.person }
    }
    return nil
  }

  /// A name's row, and whose it was at `time`: an active one, or for what comes late the one that
  /// was retired since.
  func find(
    _ identity: Identity,
    channel: ChannelAccount,
    at time: Timestamp
  ) throws -> IdentityRow? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT id, person_id, last_seen_at, first_seen_at, merge_id FROM identity
        WHERE gym_id = ? AND scope = ? AND kind = ? AND value = ? AND retired_at IS NULL
          AND kind <> 'username'
        """
    )
    let scope = identity.scope(in: channel)
    var active: IdentityRow?
    for value in identity.spellings where active == nil {
      active = try Row.fetchOne(
        statement,
        arguments: [channel.gym.rawValue, scope, identity.kind.rawValue, value]
      ).map(IdentityRow.init(row:))
    }
    if let active, active.firstSeen <= time.milliseconds { return active }
    return try retired(identity, scope: scope, gym: channel.gym, at: time) ?? active
  }

  /// The name as it was before it was retired.
  private func retired(
    _ identity: Identity,
    scope: String,
    gym: GymID,
    at time: Timestamp
  ) throws -> IdentityRow? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT id, person_id, last_seen_at, first_seen_at, merge_id FROM identity
        WHERE gym_id = ? AND scope = ? AND kind = ? AND value = ? AND retired_at >= ?
          AND kind <> 'username'
        ORDER BY retired_at LIMIT 1
        """
    )
    for value in identity.spellings {
      let row = try Row.fetchOne(
        statement,
        arguments: [gym.rawValue, scope, identity.kind.rawValue, value, time.milliseconds]
      )
      if let row { return IdentityRow(row: row) }
    }
    return nil
  }

  /// An hour's grain is enough to choose the freshest name, and saves a write a message.
  private func seen(_ row: IdentityRow, at time: Timestamp) throws {
    guard time.milliseconds > row.lastSeen + .hour else { return }
    try database.cachedStatement(sql: "UPDATE identity SET last_seen_at = ? WHERE id = ?")
      .execute(arguments: [time.milliseconds, row.id])
  }

  private func makePerson(
    _ identities: [Identity],
    profileName: String?,
    channel: ChannelAccount,
    at time: Timestamp
  ) throws -> Found {
    let name = profileName ?? identities.displayName
    let id = try Int64.fetchOne(
      database.cachedStatement(
        sql: """
          INSERT INTO person (gym_id, name, name_source, created_at) VALUES (?, ?, ?, ?)
          RETURNING id
          """
      ),
      arguments: [
        channel.gym.rawValue, name, profileName == nil ? "identity" : "profile",
        time.milliseconds,
      ]
    )
    return Found(person: id ?? 0, identity: 0, isNew: true)
  }

  func link(
    _ identity: Identity,
    to person: Int64,
    channel: ChannelAccount,
    at time: Timestamp
  ) throws -> Int64 {
    try Int64.fetchOne(
      database.cachedStatement(
        sql: """
          INSERT INTO identity
            (gym_id, person_id, scope, kind, value, first_seen_at, last_seen_at)
          VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
          """
      ),
      arguments: [
        channel.gym.rawValue, person, identity.scope(in: channel), identity.kind.rawValue,
        identity.value, time.milliseconds, time.milliseconds,
      ]
    ) ?? 0
  }

  /// A username can change at any time: the newest is shown, older ones are retired.
  private func keepUsername(
    _ identities: [Identity],
    person: Int64,
    channel: ChannelAccount,
    at time: Timestamp
  ) throws {
    guard let username = identities.first(where: { $0.kind == .username }) else { return }
    let known = try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT value, first_seen_at FROM identity
          WHERE person_id = ? AND kind = 'username' AND scope = ? AND retired_at IS NULL
          """
      ),
      arguments: [person, channel.id]
    )
    if let known {
      let value: String = known[0]
      let since: Int64 = known[1]
      // What arrives late speaks of a name they had before.
      guard value != username.value, time.milliseconds >= since else { return }
    }
    try database.execute(
      sql: """
        UPDATE identity SET retired_at = ?
        WHERE person_id = ? AND kind = 'username' AND scope = ? AND retired_at IS NULL
        """,
      arguments: [time.milliseconds, person, channel.id]
    )
    _ = try link(username, to: person, channel: channel, at: time)
  }

  private func rename(_ person: Int64, to profileName: String?) throws {
    guard let profileName, !profileName.isEmpty else { return }
    try database.cachedStatement(
      sql: """
        UPDATE person SET name = ?, name_source = 'profile'
        WHERE id = ? AND name_source <> 'staff' AND name <> ?
        """
    ).execute(arguments: [profileName, person, profileName])
  }

  /// The lead that stands for a person: the open one, else the newest.
  func currentLead(person: Int64) throws -> Int64? {
    try Int64.fetchOne(
      database.cachedStatement(
        sql: "SELECT id FROM lead WHERE person_id = ? ORDER BY is_open DESC, id DESC LIMIT 1"
      ),
      arguments: [person]
    )
  }

  /// The person's lead, made in the gym's first stage when there is none.
  mutating func lead(
    person: Int64,
    touch: Touch?,
    channel: ChannelAccount,
    at time: Timestamp
  ) throws -> Int64 {
    if let lead = try currentLead(person: person) {
      if let touch { try keepLastTouch(touch, lead: lead) }
      return lead
    }
    let first = touch ?? Touch(kind: channel.kind.rawValue, headline: nil, url: nil, at: time)
    let stage = try firstStage(gym: channel.gym)
    let id =
      try Int64.fetchOne(
        database.cachedStatement(
          sql: """
            INSERT INTO lead (gym_id, person_id, stage_id, created_at,
              first_touch_kind, first_touch_headline, first_touch_url, first_touch_at,
              last_touch_kind, last_touch_headline, last_touch_url, last_touch_at,
              channel_kind, last_message_at, rev)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """
        ),
        arguments: [
          channel.gym.rawValue, person, stage, time.milliseconds, first.kind, first.headline,
          first.url, first.at.milliseconds, first.kind, first.headline, first.url,
          first.at.milliseconds, channel.kind.rawValue, time.milliseconds, rev,
        ]
      ) ?? 0
    try database.record(
      .system,
      lead: LeadID(id),
      gym: channel.gym.rawValue,
      verb: "created",
      after: channel.kind.title,
      at: time
    )
    return id
  }

  private func keepLastTouch(_ touch: Touch, lead: Int64) throws {
    try database.execute(
      sql: """
        UPDATE lead SET last_touch_kind = ?, last_touch_headline = ?, last_touch_url = ?,
          last_touch_at = ? WHERE id = ? AND last_touch_at < ?
        """,
      arguments: [
        touch.kind, touch.headline, touch.url, touch.at.milliseconds, lead,
        touch.at.milliseconds,
      ]
    )
  }

  /// The conversation of a person on a channel, made when it is new.
  func thread(_ found: Found, channel: ChannelAccount) throws -> Int64 {
    let known = try Int64.fetchOne(
      database.cachedStatement(
        sql: "SELECT id FROM thread WHERE person_id = ? AND channel_id = ?"
      ),
      arguments: [found.person, channel.id]
    )
    if let known { return known }
    return try Int64.fetchOne(
      database.cachedStatement(
        sql: """
          INSERT INTO thread (gym_id, person_id, channel_id, reply_identity_id, rev)
          VALUES (?, ?, ?, ?, ?) RETURNING id
          """
      ),
      arguments: [
        channel.gym.rawValue, found.person, channel.id,
        found.identity == 0 ? nil : found.identity, rev,
      ]
    ) ?? 0
  }
}
