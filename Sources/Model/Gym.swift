// The gym itself and what it is set up with: people who work there, stages, saved replies.

/// A gym.
///
/// `zone` is an IANA name such as `Europe/Berlin`; `country` an ISO code for phone numbers.
package struct Gym: Equatable, Sendable {
  package var id: GymID
  /// The config's id, or one made from the name.
  package var slug: String
  package var name: String
  package var zone: String
  package var country: String?

  package init(id: GymID, slug: String, name: String, zone: String, country: String?) {
    self.id = id
    self.slug = slug
    self.name = name
    self.zone = zone
    self.country = country
  }
}

/// Somebody who signs in.
package struct User: Equatable, Sendable {
  package enum Role: String, Sendable, CaseIterable {
    case owner, admin, staff
  }

  package var id: UserID
  package var email: String
  package var name: String
  package var role: Role
  package var isDisabled: Bool

  package init(
    id: UserID,
    email: String,
    name: String,
    role: Role,
    isDisabled: Bool = false
  ) {
    self.id = id
    self.email = email
    self.name = name
    self.role = role
    self.isDisabled = isDisabled
  }
}

/// A step of the gym's pipeline.
package struct Stage: Equatable, Sendable {
  /// `open` steps follow each other; `parked` ones wait; `won` and `lost` end the lead.
  package enum Kind: String, Sendable, CaseIterable {
    case open, parked, won, lost
  }

  package var id: StageID
  package var gym: GymID
  package var name: String
  package var kind: Kind
  /// From 0, in the order shown.
  package var position: Int

  package init(id: StageID, gym: GymID, name: String, kind: Kind, position: Int) {
    self.id = id
    self.gym = gym
    self.name = name
    self.kind = kind
    self.position = position
  }

  /// A lead in this stage is finished.
  package var closes: Bool { kind == .won || kind == .lost }
}

/// A saved reply with `{placeholders}`; the picker lists them.
package struct Template: Equatable, Sendable {
  package var id: TemplateID
  package var gym: GymID
  package var name: String
  package var body: String

  package init(id: TemplateID, gym: GymID, name: String, body: String) {
    self.id = id
    self.gym = gym
    self.name = name
    self.body = body
  }
}
