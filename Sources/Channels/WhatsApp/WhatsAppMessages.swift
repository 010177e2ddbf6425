// One WhatsApp message, echo or line of history becomes one event.
import Model

extension WhatsAppChange {
  func decodeMessage(_ message: JSONValue, origin: Origin, into batch: inout EventBatch) {
    guard message.isObject else { return batch.lose("a message that is no object") }
    guard message["erased"].bool != true else {
      return batch.notice(account, "erased", "a message whose words were taken out")
    }
    if message["group_id"].text != nil {
      // Answers would go to a group; those are not part of a one-to-one inbox.
      return batch.notice(account, "group", "a message in a WhatsApp group")
    }
    var person = person(message, origin)
    let before = person.identities
    defer {
      if message["type"].text == "system" {
        decodeIdentityChange(message, of: before, into: &batch)
      }
    }
    if message["type"].text == "system" { person = afterChange(message["system"], of: person) }
    guard !person.identities.isEmpty else {
      return batch.lose("a message without a sender")
    }
    if message["type"].text == "reaction" {
      guard message["reaction"]["message_id"].text != nil else {
        return batch.notice(account, "reaction", "a reaction to no message")
      }
      return batch.add(account, .reaction(reaction(message, origin, person, in: batch)))
    }
    let content = WhatsAppContent(message)
    batch.add(
      account,
      .message(
        InboundMessage(
          providerID: message["id"].text ?? .derivedID(account, message),
          person: person.identities,
          profileName: person.name,
          kind: content.kind,
          text: content.text,
          providerAt: batch.time(message["timestamp"]),
          isEcho: isEcho(message, origin),
          isHistory: origin.isHistory,
          replyTo: content.target ?? message["context"]["id"].text,
          referral: referral(message["referral"], at: batch.time(message["timestamp"])),
          media: .whatsApp(message),
          content: content.json,
          echoStatus: Self.past[message["history_context"]["status"].text ?? ""]
        )
      )
    )
  }

  /// History holds both sides of a thread: what the customer did not write, the gym did.
  private func isEcho(_ message: JSONValue, _ origin: Origin) -> Bool {
    switch origin {
    case .customer: return false
    case .staff: return true
    case .history(let thread):
      let author = message["from"].text ?? message["from_user_id"].text
      guard let author else { return false }
      return author != thread.text && author.phoneDigits != thread.text?.phoneDigits
    }
  }

  private func reaction(
    _ message: JSONValue,
    _ origin: Origin,
    _ person: WhatsAppPerson,
    in batch: EventBatch
  ) -> InboundReaction {
    InboundReaction(
      providerID: message["id"].text ?? .derivedID(account, message),
      target: message["reaction"]["message_id"].text ?? "",
      person: person.identities,
      profileName: person.name,
      emoji: message["reaction"]["emoji"].text,
      at: batch.time(message["timestamp"]),
      isEcho: isEcho(message, origin)
    )
  }

  /// How far a message of the account's past had got.
  private static let past: [String: MessageStatus] = [
    "SENT": .sent, "DELIVERED": .delivered, "READ": .read, "PLAYED": .read, "ERROR": .failed,
  ]

  /// A changed number or BSUID belongs to the same person; the new one comes first.
  private func afterChange(_ system: JSONValue, of person: WhatsAppPerson) -> WhatsAppPerson {
    let fresh = [system["wa_id"], system["user_id"]].filter { $0.text != nil }
    guard !fresh.isEmpty else { return person }
    func known(_ kinds: Identity.Kind...) -> [JSONValue] {
      person.identities.filter { kinds.contains($0.kind) }.map { .string($0.value) }
    }
    return WhatsAppPerson(
      ids: fresh + known(.phone, .bsuid) + [system["previous_user_id"]],
      parents: known(.parentBSUID),
      contacts: value["contacts"].array
    )
  }

  private func referral(_ referral: JSONValue, at time: Timestamp) -> Touch? {
    guard referral.isObject, !referral.members.isEmpty else { return nil }
    return Touch(
      kind: referral["source_type"].text == "post" ? "post" : "ad",
      headline: referral["headline"].text?.nonBlank ?? referral["body"].text?.nonBlank,
      url: referral["source_url"].text,
      at: time
    )
  }
}

extension WhatsAppChange.Origin {
  var isHistory: Bool {
    guard case .history = self else { return false }
    return true
  }
}
