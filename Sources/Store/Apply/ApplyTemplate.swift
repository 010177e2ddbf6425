// What webhooks say of WhatsApp's templates: states and qualities at once, the rest by asking for a sync.
import GRDB
import Model

extension Application {
  func apply(_ notice: TemplateNotice, account: String) throws {
    let column: String
    let value: String
    var reason: String?
    switch notice.change {
    case .status(let status, let why): (column, value, reason) = ("status", status.rawValue, why)
    case .quality(let quality): (column, value) = ("quality", quality)
    case .category(let category): (column, value) = ("category", category.rawValue)
    case .components: return try database.wantTemplates(at: now)
    }
    let isStatus = column == "status"
    try database.execute(
      sql: """
        UPDATE whatsapp_template SET \(column) = :value, rev = :rev,
          reason = CASE WHEN :isStatus THEN :reason ELSE reason END,
          provider_id = ifnull(:id, provider_id),
          changed_at = CASE WHEN :isStatus THEN :at ELSE changed_at END
        WHERE account = :account AND name = :name AND language = :language
          AND (NOT :isStatus OR changed_at <= :at)
        """,
      arguments: [
        "value": value, "rev": rev, "isStatus": isStatus, "reason": reason,
        "id": notice.providerID, "at": notice.at.milliseconds, "account": account,
        "name": notice.name, "language": notice.language,
      ]
    )
    guard database.changesCount == 0 else { return }
    // One that is not known yet comes with the next sync; of a known one the news were too old.
    let isKnown = try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM whatsapp_template
          WHERE account = ? AND name = ? AND language = ?)
        """,
      arguments: [account, notice.name, notice.language]
    )
    if isKnown != true { try database.wantTemplates(at: now) }
  }
}

extension Database {
  /// Asks the worker to read the templates anew.
  func wantTemplates(at now: Timestamp) throws {
    try setSetting("templates.wanted_at", to: String(now.milliseconds))
  }
}
