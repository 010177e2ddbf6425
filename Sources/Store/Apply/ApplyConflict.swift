// Names that point to different people: recorded for a human, never merged by itself.
import GRDB
import Model

extension Application {
  /// `names` were shown together with those of `person` and belong to others.
  func recordConflict(
    _ names: [(name: Identity, person: Int64)],
    person: Int64,
    channel: ChannelAccount
  ) throws {
    let words = names.map { "\($0.name.kind.rawValue) \($0.name.value)" }.joined(separator: ", ")
    for other in Set(names.map(\.person)) where other != person {
      try database.execute(
        sql: """
          INSERT INTO identity_conflict (gym_id, person_id, other_id, reason, at)
          VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """,
        arguments: [channel.gym.rawValue, person, other, words, now.milliseconds]
      )
      // The other one's screen shows it too.
      guard database.changesCount > 0, let lead = try currentLead(person: other) else { continue }
      try database.touch(LeadID(lead), rev: rev)
    }
    guard let lead = try currentLead(person: person) else { return }
    let known = try Bool.fetchOne(
      database,
      sql: """
        SELECT 1 FROM activity WHERE lead_id = ? AND verb = 'identity_conflict' AND after = ?
        """,
      arguments: [lead, words]
    )
    guard known == nil else { return }
    try database.record(
      .system,
      lead: LeadID(lead),
      gym: channel.gym.rawValue,
      verb: "identity_conflict",
      after: words,
      at: now
    )
  }
}
