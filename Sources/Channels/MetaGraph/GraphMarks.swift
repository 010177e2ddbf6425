// "Seen" and "is typing": what the customer sees of us beside messages. Nothing depends on them, so a
// failure is only logged.
import Model

extension GraphClient {
  /// Marks the conversation as read up to `message`, with "is typing" on top where it is wanted.
  ///
  /// Returns why it could not be done, and whether the provider said so; nil when it was.
  package func markRead(
    _ credentials: GraphCredentials,
    person: Identity,
    through message: String,
    isTyping: Bool = false
  ) -> (reason: String, isAnswer: Bool)? {
    switch credentials.kind {
    case .whatsapp:
      var body: JSONValue = [
        "messaging_product": "whatsapp", "status": "read", "message_id": .string(message),
      ]
      if isTyping { body.set("typing_indicator", ["type": "text"]) }
      return post(body, credentials)
    case .instagram, .messenger:
      let action: JSONValue = isTyping ? "typing_on" : "mark_seen"
      return post(
        ["recipient": ["id": .string(person.value)], "sender_action": action],
        credentials
      )
    case .leadAds, .email, .sms: return nil
    }
  }

  private func post(
    _ body: JSONValue,
    _ credentials: GraphCredentials
  ) -> (reason: String, isAnswer: Bool)? {
    let outcome = transport.perform(
      HTTPRequest(
        method: .post,
        url: credentials.url("/messages"),
        headers: [HTTPHeader("Content-Type", "application/json")],
        bearer: credentials.token,
        body: body.encodedBytes(),
        totalTimeout: 10 * .second
      )
    )
    switch outcome {
    case .notSent(let reason), .unknown(let reason): return (reason, false)
    case .response(let response):
      let answer = (try? JSONValue.parse(response.body)) ?? .null
      return GraphError(answer: answer, response: response).map { ($0.userText, true) }
    }
  }
}
