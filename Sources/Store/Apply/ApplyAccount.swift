// What a provider says of the gym's own account: kept for admins, and where it restricts or bans,
// the channels of the account rest.
import GRDB
import Model

extension Application {
  func apply(_ notice: AccountNotice, account: ProviderAccount) throws {
    let channels = try database.channels(of: account)
    try database.cachedStatement(
      sql: """
        INSERT INTO notice (gym_id, channel_id, account, kind, severity, title, detail, effect, at,
          journal_id, rev)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """
    ).execute(arguments: [
      channels.first?.gym.rawValue, channels.first?.id, account.id, notice.kind,
      notice.severity.rawValue, notice.title, notice.detail, notice.effect?.word,
      notice.at.milliseconds, journal, rev,
    ])
    // What is known already had its effect, which may have been lifted since.
    guard database.changesCount == 1, let effect = notice.effect,
      try !isOutdated(notice, account: account.id)
    else { return }
    for channel in channels { try carryOut(effect, notice, on: channel) }
  }

  /// A ban that arrives after its own lifting must not stop the channel again.
  private func isOutdated(_ notice: AccountNotice, account: String) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: "SELECT 1 FROM notice WHERE account = ? AND effect IS NOT NULL AND at > ? LIMIT 1",
      arguments: [account, notice.at.milliseconds]
    ) ?? false
  }

  private func carryOut(
    _ effect: AccountNotice.Effect,
    _ notice: AccountNotice,
    on channel: ChannelAccount
  ) throws {
    switch effect {
    case .resume: _ = try database.clear([.account], channel: channel.id)
    case .pause(let reason, let until):
      let trouble = ChannelTrouble(
        channel: channel.id,
        kind: channel.kind,
        cause: .account,
        reason: reason,
        since: notice.at,
        until: until
      )
      guard trouble.holds(at: now) else { return }
      try database.note(trouble, rev: rev)
    }
  }
}

extension Database {
  /// The channels of a provider's account: its own, or those below a business account.
  fileprivate func channels(of account: ProviderAccount) throws -> [ChannelAccount] {
    try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT id, gym_id, account FROM channel
          WHERE kind = ? AND (account = ? OR business_account = ?) ORDER BY id
          """
      ),
      arguments: [account.kind.rawValue, account.id, account.id]
    ).map {
      ChannelAccount(id: $0[0], kind: account.kind, gym: GymID($0[1]), account: $0[2])
    }
  }
}

extension AccountNotice.Effect {
  fileprivate var word: String {
    switch self {
    case .pause: "pause"
    case .resume: "resume"
    }
  }
}
