// A filled-in lead form: the lead is there at once, its answers follow when the worker has fetched
// them. Applying needs no credentials.
import GRDB
import Model

extension Application {
  mutating func apply(_ form: InboundLeadForm, channel: ChannelAccount) throws {
    if try isKnown(form, channel: channel) { return }
    let person = try database.insertFormPerson(gym: channel.gym, at: form.at)
    let touch = Touch(kind: "lead_form", headline: nil, url: nil, at: form.at)
    let lead = try lead(person: person, touch: touch, channel: channel, at: form.at)
    let found = Found(person: person, identity: 0, isNew: true)
    let thread = try thread(found, channel: channel)
    let message = try Int64.fetchOne(
      database,
      sql: """
        INSERT INTO message (gym_id, thread_id, channel_id, provider_id, direction, kind, text,
          provider_at, received_at, status, journal_id, rev)
        VALUES (?, ?, ?, ?, 'in', 'form', ?, ?, ?, 'received', ?, ?) RETURNING id
        """,
      arguments: [
        channel.gym.rawValue, thread, channel.id, "leadgen:" + form.id,
        "Filled in a lead form; the answers are being fetched", form.at.milliseconds,
        receivedAt.milliseconds, journal, rev,
      ]
    )
    try database.execute(
      sql: """
        INSERT INTO lead_form (gym_id, channel_id, provider_id, form, message_id, journal_id, state)
        VALUES (?, ?, ?, ?, ?, ?, 'waiting')
        """,
      arguments: [channel.gym.rawValue, channel.id, form.id, form.form, message, journal]
    )
    try database.execute(
      sql: "UPDATE lead SET inbound_count = inbound_count + 1 WHERE id = ?",
      arguments: [lead]
    )
    try database.summarise(lead: lead, rev: rev)
    newMessages += 1
  }

  /// A form that was refused is asked for again when its event is replayed.
  private func isKnown(_ form: InboundLeadForm, channel: ChannelAccount) throws -> Bool {
    try database.execute(
      sql: """
        UPDATE lead_form SET state = 'waiting', attempts = 0, not_before = 0, error = NULL
        WHERE channel_id = ? AND provider_id = ? AND state = 'refused'
        """,
      arguments: [channel.id, form.id]
    )
    return try Bool.fetchOne(
      database,
      sql: "SELECT 1 FROM lead_form WHERE channel_id = ? AND provider_id = ?",
      arguments: [channel.id, form.id]
    ) ?? false
  }
}

extension Database {
  /// Somebody of whom nothing is known yet but that they filled in a form.
  fileprivate func insertFormPerson(gym: GymID, at time: Timestamp) throws -> Int64 {
    try Int64.fetchOne(
      self,
      sql: """
        INSERT INTO person (gym_id, name, name_source, profile_asked_at, created_at)
        VALUES (?, 'Lead form', 'identity', ?, ?) RETURNING id
        """,
      arguments: [gym.rawValue, time.milliseconds, time.milliseconds]
    ) ?? 0
  }
}
