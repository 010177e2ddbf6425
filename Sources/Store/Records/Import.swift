// Putting whole leads with their history into the store: synthetic ones now, other tools' later.
import GRDB
import Model

/// A lead with its past, as plain values.
package struct ImportedLead: Sendable {
  package struct Line: Sendable {
    package var direction: MessageDirection
    package var kind: MessageKind
    package var text: String
    package var at: Timestamp
    package var status: MessageStatus
    package var failure: MessageFailure?
    /// Index into the users given with the import.
    package var author: Int?

    package init(
      direction: MessageDirection,
      kind: MessageKind = .text,
      text: String,
      at: Timestamp,
      status: MessageStatus,
      failure: MessageFailure? = nil,
      author: Int? = nil
    ) {
      self.direction = direction
      self.kind = kind
      self.text = text
      self.at = at
      self.status = status
      self.failure = failure
      self.author = author
    }
  }

  package var name: String
  package var identities: [Identity]
  package var channelKind: ChannelKind
  /// Index into the gym's stages.
  package var stage: Int
  /// Index into the users given with the import.
  package var owner: Int?
  package var touch: Touch
  package var createdAt: Timestamp
  /// Oldest first.
  package var lines: [Line]
  package var notes: [(at: Timestamp, author: Int?, text: String)]
  package var closeReason: String?

  package init(
    name: String,
    identities: [Identity],
    channelKind: ChannelKind,
    stage: Int,
    owner: Int?,
    touch: Touch,
    createdAt: Timestamp,
    lines: [Line],
    notes: [(at: Timestamp, author: Int?, text: String)] = [],
    closeReason: String? = nil
  ) {
    self.name = name
    self.identities = identities
    self.channelKind = channelKind
    self.stage = stage
    self.owner = owner
    self.touch = touch
    self.createdAt = createdAt
    self.lines = lines
    self.notes = notes
    self.closeReason = closeReason
  }
}

extension LeadStore {
  /// Adds leads in one transaction; somebody who is there already is left alone.
  ///
  /// `provenance` opens the provider ids made up for the messages, so that a second import of the
  /// same data adds nothing.
  package func importLeads(
    _ leads: [ImportedLead],
    gym: GymID,
    users: [UserID],
    provenance: String
  ) throws -> Int {
    let stages = try stages(Scope(reach: .gym(gym), viewer: nil))
    let channels = try channels().filter { $0.gym == gym }
    return try write { database, rev in
      var application = try Application(database: database, rev: rev, now: clock.now())
      var added = 0
      for (index, lead) in leads.enumerated() {
        guard let channel = channels.first(where: { $0.kind == lead.channelKind }) else { continue }
        let person = try application.person(
          lead.identities,
          profileName: lead.name,
          channel: channel,
          at: lead.createdAt
        )
        guard person.isNew else { continue }
        let id = try application.lead(
          person: person.person,
          touch: lead.touch,
          channel: channel,
          at: lead.createdAt
        )
        let thread = try application.thread(person, channel: channel)
        for (number, line) in lead.lines.enumerated() {
          try database.importLine(
            line,
            thread: thread,
            channel: channel,
            users: users,
            providerID: "\(provenance).\(index).\(number)",
            rev: rev
          )
        }
        try database.importNotes(lead, id: id, gym: gym, users: users)
        try database.finishImport(
          lead,
          id: id,
          thread: thread,
          stage: stages.indices.contains(lead.stage) ? stages[lead.stage] : nil,
          owner: lead.owner.flatMap { users.indices.contains($0) ? users[$0] : nil }
        )
        try database.summarise(lead: id, rev: rev)
        added += 1
      }
      return added
    }
  }
}

extension Database {
  fileprivate func importLine(
    _ line: ImportedLead.Line,
    thread: Int64,
    channel: ChannelAccount,
    users: [UserID],
    providerID: String,
    rev: Int64
  ) throws {
    let author = line.author.flatMap { users.indices.contains($0) ? users[$0].rawValue : nil }
    let rank = line.status.deliveryRank ?? -1
    try cachedStatement(
      sql: """
        INSERT INTO message (gym_id, thread_id, channel_id, provider_id, direction, kind, text,
          provider_at, received_at, status, error_code, error_title, author_id, sent_at,
          delivered_at, read_at, failed_at, rev)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """
    ).execute(arguments: [
      channel.gym.rawValue, thread, channel.id, providerID, line.direction.rawValue,
      line.kind.rawValue, line.text, line.at.milliseconds, line.at.milliseconds,
      line.status.rawValue, line.failure?.code, line.failure?.title, author,
      rank >= 2 ? line.at.milliseconds : nil, rank >= 3 ? line.at.milliseconds : nil,
      rank >= 4 ? line.at.milliseconds : nil,
      line.status == .failed ? line.at.milliseconds : nil, rev,
    ])
    guard line.direction == .inbound else { return }
    try cachedStatement(sql: "UPDATE thread SET last_inbound_at = ?, rev = ? WHERE id = ?")
      .execute(arguments: [line.at.milliseconds, rev, thread])
  }

  fileprivate func importNotes(
    _ lead: ImportedLead,
    id: Int64,
    gym: GymID,
    users: [UserID]
  ) throws {
    for note in lead.notes {
      let author = note.author.flatMap { users.indices.contains($0) ? users[$0].rawValue : nil }
      try execute(
        sql: """
          INSERT INTO note (gym_id, lead_id, at, author_id, text) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [gym.rawValue, id, note.at.milliseconds, author, note.text]
      )
    }
  }

  fileprivate func finishImport(
    _ lead: ImportedLead,
    id: Int64,
    thread: Int64,
    stage: Stage?,
    owner: UserID?
  ) throws {
    let inbound = lead.lines.count { $0.direction == .inbound }
    let last = lead.lines.last?.at ?? lead.createdAt
    try cachedStatement(
      sql: """
        UPDATE lead SET owner_id = ?, thread_id = ?, inbound_count = ?, answered_count = 0,
          stage_id = ifnull(?, stage_id), is_open = ?, closed_at = ?, close_reason = ?
        WHERE id = ?
        """
    ).execute(arguments: [
      owner?.rawValue, thread, inbound, stage?.id.rawValue, !(stage?.closes ?? false),
      (stage?.closes ?? false) ? last.milliseconds : nil, lead.closeReason, id,
    ])
    guard let stage, stage.position > 0 else { return }
    try record(
      owner.map { Actor(user: $0) } ?? .system,
      lead: LeadID(id),
      gym: stage.gym.rawValue,
      verb: "stage",
      before: nil,
      after: stage.name,
      at: last
    )
  }
}
