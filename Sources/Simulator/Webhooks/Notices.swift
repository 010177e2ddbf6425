// What Meta reports after a send: sent, delivered, read on WhatsApp; echo and read elsewhere.
import Model

extension World {
  /// Something Meta posts so many milliseconds after the send.
  struct Notice {
    var after: Int64
    var body: JSON
  }

  /// In the order of their times, which is the wrong one when a reorder is due.
  mutating func notices(of send: AcceptedSend, to person: Person, at now: Timestamp) -> [Notice] {
    let handed = random.milliseconds(120...500)
    let arrived = handed + random.milliseconds(250...1200)
    let seen = arrived + random.milliseconds(900...4000)
    if send.to.surface != .whatsapp {
      return messengerNotices(send, [handed, arrived, seen], at: now)
    }
    let failure = faults.take(&random) { if case .fail = $0 { true } else { false } }
    if case .fail(let code) = failure {
      return [
        notice(send, person, "sent", handed, at: now),
        notice(send, person, "failed", arrived, at: now, failure: code),
      ]
    }
    let statuses = ["sent", "delivered", "read"]
    let isReordered = faults.take(&random) { $0 == .reorder } != nil
    let times = [handed, arrived, seen]
    return statuses.indices.map { index in
      // Reordered: `read` is posted first though its own time is the latest.
      let status = statuses[isReordered ? (index + 2) % 3 : index]
      let at = times[isReordered ? (index + 2) % 3 : index]
      var notice = notice(send, person, status, at, at: now)
      notice.after = times[index]
      return notice
    }
  }

  private func notice(
    _ send: AcceptedSend,
    _ person: Person,
    _ status: String,
    _ after: Int64,
    at now: Timestamp,
    failure code: Int? = nil
  ) -> Notice {
    var receipt = WebhookBody.Receipt(id: send.id, status: status, at: now + after)
    receipt.callbackData = send.callbackData
    receipt.category = send.category
    if let code {
      let error = GraphError.known(code)
      let title = error.message.split(separator: ") ", maxSplits: 1).last.map(String.init)
      receipt.failure = (code, title ?? error.message, error.details ?? error.message)
    }
    let account = accounts.whatsapp(send.account)
    return Notice(after: after, body: WebhookBody.status(receipt, to: person, account: account))
  }

  private func messengerNotices(
    _ send: AcceptedSend,
    _ times: [Int64],
    at now: Timestamp
  ) -> [Notice] {
    func body(_ after: Int64, isOurs: Bool, _ key: String, _ value: JSON) -> Notice {
      let body = WebhookBody.messaging(
        send.to.surface,
        account: send.account,
        sender: isOurs ? send.account : send.to.id,
        recipient: isOurs ? send.to.id : send.account,
        at: now + after,
        content: [.init(key: key, value: value)]
      )
      return Notice(after: after, body: body)
    }
    var echo: [JSON.Member] = [.init(key: "mid", value: .string(send.id))]
    echo += (send.request["message"]?.members ?? []).map {
      $0.key == "attachment" ? .init(key: "attachments", value: [$0.value]) : $0
    }
    echo.append(.init(key: "is_echo", value: true))
    let echoed = body(times[0], isOurs: true, "message", .object(echo))
    if send.to.surface == .messenger {
      let mark: JSON = .integer((now + times[1]).milliseconds)
      return [
        echoed,
        body(times[1], isOurs: false, "delivery", ["mids": [.string(send.id)], "watermark": mark]),
        body(
          times[2],
          isOurs: false,
          "read",
          ["watermark": .integer((now + times[2]).milliseconds)]
        ),
      ]
    }
    return [echoed, body(times[2], isOurs: false, "read", ["mid": .string(send.id)])]
  }
}
