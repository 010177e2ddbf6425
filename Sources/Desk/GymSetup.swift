// Making gyms and channels from what the config says, and the very first set-up.
import Model
import Store

extension FrontDesk {
  /// A `[[gym]]` of the config, or one that only a channel names.
  package struct GymEntry: Sendable {
    package var slug: String
    package var name: String
    package var zone: String?
    package var country: String?

    package init(slug: String, name: String, zone: String? = nil, country: String? = nil) {
      self.slug = slug
      self.name = name
      self.zone = zone
      self.country = country
    }
  }

  /// A `[[channel]]` of the config; `gym` is a gym's id or name.
  package struct ChannelEntry: Sendable {
    package var id: String
    package var kind: ChannelKind
    package var gym: String
    package var account: String
    package var businessAccount: String?

    package init(
      id: String,
      kind: ChannelKind,
      gym: String,
      account: String,
      businessAccount: String? = nil
    ) {
      self.id = id
      self.kind = kind
      self.gym = gym
      self.account = account
      self.businessAccount = businessAccount
    }
  }

  /// Makes what the config names and the store lacks.
  ///
  /// Cheap when nothing is missing.
  package func adopt(gyms: [GymEntry], channels: [ChannelEntry]) throws {
    for entry in gyms { _ = try gym(entry) }
    for entry in channels {
      let known = gyms.first { $0.slug == entry.gym || $0.name == entry.gym }
      let gym = try gym(known ?? GymEntry(slug: entry.gym.slug, name: entry.gym))
      try store.ensureChannel(
        ChannelAccount(
          id: entry.id,
          kind: entry.kind,
          gym: gym.id,
          account: entry.account,
          businessAccount: entry.businessAccount
        )
      )
    }
  }

  /// The gym an entry speaks of, made with the shipped stages and replies when it is new.
  package func gym(_ entry: GymEntry) throws -> Gym {
    try store.ensureGym(
      slug: entry.slug,
      name: entry.name,
      zone: entry.zone ?? ZoneRules.hostZoneName(),
      country: entry.country,
      defaults: .shipped
    )
  }

  /// The first run: the gym, unless the config made one, and its admin.
  package func setUp(
    gym: String,
    zone: String,
    name: String,
    email: String,
    password: Secret
  ) throws -> User {
    let title = gym.trimmed
    guard !title.isEmpty else {
      throw Refusal(rule: "gym", text: "the gym needs a name")
    }
    guard ZoneRules(named: zone) != nil else {
      throw Refusal(
        rule: "zone",
        text: "\"\(zone)\" is no time zone; use a name such as Europe/Berlin"
      )
    }
    guard try store.users().isEmpty else {
      throw Refusal(rule: "set_up", text: "there is a user already; sign in instead")
    }
    _ = try self.gym(GymEntry(slug: title.slug, name: title, zone: zone))
    return try addUser(
      email: email,
      name: name,
      role: .admin,
      password: password,
      by: Seat(script: "setup")
    )
  }
}

extension String {
  /// Lower-case letters, digits and hyphens, for an id made from a name.
  ///
  /// Letters of any script: names in another one must not all become the same id.
  package var slug: String {
    var slug = ""
    for character in lowercased() {
      if character.isLetter || character.isNumber {
        slug.append(character)
      } else if !slug.isEmpty, slug.last != "-" {
        slug.append("-")
      }
    }
    while slug.last == "-" { slug.removeLast() }
    return slug.isEmpty ? "gym" : slug
  }
}
