// The ways people write to a gym, and the names they are known by there.

/// A provider's kind of conversation.
package enum ChannelKind: String, Sendable, CaseIterable {
  case whatsapp, instagram, messenger
  case leadAds = "lead_ads"
  case email, sms

  /// What a person calls it.
  package var title: String {
    switch self {
    case .whatsapp: "WhatsApp"
    case .instagram: "Instagram"
    case .messenger: "Messenger"
    case .leadAds: "Lead form"
    case .email: "E-mail"
    case .sms: "SMS"
    }
  }

  /// Two letters for narrow columns.
  package var badge: String {
    switch self {
    case .whatsapp: "WA"
    case .instagram: "IG"
    case .messenger: "FB"
    case .leadAds: "LF"
    case .email: "EM"
    case .sms: "SM"
    }
  }
}

/// One account of the gym at a provider, as the config names it.
package struct ChannelAccount: Equatable, Sendable {
  /// The config's `id`, such as `wa-main`.
  package var id: String
  package var kind: ChannelKind
  package var gym: GymID
  /// The provider's id that webhooks name: phone number id, Instagram account id, page id.
  package var account: String
  /// WhatsApp's business account: templates and notices about it name this id.
  package var businessAccount: String?

  package init(
    id: String,
    kind: ChannelKind,
    gym: GymID,
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

/// One name a person is known by.
package struct Identity: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// E.164 digits without `+`.
    case phone
    /// WhatsApp's business-scoped user id, `CC.` and up to 128 characters.
    case bsuid
    case parentBSUID = "parent_bsuid"
    /// Instagram-scoped id; valid for one account.
    case igsid
    /// Page-scoped id of Messenger; valid for one page.
    case psid
    /// Changes at will: shown and searched, never a key.
    case username
    case email
  }

  package var kind: Kind
  package var value: String

  package init(kind: Kind, value: String) {
    self.kind = kind
    self.value = value
  }
}

/// Somebody who wrote to the gym.
///
/// Rows of this kind are reached through their leads.
package struct Person: Equatable, Sendable {
  package var id: PersonID
  package var name: String

  package init(id: PersonID, name: String) {
    self.id = id
    self.name = name
  }
}
