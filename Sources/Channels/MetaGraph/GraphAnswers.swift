// From an HTTP outcome to what it means for a send or a look-up.
import Model

extension SendOutcome {
  init(_ outcome: HTTPOutcome, of message: GraphMessage) {
    switch outcome {
    case .notSent(let reason): self = .notSent(reason: reason)
    case .unknown(let reason): self = .unknown(reason: reason)
    case .response(let response): self.init(response, of: message)
    }
  }

  private init(_ response: HTTPResponse, of message: GraphMessage) {
    let answer = (try? JSONValue.parse(response.body)) ?? .null
    // An error can come with any status, 200 too.
    if let error = GraphError(answer: answer, response: response) {
      self = .refused(error)
    } else if let id = answer["messages"][0]["id"].text ?? answer["message_id"].text {
      let contact = answer["contacts"][0]
      let recipient = contact["wa_id"].text ?? contact["user_id"].text
      self = .accepted(providerID: id, recipient: recipient ?? answer["recipient_id"].text)
    } else if case .reaction = message.content, response.status == 200,
      answer["recipient_id"].text != nil || answer["success"].bool == true
    {
      // Instagram and Messenger give a reaction no id of its own.
      self = .accepted(providerID: message.callbackData, recipient: answer["recipient_id"].text)
    } else if (300..<500).contains(response.status), response.status != 408 {
      self = .refused(.unexplained(response))
    } else {
      // A server error, perhaps of a proxy, can come after the message was taken.
      self = .unknown(reason: "HTTP \(response.status) without an answer that can be read")
    }
  }
}

extension AccountCheck {
  init(_ outcome: HTTPOutcome) {
    switch outcome {
    case .notSent(let reason), .unknown(let reason): self = .unreachable(reason: reason)
    case .response(let response):
      let answer = (try? JSONValue.parse(response.body)) ?? .null
      if let error = GraphError(answer: answer, response: response) {
        self = .refused(error)
      } else if let reason = Self.block(answer["health_status"]) {
        self = .blocked(reason: reason)
      } else if response.status == 200, answer["id"].text != nil {
        let name = answer["verified_name"].text ?? answer["username"].text ?? answer["name"].text
        self = .reachable(name: name ?? answer["display_phone_number"].text)
      } else {
        self = .refused(.unexplained(response))
      }
    }
  }

  /// Why nothing may be sent (Meta, "Messaging health status", 2026); nil where something may.
  private static func block(_ health: JSONValue) -> String? {
    guard health["can_send_message"].text == "BLOCKED" else { return nil }
    let blocked = health["entities"].array.first { $0["can_send_message"].text == "BLOCKED" }
    let error = blocked?["errors"][0] ?? .null
    let words = [error["error_description"].text, error["possible_solution"].text]
      .compactMap { $0 }.joined(separator: " ")
    return words.isEmpty
      ? "WhatsApp blocks sending: see WhatsApp Manager" : words.singleLine(limit: 200)
  }
}

extension GraphError {
  /// An answer that is no Graph answer: a proxy's page, a wrong address.
  static func unexplained(_ response: HTTPResponse) -> GraphError {
    GraphError(
      code: nil,
      httpStatus: response.status,
      message: "HTTP \(response.status), not an answer of the Graph API",
      wait: response.advisedWait
    )
  }
}

extension String {
  /// Safe as one part of a URL's path (RFC 3986 unreserved characters stay).
  var percentEncoded: String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
