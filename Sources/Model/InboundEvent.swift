// What one provider webhook says, in the product's own words. Channels makes them, Store applies
// them. A webhook is a batch: one row of the journal becomes any number of these.

/// One fact from outside, for one of the gym's accounts.
package struct InboundEvent: Equatable, Sendable {
  /// Which provider account it belongs to; no channel with it means the row is parked.
  package var account: ProviderAccount
  package var fact: InboundFact

  package init(account: ProviderAccount, fact: InboundFact) {
    self.account = account
    self.fact = fact
  }
}

/// The account a webhook names: phone number id, Instagram account id, page id.
package struct ProviderAccount: Hashable, Sendable {
  package var kind: ChannelKind
  package var id: String

  package init(kind: ChannelKind, id: String) {
    self.kind = kind
    self.id = id
  }
}

package enum InboundFact: Equatable, Sendable {
  case message(InboundMessage)
  case receipt(InboundReceipt)
  /// They have seen everything written up to `at` (Instagram and Messenger tell reads so).
  case readUpTo(person: [Identity], at: Timestamp, providerID: String?)
  /// A reaction to a message; no emoji takes it back.
  case reaction(InboundReaction)
  case identityChange(IdentityChange)
  case consent(InboundConsent)
  case leadForm(InboundLeadForm)
  /// What the provider says of the gym's own account: shown to admins.
  case account(AccountNotice)
  /// Understood, kept in the journal, and nothing to show.
  case notice(kind: String, summary: String)
  /// A message template has changed at WhatsApp; the event's account is the business account.
  case template(TemplateNotice)
}

/// A message from (or, as an echo, to) a customer.
package struct InboundMessage: Equatable, Sendable {
  package var providerID: String
  /// All names of the customer that the payload shows, most stable first; never empty.
  package var person: [Identity]
  /// The customer's own display name.
  package var profileName: String?
  package var kind: MessageKind
  /// What a person reads in the thread: the words, or a placeholder such as `[photo]`.
  package var text: String
  package var providerAt: Timestamp
  /// Written on the gym's side in the provider's own app: shown as outbound.
  package var isEcho: Bool
  /// Came with an account's history: neither new nor a reason to answer.
  package var isHistory: Bool
  /// The quoted message; for the kinds `reaction`, `edit` and `revoke` the one they are about.
  package var replyTo: String?
  package var referral: Touch?
  package var media: [InboundMedia]
  /// What it holds beside its words, in the members that `MessageCard` names; nil for none.
  package var content: JSONValue?
  /// How far a message of ours had got, where an account's history says so.
  package var echoStatus: MessageStatus?

  package init(
    providerID: String,
    person: [Identity],
    profileName: String?,
    kind: MessageKind,
    text: String,
    providerAt: Timestamp,
    isEcho: Bool = false,
    isHistory: Bool = false,
    replyTo: String? = nil,
    referral: Touch? = nil,
    media: [InboundMedia] = [],
    content: JSONValue? = nil,
    echoStatus: MessageStatus? = nil
  ) {
    self.providerID = providerID
    self.person = person
    self.profileName = profileName
    self.kind = kind
    self.text = text
    self.providerAt = providerAt
    self.isEcho = isEcho
    self.isHistory = isHistory
    self.replyTo = replyTo
    self.referral = referral
    self.media = media
    self.content = content
    self.echoStatus = echoStatus
  }
}

/// The provider's word on a message of ours.
package struct InboundReceipt: Equatable, Sendable {
  package var providerID: String
  package var status: MessageStatus
  package var at: Timestamp
  package var failure: MessageFailure?
  /// Our own reference, when the provider gives it back (`biz_opaque_callback_data`).
  package var callbackData: String?
  /// All names of the customer that the receipt shows; may be empty.
  package var recipient: [Identity]

  package init(
    providerID: String,
    status: MessageStatus,
    at: Timestamp,
    failure: MessageFailure? = nil,
    callbackData: String? = nil,
    recipient: [Identity] = []
  ) {
    self.providerID = providerID
    self.status = status
    self.at = at
    self.failure = failure
    self.callbackData = callbackData
    self.recipient = recipient
  }
}

package struct InboundReaction: Equatable, Sendable {
  /// The webhook's own id where it has one, else derived from target, person and time.
  package var providerID: String
  package var target: String
  package var person: [Identity]
  package var profileName: String?
  /// Nil takes the reaction back.
  package var emoji: String?
  package var at: Timestamp
  package var isEcho: Bool

  package init(
    providerID: String,
    target: String,
    person: [Identity],
    profileName: String?,
    emoji: String?,
    at: Timestamp,
    isEcho: Bool = false
  ) {
    self.providerID = providerID
    self.target = target
    self.person = person
    self.profileName = profileName
    self.emoji = emoji
    self.at = at
    self.isEcho = isEcho
  }
}
