// Webhooks of a Facebook page: Messenger conversations, and lead forms that people filled in.
import Model

enum PageWebhook {
  static func decode(_ entry: JSONValue, into batch: inout EventBatch) {
    let account = ProviderAccount(kind: .messenger, id: entry["id"].text ?? "unknown")
    let messaging = MessagingAccount(account: account, personKind: .psid)
    let events = entry["messaging"].array + entry["standby"].array
    for event in events { messaging.decode(event, into: &batch) }
    let changes = entry["changes"].array
    for change in changes { decode(change, of: messaging, into: &batch) }
    if events.isEmpty, changes.isEmpty { batch.blank("an entry without events") }
  }

  private static func decode(
    _ change: JSONValue,
    of messaging: MessagingAccount,
    into batch: inout EventBatch
  ) {
    let value = change["value"]
    let field = change["field"].text ?? "unknown"
    if field == "leadgen" {
      LeadAdsWebhook.decode(value, page: messaging.account.id, into: &batch)
    } else if value["sender"].isObject {
      messaging.decode(value, into: &batch)
    } else {
      batch.notice(messaging.account, field, "the page's “\(field)” changed")
    }
  }
}
