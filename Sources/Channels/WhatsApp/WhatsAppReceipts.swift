// WhatsApp's word on messages of ours: sent, delivered, read, failed.
import Model

extension WhatsAppChange {
  func decodeStatus(_ status: JSONValue, into batch: inout EventBatch) {
    guard let id = status["id"].text else {
      return batch.lose("a receipt without a message id")
    }
    let word = status["status"].text ?? "none"
    if status["recipient_type"].text == "group" || status["recipient_participant_id"].text != nil {
      return batch.notice(account, "group", "a receipt from a WhatsApp group: \(word)")
    }
    guard let known = Self.statuses[word] else {
      return batch.notice(account, "receipt", "\(word): \(id)")
    }
    let recipient = WhatsAppPerson(
      ids: [status["recipient_id"], status["recipient_user_id"]],
      parents: [status["parent_recipient_user_id"], status["recipient_parent_user_id"]],
      contacts: value["contacts"].array
    )
    batch.add(
      account,
      .receipt(
        InboundReceipt(
          providerID: id,
          status: known,
          at: batch.time(status["timestamp"]),
          failure: known == .failed ? failure(status["errors"][0]) : nil,
          callbackData: status["biz_opaque_callback_data"].text,
          recipient: recipient.identities
        )
      )
    )
  }

  /// A played voice note has been read.
  private static let statuses: [String: MessageStatus] = [
    "sent": .sent, "delivered": .delivered, "read": .read, "played": .read, "failed": .failed,
  ]

  private func failure(_ error: JSONValue) -> MessageFailure {
    GraphErrorTable.failure(code: error["code"].int, saying: error.errorText)
  }
}

extension JSONValue {
  /// What an item of `errors[]` says, most telling part first (old payloads have `details` at the
  /// top).
  var errorText: String {
    let text =
      self["error_data"]["details"].text ?? self["details"].text ?? self["message"].text
      ?? self["title"].text ?? self["code"].text.map { "error \($0)" } ?? "unknown error"
    return text.singleLine(limit: 200)
  }
}
