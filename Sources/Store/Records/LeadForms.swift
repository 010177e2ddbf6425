// Lead forms whose answers the worker fetches, and what becomes of the lead once they are here.
import GRDB
import Model

/// A filled-in form to be fetched.
package struct WaitingLeadForm: Equatable, Sendable {
  package var id: Int64
  package var channel: String
  /// The provider's id of the filled-in form.
  package var providerID: String
  package var form: String?
  package var attempts: Int
}

extension LeadStore {
  /// Forms to be fetched now, oldest first.
  package func waitingLeadForms(limit: Int) throws -> [WaitingLeadForm] {
    let now = clock.now().milliseconds
    return try read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT id, channel_id, provider_id, form, attempts FROM lead_form
            WHERE state = 'waiting' AND not_before <= ? ORDER BY not_before, id LIMIT ?
            """
        ),
        arguments: [now, limit]
      ).map {
        WaitingLeadForm(id: $0[0], channel: $0[1], providerID: $0[2], form: $0[3], attempts: $0[4])
      }
    }
  }

  /// Not now: tried again from `time` on.
  package func postponeLeadForm(_ form: WaitingLeadForm, to time: Timestamp, reason: String) throws
  {
    try writeQuietly { database in
      try database.execute(
        sql: """
          UPDATE lead_form SET attempts = attempts + 1, not_before = ?, error = ? WHERE id = ?
          """,
        arguments: [time.milliseconds, reason, form.id]
      )
    }
  }

  /// The provider won't tell: the lead stays, and its event is parked with the reason.
  package func refuseLeadForm(_ form: WaitingLeadForm, reason: String) throws {
    try write { database, _ in
      try database.execute(
        sql: "UPDATE lead_form SET state = 'refused', error = ? WHERE id = ?",
        arguments: [reason, form.id]
      )
      try database.execute(
        sql: """
          UPDATE journal SET state = 'parked', reason = ?
          WHERE id = (SELECT journal_id FROM lead_form WHERE id = ?)
          """,
        arguments: ["the lead form's answers were refused: \(reason)", form.id]
      )
    }
  }

  /// Puts the answers into the lead: names, the conversation's line, the first touch's headline.
  ///
  /// A name that belongs to somebody else already is a conflict, for a human to decide.
  package func keepLeadForm(_ form: WaitingLeadForm, _ answers: LeadFormAnswers) throws {
    let now = clock.now()
    try write { database, rev in
      guard let row = try database.formRow(form) else { return }
      var application = try Application(database: database, rev: rev, now: now)
      try application.fill(row, with: answers)
      try database.execute(
        sql: "UPDATE lead_form SET state = 'fetched', error = NULL WHERE id = ?",
        arguments: [form.id]
      )
    }
  }
}

/// Where a form's answers belong.
struct LeadFormRow {
  var message: Int64
  var thread: Int64
  var person: Int64
  var channel: ChannelAccount
  var country: String?
}

extension Database {
  fileprivate func formRow(_ form: WaitingLeadForm) throws -> LeadFormRow? {
    try Row.fetchOne(
      self,
      sql: """
        SELECT message.id, thread.id, thread.person_id, channel.id, channel.kind, channel.gym_id,
          channel.account, gym.country
        FROM lead_form JOIN message ON message.id = lead_form.message_id
        JOIN thread ON thread.id = message.thread_id
        JOIN person ON person.id = thread.person_id AND person.erased_at IS NULL
        JOIN channel ON channel.id = lead_form.channel_id JOIN gym ON gym.id = channel.gym_id
        WHERE lead_form.id = ?
        """,
      arguments: [form.id]
    ).map { row in
      LeadFormRow(
        message: row[0],
        thread: row[1],
        person: row[2],
        channel: ChannelAccount(
          id: row[3],
          kind: ChannelKind(rawValue: row[4]) ?? .messenger,
          gym: GymID(row[5]),
          account: row[6]
        ),
        country: row[7]
      )
    }
  }
}

extension Application {
  fileprivate mutating func fill(_ form: LeadFormRow, with answers: LeadFormAnswers) throws {
    try database.execute(
      sql: "UPDATE message SET text = ?, rev = ? WHERE id = ?",
      arguments: [answers.text, rev, form.message]
    )
    if let name = answers.name {
      try database.execute(
        sql: """
          UPDATE person SET name = ?, name_source = 'profile'
          WHERE id = ? AND name_source = 'identity'
          """,
        arguments: [name, form.person]
      )
    }
    let phone = answers.phone.flatMap { PhoneNumber.digits($0, country: form.country) }
    let names = [
      phone.map { Identity(kind: .phone, value: $0) },
      answers.email.map { Identity(kind: .email, value: $0.lowercased()) },
    ].compactMap { $0 }
    let linked = try claim(names, for: form)
    guard let lead = try currentLead(person: form.person) else { return }
    try keepHeadline(answers.headline, lead: lead)
    if let phone = linked.first(where: { $0.name.kind == .phone }) {
      try openWhatsApp(phone.row, lead: lead, form)
    }
    try database.summarise(lead: lead, rev: rev)
  }

  private func claim(
    _ names: [Identity],
    for form: LeadFormRow
  ) throws
    -> [(name: Identity, row: Int64)]
  {
    var linked: [(name: Identity, row: Int64)] = []
    var taken: [(name: Identity, person: Int64)] = []
    for name in names {
      if let row = try find(name, channel: form.channel, at: now) {
        if row.person == form.person {
          linked.append((name, row.id))
        } else {
          taken.append((name, row.person))
        }
      } else {
        let row = try link(name, to: form.person, channel: form.channel, at: now)
        linked.append((name, row))
      }
    }
    if !taken.isEmpty {
      try recordConflict(taken, person: form.person, channel: form.channel)
    }
    return linked
  }

  private func keepHeadline(_ headline: String?, lead: Int64) throws {
    guard let headline else { return }
    for touch in ["first", "last"] {
      try database.execute(
        sql: """
          UPDATE lead SET \(touch)_touch_headline = ?
          WHERE id = ? AND \(touch)_touch_kind = 'lead_form' AND \(touch)_touch_headline IS NULL
          """,
        arguments: [headline, lead]
      )
    }
  }

  /// A number makes them reachable on WhatsApp, by template, since they never wrote there.
  private mutating func openWhatsApp(_ identity: Int64, lead: Int64, _ form: LeadFormRow) throws {
    let channel = channels.values.filter { $0.kind == .whatsapp && $0.gym == form.channel.gym }
      .min { $0.id < $1.id }
    guard let channel else { return }
    let found = Found(person: form.person, identity: identity, isNew: false)
    let thread = try thread(found, channel: channel)
    try database.execute(
      sql: "UPDATE lead SET thread_id = ? WHERE id = ? AND thread_id = ?",
      arguments: [thread, lead, form.thread]
    )
  }
}

extension LeadFormAnswers {
  /// One line an answer, as the conversation shows them.
  var text: String {
    let lines = answers.filter { !$0.values.isEmpty }.map { answer in
      answer.question + ": " + answer.values.joined(separator: ", ")
    }
    return lines.isEmpty ? "Filled in a lead form without answers" : lines.joined(separator: "\n")
  }
}
