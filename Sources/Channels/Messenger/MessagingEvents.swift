// The `messaging` events that Instagram and Messenger share: message, echo, reaction, read mark,
// button press, edit, referral. Called by both providers' decoders for each event.
import Model

/// The account that an entry is about, and what its people's ids are called.
struct MessagingAccount {
  let account: ProviderAccount
  let personKind: Identity.Kind

  /// Decodes one element of `messaging` or `standby`.
  func decode(_ event: JSONValue, into batch: inout EventBatch) {
    guard event["erased"].bool != true else {
      return batch.notice(account, "erased", "a message whose words were taken out")
    }
    let message = event["message"]
    let isEcho =
      message["is_echo"].bool == true || event["sender"]["id"].text == account.id
    let customer = event[isEcho ? "recipient" : "sender"]["id"].text
    if message["is_self"].bool == true || customer == account.id {
      return batch.notice(account, "self", "the account wrote to itself")
    }
    guard let customer else {
      return batch.lose("an event without a sender")
    }
    let person = [Identity(kind: personKind, value: customer)]
    let context = MessagingContext(
      account: account,
      person: person,
      isEcho: isEcho,
      at: batch.time(event["timestamp"]),
      event: event
    )
    let facts = context.facts
    for fact in facts { batch.add(account, fact) }
    if facts.isEmpty { unknown(event, into: &batch) }
  }

  /// An event of a kind that we don't know is at least counted.
  private func unknown(_ event: JSONValue, into batch: inout EventBatch) {
    let envelope = ["sender", "recipient", "timestamp"]
    let key = event.members.map(\.key).first { !envelope.contains($0) } ?? "unknown"
    batch.notice(account, key.singleLine(limit: 40), "an event of the kind “\(key.prefix(60))”")
  }
}

/// One event with its envelope read.
struct MessagingContext {
  let account: ProviderAccount
  let person: [Identity]
  let isEcho: Bool
  let at: Timestamp
  let event: JSONValue

  /// What the event says; empty when its kind is unknown.
  var facts: [InboundFact] {
    if event["message"].isObject { return [.message(message(event["message"]))] }
    if event["message_edit"].isObject { return [.message(edit(event["message_edit"]))] }
    if event["reaction"]["mid"].text != nil { return [.reaction(reaction(event["reaction"]))] }
    if event["postback"].isObject { return [.message(postback(event["postback"]))] }
    if event["read"].isObject { return [read(event["read"])] }
    if event["delivery"].isObject { return deliveries(event["delivery"]) }
    if event["referral"].isObject { return [.message(arrival(event["referral"]))] }
    if event["optin"].isObject { return [.message(optIn(event["optin"]))] }
    return []
  }

  private func message(_ message: JSONValue) -> InboundMessage {
    let id = message["mid"].text
    if message["is_deleted"].bool == true {
      // The mid is the deleted message's own; the deletion needs another.
      return inbound(
        id: "unsent:" + (id ?? .derivedID(account, event)),
        kind: .revoke,
        text: "[deleted a message]",
        replyTo: id
      )
    }
    let content = MessagingContent(message)
    return inbound(
      id: id,
      kind: content.kind,
      text: content.text,
      replyTo: message["reply_to"]["mid"].text,
      referral: touch(message["referral"]),
      media: .messaging(message),
      content: content.json
    )
  }

  private func edit(_ edit: JSONValue) -> InboundMessage {
    let target = edit["mid"].text
    let version = edit["num_edit"].text ?? String(at.milliseconds)
    return inbound(
      id: target.map { "edit:\($0):\(version)" },
      kind: .edit,
      text: edit["text"].text ?? "[empty message]",
      replyTo: target
    )
  }

  private func postback(_ postback: JSONValue) -> InboundMessage {
    inbound(
      id: postback["mid"].text,
      kind: .postback,
      text: postback["title"].text ?? postback["payload"].text ?? "[button]",
      referral: touch(postback["referral"]),
      content: MessagingContent.origin(postback["referral"])
    )
  }

  private func arrival(_ referral: JSONValue) -> InboundMessage {
    let touch = touch(referral)
    let place = touch?.kind == "ad" ? "[opened the chat from an ad]" : "[opened the chat by a link]"
    return inbound(id: nil, kind: .referral, text: place.with(touch?.headline), referral: touch)
  }

  private func optIn(_ optIn: JSONValue) -> InboundMessage {
    let title = optIn["title"].text ?? optIn["ref"].text
    return inbound(id: nil, kind: .other, text: "[agreed to receive messages]".with(title))
  }

  private func inbound(
    id: String?,
    kind: MessageKind,
    text: String,
    replyTo: String? = nil,
    referral: Touch? = nil,
    media: [InboundMedia] = [],
    content: JSONValue? = nil
  ) -> InboundMessage {
    InboundMessage(
      providerID: id ?? .derivedID(account, event),
      person: person,
      profileName: nil,
      kind: kind,
      text: text,
      providerAt: at,
      isEcho: isEcho,
      replyTo: replyTo,
      referral: referral,
      media: media,
      content: content
    )
  }
}
