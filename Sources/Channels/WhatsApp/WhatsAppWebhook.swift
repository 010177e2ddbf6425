// WhatsApp webhooks: goes over every change of an entry and hands messages, echoes, history and
// receipts to their readers. Called by WebhookDecoder.
import Model

enum WhatsAppWebhook {
  static func decode(_ entry: JSONValue, into batch: inout EventBatch) {
    let changes = entry["changes"].array
    if changes.isEmpty { return batch.blank("an entry without changes") }
    for change in changes {
      // One published sample has `field` beside `changes`.
      let field = change["field"].text ?? entry["field"].text ?? "unknown"
      let value = change["value"]
      let account = ProviderAccount(
        kind: .whatsapp,
        id: value["metadata"]["phone_number_id"].text ?? entry["id"].text ?? "unknown"
      )
      guard value.isObject else {
        batch.blank("a “\(field)” change without a value")
        continue
      }
      decode(WhatsAppChange(account: account, field: field, value: value), into: &batch)
    }
  }

  private static func decode(_ change: WhatsAppChange, into batch: inout EventBatch) {
    let before = batch.found
    let value = change.value
    for message in value["messages"].array {
      change.decodeMessage(message, origin: .customer, into: &batch)
    }
    for message in value["message_echoes"].array {
      change.decodeMessage(message, origin: .staff, into: &batch)
    }
    for history in value["history"].array { change.decodeHistory(history, into: &batch) }
    for status in value["statuses"].array { change.decodeStatus(status, into: &batch) }
    change.decodeNotices(into: &batch, isEmpty: batch.found == before)
    change.decodeTemplate(into: &batch)
  }
}

/// One `changes[]` item.
struct WhatsAppChange {
  let account: ProviderAccount
  let field: String
  let value: JSONValue

  /// On whose side a message was written, and how it came.
  enum Origin: Equatable {
    case customer
    /// Typed in the phone app.
    case staff
    /// From the account's past; the thread's id names the customer.
    case history(thread: JSONValue)
  }

  func person(_ message: JSONValue, _ origin: Origin) -> WhatsAppPerson {
    let contacts = value["contacts"].array
    switch origin {
    case .customer:
      return WhatsAppPerson(
        ids: [message["from"], message["from_user_id"]],
        parents: [message["from_parent_user_id"]],
        contacts: contacts
      )
    case .staff:
      return WhatsAppPerson(
        ids: [message["to"], message["to_user_id"]],
        parents: [message["to_parent_user_id"]],
        contacts: contacts
      )
    case .history(let thread):
      return WhatsAppPerson(ids: [thread], contacts: contacts)
    }
  }

  func decodeHistory(_ history: JSONValue, into batch: inout EventBatch) {
    for thread in history["threads"].array {
      for message in thread["messages"].array {
        decodeMessage(message, origin: .history(thread: thread["id"]), into: &batch)
      }
    }
    for error in history["errors"].array {
      batch.notice(account, "history", "history not shared: " + error.errorText)
    }
  }
}
