// WhatsApp's system messages about names: a new number, a new user id, a new device.
import Model

extension WhatsAppChange {
  /// `before` are the names that the message itself shows.
  func decodeIdentityChange(
    _ message: JSONValue,
    of before: [Identity],
    into batch: inout EventBatch
  ) {
    let system = message["system"]
    let time = batch.time(message["timestamp"])
    var change: IdentityChange
    switch system["type"].text {
    case "user_changed_number", "customer_changed_number":
      let fresh = [system["wa_id"], system["new_wa_id"]].compactMap(Self.identity)
      let old = before.filter { $0.kind == .phone }
      change = IdentityChange(kind: .number, person: before, retired: old, fresh: fresh, at: time)
    case "user_changed_user_id":
      let old = Self.identity(system["previous_user_id"]).map { [$0] }
      change = IdentityChange(
        kind: .userID,
        person: before,
        retired: old ?? before.filter { $0.kind == .bsuid },
        fresh: [system["user_id"]].compactMap(Self.identity),
        at: time
      )
    case "customer_identity_changed", "user_identity_changed":
      change = IdentityChange(kind: .securityCode, person: before, at: time)
    default: return
    }
    guard change.kind == .securityCode || !change.fresh.isEmpty else { return }
    change.retired.removeAll(where: change.fresh.contains)
    guard !(change.person + change.fresh).isEmpty else { return }
    batch.add(account, .identityChange(change))
  }

  private static func identity(_ id: JSONValue) -> Identity? {
    id.text.flatMap { Identity(whatsApp: $0, isParent: false) }
  }
}
