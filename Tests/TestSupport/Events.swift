// Short spellings of what customers and providers say, for tests of what follows from it.
import Model

extension InboundEvent {
  /// A WhatsApp text from a phone number.
  package static func whatsApp(
    _ text: String,
    from phone: String = "4915112345678",
    name: String? = "Mia Berger",
    id: String,
    at time: Timestamp
  ) -> InboundEvent {
    whatsApp(
      InboundMessage(
        providerID: id,
        person: [Identity(kind: .phone, value: phone)],
        profileName: name,
        kind: .text,
        text: text,
        providerAt: time
      )
    )
  }

  package static func whatsApp(_ message: InboundMessage) -> InboundEvent {
    onWhatsApp(.message(message))
  }

  package static func onWhatsApp(
    _ fact: InboundFact,
    account: String = TemporaryStore.phoneAccount
  ) -> InboundEvent {
    InboundEvent(account: ProviderAccount(kind: .whatsapp, id: account), fact: fact)
  }

  package static func onInstagram(_ fact: InboundFact) -> InboundEvent {
    InboundEvent(
      account: ProviderAccount(kind: .instagram, id: TemporaryStore.instagramAccount),
      fact: fact
    )
  }

  /// An Instagram text; `isEcho` for one that the gym wrote in Instagram's own app.
  package static func instagram(
    _ text: String,
    from id: String = "9001",
    username: String? = nil,
    messageID: String,
    at time: Timestamp,
    isEcho: Bool = false
  ) -> InboundEvent {
    var person = [Identity(kind: .igsid, value: id)]
    if let username { person.append(Identity(kind: .username, value: username)) }
    return onInstagram(
      .message(
        InboundMessage(
          providerID: messageID,
          person: person,
          profileName: nil,
          kind: .text,
          text: text,
          providerAt: time,
          isEcho: isEcho
        )
      )
    )
  }

  /// What WhatsApp says of a message of ours.
  package static func receipt(
    _ status: MessageStatus,
    of id: String,
    at time: Timestamp,
    failure: MessageFailure? = nil,
    callbackData: String? = nil,
    recipient: [Identity] = []
  ) -> InboundEvent {
    onWhatsApp(
      .receipt(
        InboundReceipt(
          providerID: id,
          status: status,
          at: time,
          failure: failure,
          callbackData: callbackData,
          recipient: recipient
        )
      )
    )
  }
}
