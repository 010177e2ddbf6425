// WhatsApp changes with nothing to show in a thread: errors, preferences, templates, the account.
import Model

extension WhatsAppChange {
  /// `isEmpty`: the change held no message and no receipt.
  func decodeNotices(into batch: inout EventBatch, isEmpty: Bool) {
    let before = batch.found
    for error in value["errors"].array {
      batch.add(account, .account(errorNotice(error, at: batch.entryMoment)))
    }
    for preference in value["user_preferences"].array {
      decodePreference(preference, into: &batch)
    }
    for event in value["automatic_events"].array {
      batch.notice(account, "automatic_event", event["event_name"].text ?? "event")
    }
    for change in value["state_sync"].array {
      let contact = change["contact"]
      let name = contact["full_name"].text ?? contact["phone_number"].text ?? "a contact"
      batch.notice(account, "contact_sync", "\(change["action"].text ?? "change"): \(name)")
    }
    guard isEmpty, batch.found == before else { return }
    guard Self.accountFields.contains(field) else { return batch.notice(account, field, summary) }
    batch.add(noticeAccount, .account(accountNotice(at: batch.entryMoment)))
  }

  /// Somebody has switched marketing messages off or on in WhatsApp.
  private func decodePreference(_ item: JSONValue, into batch: inout EventBatch) {
    let person = WhatsAppPerson(
      ids: [item["wa_id"], item["user_id"]],
      parents: [item["parent_user_id"]],
      contacts: value["contacts"].array
    )
    let decision: Consent.Decision
    switch item["value"].text {
    case "stop": decision = .optedOut
    case "resume", "signup": decision = .optedIn
    default:
      let word = item["value"].text ?? "no value"
      return batch.notice(account, "marketing_preference", "a preference never seen: \(word)")
    }
    guard !person.identities.isEmpty else {
      return batch.lose("a marketing preference of nobody")
    }
    let entry = Consent.Entry(
      category: .marketing,
      decision: decision,
      at: batch.time(item["timestamp"]),
      source: .preference,
      detail: item["detail"].text?.singleLine(limit: 200)
    )
    batch.add(account, .consent(InboundConsent(person: person.identities, entry: entry)))
  }

  /// Such as `APPROVED, trial_offer`.
  var summary: String {
    let telling = [
      value["event"], value["decision"], value["new_status"], value["new_quality_score"],
      value["new_category"], value["alert_info"]["alert_type"],
      value["ban_info"]["waba_ban_state"], value["violation_info"]["violation_type"],
      value["restriction_info"][0]["restriction_type"], value["message_template_name"],
      value["requested_verified_name"], value["reason"], value["rejection_info"]["reason"],
    ]
    let words = telling.compactMap(\.text).filter { $0 != "NONE" }
    return words.isEmpty ? "no details" : words.joined(separator: ", ")
  }
}
