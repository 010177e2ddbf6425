// Instagram webhooks: direct messages in `messaging` or `standby`, comments and mentions in
// `changes`. Called by WebhookDecoder.
import Model

enum InstagramWebhook {
  static func decode(_ entry: JSONValue, into batch: inout EventBatch) {
    let account = ProviderAccount(kind: .instagram, id: entry["id"].text ?? "unknown")
    if account.id == "0" {
      // What the developer dashboard's Test button sends.
      return batch.notice(account, "test", "the dashboard's test event")
    }
    let messaging = MessagingAccount(account: account, personKind: .igsid)
    // Standby events belong to another app's conversation; they are shown all the same.
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
    if value["sender"].isObject { return messaging.decode(value, into: &batch) }
    // Comments are public and open no conversation: they are noted, not put in a thread.
    batch.notice(messaging.account, field, summary(field, value))
  }

  private static func summary(_ field: String, _ value: JSONValue) -> String {
    let author = value["from"]["username"].text.map { "@" + $0 } ?? "somebody"
    switch field {
    case "comments", "live_comments":
      return "\(author) commented: \(value["text"].text ?? "")"
    case "mentions":
      let place = value["comment_id"].text == nil ? "a caption" : "a comment"
      return "the account was mentioned in \(place)"
    default: return "the account's “\(field)”"
    }
  }
}
