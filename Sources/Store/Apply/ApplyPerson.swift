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
    var name = ""
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
        owner = Found(
          person: row.person,
          identity: row.id,
          isNew: false,
          merge: row.merge,
          name: row.name
        )
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
    if !found.isNew && found.name != profileName { try rename(found.person, to: profileName) }
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
        SELECT id, person_id, last_seen_at, first_seen_at, merge_id,
          (SELECT name FROM person WHERE person.id = person_id) FROM identity
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
        SELECT id, person_id, last_seen_at, first_seen_at, merge_id,
          (SELECT name FROM person WHERE person.id = person_id) FROM identity
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
    try database.cachedStatement(
      sql: "INSERT INTO person (gym_id, name, name_source, created_at) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [
      channel.gym.rawValue, name, profileName == nil ? "identity" : "profile", time.milliseconds,
    ])
    return Found(person: database.lastInsertedRowID, identity: 0, isNew: true)
  }

  func link(
    _ identity: Identity,
    to person: Int64,
    channel: ChannelAccount,
    at time: Timestamp
  ) throws -> Int64 {
    try database.cachedStatement(
      sql: """
        INSERT INTO identity (gym_id, person_id, scope, kind, value, first_seen_at, last_seen_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      channel.gym.rawValue, person, identity.scope(in: channel), identity.kind.rawValue,
      identity.value, time.milliseconds, time.milliseconds,
    ])
    return database.lastInsertedRowID
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
    if let lead = batch.leads[person] { return lead }
    return try database.lead(ofPerson: person)
  }

  /// The person's lead, made in the gym's first stage when there is none.
  ///
  /// `opening` is what a new lead's first message leaves: thread and words.
  mutating func lead(
    person: Int64,
    touch: Touch?,
    channel: ChannelAccount,
    at time: Timestamp,
    opening: (thread: Int64, text: String)? = nil
  ) throws -> Int64 {
    if let lead = try currentLead(person: person) {
      batch.leads[person] = lead
      if let touch { try keepTouch(touch, lead: lead) }
      return lead
    }
    let first = touch ?? Touch(kind: channel.kind.rawValue, headline: nil, url: nil, at: time)
    let stage = try firstStage(gym: channel.gym)
    let isOpening = opening != nil
    try database.cachedStatement(
      sql: """
        INSERT INTO lead (gym_id, person_id, stage_id, created_at,
          first_touch_kind, first_touch_headline, first_touch_url, first_touch_at,
          last_touch_kind, last_touch_headline, last_touch_url, last_touch_at,
          channel_kind, last_message_at, rev, thread_id, preview, waiting_since, inbound_count)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?5, ?6, ?7, ?8, ?9, ?4, ?10, ?11,
          substr(?12, 1, 160), ?13, ?14)
        """
    ).execute(arguments: [
      channel.gym.rawValue, person, stage, time.milliseconds, first.kind, first.headline,
      first.url, first.at.milliseconds, channel.kind.rawValue, rev, opening?.thread,
      opening?.text ?? "", isOpening ? time.milliseconds : nil, isOpening ? 1 : 0,
    ])
    let id = database.lastInsertedRowID
    try database.record(
      .system,
      lead: LeadID(id),
      gym: channel.gym.rawValue,
      verb: "created",
      after: channel.kind.title,
      at: time
    )
    batch.leads[person] = id
    return id
  }

  /// The newest touch stands beside the first.
  ///
  /// The first stays for ever, but for one that was earlier and arrived late: an ad's message may be
  /// overtaken by the next one, which only says which channel it came by.
  private func keepTouch(_ touch: Touch, lead: Int64) throws {
    let arguments: StatementArguments = [
      touch.kind, touch.headline, touch.url, touch.at.milliseconds, lead,
    ]
    try database.cachedStatement(
      sql: """
        UPDATE lead SET first_touch_kind = ?1, first_touch_headline = ?2, first_touch_url = ?3,
          first_touch_at = ?4
        WHERE id = ?5 AND (first_touch_at > ?4 OR first_touch_at = ?4
          AND first_touch_kind IN ('whatsapp', 'instagram', 'messenger'))
        """
    ).execute(arguments: arguments)
    try database.cachedStatement(
      sql: """
        UPDATE lead SET last_touch_kind = ?1, last_touch_headline = ?2, last_touch_url = ?3,
          last_touch_at = ?4
        WHERE id = ?5 AND (last_touch_at < ?4 OR last_touch_at = ?4
          AND last_touch_kind IN ('whatsapp', 'instagram', 'messenger'))
        """
    ).execute(arguments: arguments)
  }

  /// The conversation of a person on a channel, made when it is new.
  mutating func thread(_ found: Found, channel: ChannelAccount) throws -> Int64 {
    let key = KnownPeople.ThreadKey(person: found.person, channel: channel.id)
    if let thread = batch.threads[key] { return thread }
    let thread = try findThread(found, channel: channel)
    batch.threads[key] = thread
    return thread
  }

  private func findThread(_ found: Found, channel: ChannelAccount) throws -> Int64 {
    let known =
      found.isNew
      ? nil
      : try Int64.fetchOne(
        database.cachedStatement(
          sql: "SELECT id FROM thread WHERE person_id = ? AND channel_id = ?"
        ),
        arguments: [found.person, channel.id]
      )
    if let known { return known }
    try database.cachedStatement(
      sql: """
        INSERT INTO thread (gym_id, person_id, channel_id, reply_identity_id, rev)
        VALUES (?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      channel.gym.rawValue, found.person, channel.id,
      found.identity == 0 ? nil : found.identity, rev,
    ])
    return database.lastInsertedRowID
  }
}
