// Why channels send nothing now, shared by all processes. The worker writes what sends are told, the
// applying of events what account notices say; screens, `doctor` and the worker read it.
import GRDB
import Model

extension LeadStore {
  /// Every reason that stands now, by channel.
  package func channelTroubles(_ scope: Scope = .everything) throws -> [ChannelTrouble] {
    let now = clock.now()
    return try read { database in
      let request: SQLRequest<Row> = """
        SELECT channel_state.channel_id, channel.kind, channel_state.cause, channel_state.code,
          channel_state.reason, channel_state.since, channel_state.until
        FROM channel_state JOIN channel ON channel.id = channel_state.channel_id
        WHERE (channel_state.until IS NULL OR channel_state.until > \(now.milliseconds))
          AND \(scope.gyms("channel"))
        """
      return try request.fetchAll(database).compactMap(ChannelTrouble.init(row:))
    }
  }

  /// Notes why a channel rests; one that stands keeps its beginning.
  package func note(_ trouble: ChannelTrouble) throws {
    try write { database, rev in try database.note(trouble, rev: rev) }
  }

  /// A channel's reasons of these sorts are over; true when there were any.
  @discardableResult
  package func clear(_ causes: Set<ChannelTrouble.Cause>, channel: String) throws -> Bool {
    let isTroubled = try read { try $0.isTroubled(channel, causes) }
    guard isTroubled else { return false }
    return try write { database, _ in try database.clear(causes, channel: channel) }
  }
}

extension Database {
  /// As `LeadStore.note`, in the caller's transaction.
  ///
  /// A hold that has run out begins anew.
  func note(_ trouble: ChannelTrouble, rev: Int64) throws {
    try cachedStatement(
      sql: """
        INSERT INTO channel_state (channel_id, cause, code, reason, since, until, rev)
        SELECT id, ?, ?, ?, ?, ?, ? FROM channel WHERE id = ?
        ON CONFLICT DO UPDATE SET code = excluded.code, reason = excluded.reason,
          since = CASE WHEN until <= excluded.since THEN excluded.since ELSE since END,
          until = excluded.until, rev = excluded.rev
        """
    ).execute(arguments: [
      trouble.cause.rawValue, trouble.code, trouble.reason, trouble.since.milliseconds,
      trouble.until?.milliseconds, rev, trouble.channel,
    ])
  }

  /// As `LeadStore.clear`, in the caller's transaction.
  func clear(_ causes: Set<ChannelTrouble.Cause>, channel: String) throws -> Bool {
    var found = false
    for cause in causes {
      try cachedStatement(sql: "DELETE FROM channel_state WHERE channel_id = ? AND cause = ?")
        .execute(arguments: [channel, cause.rawValue])
      found = found || changesCount > 0
    }
    return found
  }

  fileprivate func isTroubled(
    _ channel: String,
    _ causes: Set<ChannelTrouble.Cause>
  ) throws -> Bool {
    try String.fetchAll(
      cachedStatement(sql: "SELECT cause FROM channel_state WHERE channel_id = ?"),
      arguments: [channel]
    ).contains { ChannelTrouble.Cause(rawValue: $0).map(causes.contains) ?? false }
  }
}

extension ChannelTrouble {
  init?(row: Row) {
    guard let cause = Cause(rawValue: row[2]) else { return nil }
    let until: Int64? = row[6]
    self.init(
      channel: row[0],
      kind: ChannelKind(rawValue: row[1]) ?? .whatsapp,
      cause: cause,
      code: row[3],
      reason: row[4],
      since: Timestamp(milliseconds: row[5]),
      until: until.map(Timestamp.init(milliseconds:))
    )
  }
}
