// Names that change: the old one is retired, the new one belongs to the same person from then on.
import GRDB
import Model

extension Application {
  /// Retires what a change made void.
  ///
  /// The provider's message about the change came before and has linked the new name. Somebody else
  /// may get the old one later, so a replay must find its work done and take nothing from them.
  func apply(_ change: IdentityChange, channel: ChannelAccount) throws {
    let names = change.fresh + change.person
    guard let person = try known(names, channel: channel, at: change.at),
      let lead = try currentLead(person: person)
    else { return }
    var isNews = change.kind == .securityCode
    for old in change.retired {
      guard let row = try find(old, channel: channel, at: change.at) else { continue }
      // The same number as another country's rules spell it: the name stays, as it is written now.
      if let fresh = change.fresh.first(where: { $0.isSame(as: old) }) {
        isNews = try respell(row.id, as: fresh) || isNews
        continue
      }
      try database.execute(
        sql: "UPDATE identity SET retired_at = ? WHERE id = ? AND retired_at IS NULL",
        arguments: [change.at.milliseconds, row.id]
      )
      guard database.changesCount > 0 else { continue }
      isNews = true
      try redirect(row.id, to: change.fresh, of: row.person, channel: channel)
    }
    guard isNews else { return }
    try note(change, lead: lead, gym: channel.gym)
  }

  private func respell(_ row: Int64, as name: Identity) throws -> Bool {
    try database.execute(
      sql: """
        UPDATE OR IGNORE identity SET value = ? WHERE id = ? AND value <> ? AND retired_at IS NULL
        """,
      arguments: [name.value, row, name.value]
    )
    return database.changesCount > 0
  }

  /// Replies go to the new name, and so does what waits to be sent.
  private func redirect(
    _ old: Int64,
    to fresh: [Identity],
    of person: Int64,
    channel: ChannelAccount
  ) throws {
    for name in fresh {
      guard let row = try find(name, channel: channel, at: now), row.person == person else {
        continue
      }
      return try database.execute(
        sql: "UPDATE thread SET reply_identity_id = ?, rev = ? WHERE reply_identity_id = ?",
        arguments: [row.id, rev, old]
      )
    }
  }

  private func note(_ change: IdentityChange, lead: Int64, gym: GymID) throws {
    let verb = change.kind == .securityCode ? "security_code_changed" : "identity_changed"
    let known = try Bool.fetchOne(
      database,
      sql: "SELECT 1 FROM activity WHERE lead_id = ? AND verb = ? AND at = ?",
      arguments: [lead, verb, change.at.milliseconds]
    )
    guard known == nil else { return }
    try database.touch(LeadID(lead), rev: rev)
    try database.record(
      .system,
      lead: LeadID(lead),
      gym: gym.rawValue,
      verb: verb,
      before: change.retired.first?.shown,
      after: change.fresh.first?.shown,
      at: change.at
    )
  }
}

extension Identity {
  /// Another spelling of the same number.
  fileprivate func isSame(as other: Identity) -> Bool {
    kind == other.kind && !Set(spellings).isDisjoint(with: other.spellings)
  }

  /// As a person reads it in the history.
  var shown: String { kind == .phone ? "+" + value : value }
}
