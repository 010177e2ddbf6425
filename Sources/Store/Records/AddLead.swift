// A lead that somebody of the gym writes down: a phone call, a walk-in.
import GRDB
import Model

/// What is known of somebody who has not written yet.
package struct NewLead: Equatable, Sendable {
  package var gym: GymID
  package var name: String
  package var identities: [Identity]
  /// `manual`, or where they came from.
  package var source: String
  package var headline: String?

  package init(
    gym: GymID,
    name: String,
    identities: [Identity],
    source: String,
    headline: String?
  ) {
    self.gym = gym
    self.name = name
    self.identities = identities
    self.source = source
    self.headline = headline
  }
}

extension LeadStore {
  /// Adds the lead; throws `StoreError.leadExists` for a name that somebody has already.
  ///
  /// With a number and a WhatsApp channel there is a conversation to begin, by template.
  package func add(_ lead: NewLead, by actor: Actor) throws -> LeadID {
    let now = clock.now()
    return try write { database, rev in
      var application = try Application(database: database, rev: rev, now: now)
      let whatsApp = application.channels.values
        .filter { $0.kind == .whatsapp && $0.gym == lead.gym }.min { $0.id < $1.id }
      let channel =
        whatsApp ?? ChannelAccount(id: "", kind: .whatsapp, gym: lead.gym, account: "")
      if let person = try application.known(lead.identities, channel: channel),
        let known = try application.currentLead(person: person)
      {
        throw StoreError.leadExists(LeadID(known))
      }
      let found = try application.person(
        lead.identities,
        profileName: lead.name,
        channel: channel,
        at: now
      )
      try database.execute(
        sql: "UPDATE person SET name = ?, name_source = 'staff' WHERE id = ?",
        arguments: [lead.name, found.person]
      )
      let touch = Touch(kind: lead.source, headline: lead.headline, url: nil, at: now)
      let id = try application.lead(person: found.person, touch: touch, channel: channel, at: now)
      let phone = lead.identities.first { $0.kind == .phone }
      if whatsApp != nil, let phone,
        let row = try application.find(phone, channel: channel, at: now)
      {
        let named = Application.Found(person: found.person, identity: row.id, isNew: true)
        let thread = try application.thread(named, channel: channel)
        try database.execute(
          sql: "UPDATE lead SET thread_id = ? WHERE id = ?",
          arguments: [thread, id]
        )
      }
      try database.record(
        actor,
        lead: LeadID(id),
        gym: lead.gym.rawValue,
        verb: "added",
        after: nil,
        at: now
      )
      return LeadID(id)
    }
  }
}
