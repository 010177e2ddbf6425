// POST /{account}/messages in the shape that Instagram and Messenger share.
import Model

private let window: Int64 = 24 * .hour
/// With the tag HUMAN_AGENT a person may answer longer (Meta, "Human agent").
private let humanAgentWindow: Int64 = 7 * .day
/// Bytes of an Instagram text (Meta, "Send messages"); Messenger allows 2000 characters.
private let longestInstagramText = 1000
private let longestMessengerText = 2000

extension World {
  mutating func messengerSend(
    _ call: GraphCall,
    from account: String,
    request: JSON,
    now: Timestamp
  ) throws(GraphError) -> (answer: GraphAnswer, send: AcceptedSend?) {
    let surface = accounts.surface(ofMessengerAccount: account)
    let recipient = request["recipient"]
    guard let id = recipient?["id"]?.identifier ?? recipient?["comment_id"]?.identifier else {
      throw .parameter("The parameter recipient is required.")
    }
    let to = Address(surface: surface, id: id)
    if let action = request["sender_action"]?.text {
      guard ["typing_on", "typing_off", "mark_seen", "react", "unreact"].contains(action) else {
        throw .parameter("Param sender_action must be one of {typing_on, typing_off, mark_seen}.")
      }
      let answer: JSON = ["recipient_id": .string(id)]
      return (GraphAnswer(answer, isInstagram: surface == .instagram), nil)
    }
    guard let message = request["message"], message.isObject else {
      throw .parameter("The parameter message is required.")
    }
    let text = try messengerText(message, on: surface)
    let isTagged = request["tag"]?.text == "HUMAN_AGENT"
    guard isInside(isTagged ? humanAgentWindow : window, to, now: now) else {
      throw .instagramWindow
    }
    let send = AcceptedSend(
      id: surface == .instagram ? ids.messenger() : "m_" + ids.messenger(),
      to: to,
      account: account,
      request: request,
      text: text
    )
    let answer: JSON = ["recipient_id": .string(id), "message_id": .string(send.id)]
    return (GraphAnswer(answer, isInstagram: surface == .instagram), send)
  }

  private func messengerText(_ message: JSON, on surface: Surface) throws(GraphError) -> String {
    guard let text = message["text"]?.text else {
      guard message["attachment"] != nil || message["attachments"] != nil else {
        throw .parameter("Message cannot be empty, must provide valid attachment or text")
      }
      return ""
    }
    let isTooLong =
      surface == .instagram
      ? text.utf8.count > longestInstagramText
      : text.unicodeScalars.count > longestMessengerText
    guard !isTooLong else {
      let longest = surface == .instagram ? longestInstagramText : longestMessengerText
      throw .parameter(
        "Length of param message[text] must be less than or equal to \(longest)"
      )
    }
    return text
  }
}
