// WhatsApp's words on the business account itself, to what an admin reads and what follows for
// sending (Meta webhook reference, account_update and its like, 2026).
import Model

extension WhatsAppChange {
  /// Fields that speak of the account rather than of somebody's message.
  static let accountFields: Set<String> = [
    "account_update", "account_alerts", "account_review_update", "business_capability_update",
    "phone_number_quality_update", "phone_number_name_update", "security",
    "message_template_status_update", "message_template_quality_update",
    "template_category_update", "message_template_components_update",
  ]

  /// The account that a notice is about: partners are told of their customers' accounts.
  var noticeAccount: ProviderAccount {
    ProviderAccount(
      kind: .whatsapp,
      id: value["waba_info"]["waba_id"].text ?? account.id
    )
  }

  func accountNotice(at time: Timestamp) -> AccountNotice {
    var notice = AccountNotice(kind: field, severity: .info, title: summary, at: time)
    switch field {
    case "account_update": describeUpdate(&notice)
    case "account_alerts": describeAlert(&notice)
    case "account_review_update":
      notice.title = "WhatsApp reviewed the account: \(plain(value["decision"]))"
      notice.severity = value["decision"].text == "APPROVED" ? .info : .warning
    case "business_capability_update":
      let limit =
        value["max_daily_conversations_per_business"].text
        ?? value["max_daily_conversation_per_phone"].text
      notice.title =
        "New sending limit" + (limit.map { ": \($0) people a day outside the window" } ?? "")
    case "phone_number_quality_update": describeQuality(&notice)
    case "phone_number_name_update":
      let name = value["requested_verified_name"].text ?? "the name"
      notice.title = "Display name “\(name)”: \(plain(value["decision"]))"
      notice.severity = value["decision"].text == "APPROVED" ? .info : .warning
      notice.detail = value["rejection_reason"].text.map { "Reason: " + $0 } ?? ""
    case "security":
      notice.severity = .warning
      notice.title = "Security: \(plain(value["event"])) for \(number)"
      notice.detail =
        "If nobody at the gym asked for it, change the two-step PIN in WhatsApp Manager."
    default: describeTemplate(&notice)
    }
    notice.title = notice.title.singleLine(limit: 200)
    notice.detail = notice.detail.singleLine(limit: 600)
    return notice
  }

  /// An error of the account's own, in a change that has no message.
  func errorNotice(_ error: JSONValue, at time: Timestamp) -> AccountNotice {
    let code = error["code"].int
    let isGrave = code.map { [368, 131_031, 131_037, 131_042, 131_045].contains($0) } ?? false
    return AccountNotice(
      kind: "error",
      severity: isGrave ? .critical : .warning,
      title: "WhatsApp reports error\(code.map { " \($0)" } ?? "")".singleLine(limit: 200),
      detail: error.errorText.singleLine(limit: 600),
      at: time
    )
  }

  private var number: String {
    value["display_phone_number"].text.map { "+" + ($0.phoneDigits ?? $0) } ?? "the number"
  }

  private func describeUpdate(_ notice: inout AccountNotice) {
    let event = value["event"].text ?? ""
    switch event {
    case "DISABLED_UPDATE": describeBan(&notice)
    case "ACCOUNT_RESTRICTION": describeRestriction(&notice)
    case "ACCOUNT_VIOLATION":
      notice.severity = .warning
      notice.title = "Policy violation: \(plain(value["violation_info"]["violation_type"]))"
      notice.detail =
        "Further ones may restrict or ban the account; see Account quality in WhatsApp Manager."
    case "ACCOUNT_DELETED":
      stop(&notice, "The WhatsApp account was deleted", "Connect another one in the config.")
    case "ACCOUNT_OFFBOARDED":
      stop(&notice, "The WhatsApp account was disconnected", "Reconnect it in WhatsApp Manager.")
    case "ACCOUNT_RECONNECTED":
      notice.title = "The WhatsApp account is connected again"
      notice.effect = .resume
    case "PARTNER_REMOVED":
      notice.severity = .critical
      notice.title = "WhatsApp access was removed"
      let reason = value["disconnection_info"]["reason"].text.map { " (\(plain(.string($0))))" }
      notice.detail = "Sends will be refused\(reason ?? ""): share the account with the app again."
    default: notice.title = "Account update: \(plain(value["event"]))"
    }
  }

  private func describeBan(_ notice: inout AccountNotice) {
    let date = value["ban_info"]["waba_ban_date"].text.map { " (\($0))" } ?? ""
    switch value["ban_info"]["waba_ban_state"].text {
    case "REINSTATE":
      notice.title = "WhatsApp lifted the ban" + date
      notice.effect = .resume
    case "SCHEDULE_FOR_DISABLE":
      notice.severity = .critical
      notice.title = "WhatsApp will ban the account" + date
      notice.detail = "Appeal now under Account quality in WhatsApp Manager."
    default:
      stop(
        &notice,
        "WhatsApp banned the account" + date,
        "Appeal under Account quality in WhatsApp Manager."
      )
    }
  }

  private func describeRestriction(_ notice: inout AccountNotice) {
    let all = value["restriction_info"].array
    let kinds = all.map { plain($0["restriction_type"]) }
    notice.severity = .critical
    notice.title = "WhatsApp restricted the account: " + kinds.joined(separator: ", ")
    let messaging = all.filter { $0["restriction_type"].text?.contains("MESSAGING") ?? true }
    guard !messaging.isEmpty || all.isEmpty else {
      notice.severity = .warning
      return
    }
    let ends = messaging.map { Timestamp(lenient: $0["expiration"]) }
    let until = ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
    notice.detail = "Nothing is sent meanwhile; see Account quality in WhatsApp Manager."
    notice.effect = .pause(reason: "WhatsApp restricted the account", until: until)
  }

  private func stop(_ notice: inout AccountNotice, _ title: String, _ remedy: String) {
    notice.severity = .critical
    notice.title = title
    notice.detail = "Nothing is sent meanwhile. " + remedy
    notice.effect = .pause(reason: title + ". " + remedy, until: nil)
  }

  private func describeAlert(_ notice: inout AccountNotice) {
    let info = value["alert_info"]
    notice.title = "Alert: \(plain(info["alert_type"]))"
    notice.detail = info["alert_description"].text ?? ""
    let severity = info["alert_severity"].text
    notice.severity = severity == "CRITICAL" ? .critical : severity == "WARNING" ? .warning : .info
  }

  private func describeQuality(_ notice: inout AccountNotice) {
    let event = value["event"].text ?? ""
    let limit =
      value["max_daily_conversations_per_business"].text ?? value["current_limit"].text
    notice.severity = ["FLAGGED", "DOWNGRADE"].contains(event) ? .warning : .info
    notice.title = "Quality of \(number): \(plain(value["event"]))"
    notice.detail = limit.map { "Limit now: " + plain(.string($0)) } ?? ""
  }

  private func describeTemplate(_ notice: inout AccountNotice) {
    let name = value["message_template_name"].text ?? "a template"
    let news =
      value["event"].text ?? value["new_quality_score"].text ?? value["new_category"].text
      ?? "changed"
    notice.title = "Template “\(name)”: \(plain(.string(news)))"
    let bad: Set<String> = ["REJECTED", "PAUSED", "DISABLED", "FLAGGED", "LIMIT_EXCEEDED", "RED"]
    notice.severity = bad.contains(news) ? .warning : .info
    let reason = value["rejection_info"]["reason"].text ?? value["reason"].text
    notice.detail = reason.flatMap { $0 == "NONE" ? nil : "Reason: " + plain(.string($0)) } ?? ""
  }

  /// `TIER_UNLIMITED` as a person reads it.
  private func plain(_ word: JSONValue) -> String {
    guard let text = word.text else { return "no details" }
    return text.contains(" ") ? text : text.replacing("_", with: " ").lowercased()
  }
}
