// Answers to buttons, lists, flows and call requests: the words the customer chose.
import Model

extension WhatsAppContent {
  static func interactive(_ body: JSONValue) -> String {
    switch body["type"].text {
    case "button_reply", "list_reply":
      let reply = body[body["type"].text ?? ""]
      return reply["title"].text ?? reply["id"].text ?? "[button]"
    case "nfm_reply": return form(body["nfm_reply"])
    case "call_permission_reply":
      switch body["call_permission_reply"]["response"].text {
      case "accept": return "[allows calls]"
      case "reject": return "[does not allow calls]"
      default: return "[answer about calls]"
      }
    case let type?: return "[interactive reply: \(type.singleLine(limit: 40))]"
    case nil: return "[interactive reply]"
    }
  }

  /// The fields of a filled-in flow.
  ///
  /// `response_json` is a string that may hold anything; tokens are not for people.
  private static func form(_ reply: JSONValue) -> String {
    let answers = try? JSONValue.parse(reply["response_json"].text ?? "")
    let fields = answers?.members.prefix(30).compactMap { member -> String? in
      guard member.key != "flow_token" else { return nil }
      let chosen = member.value.array.compactMap(\.text).joined(separator: ", ")
      guard let value = member.value.text ?? chosen.trimmed else { return nil }
      return "\(member.key): \(value)"
    }
    guard let fields, !fields.isEmpty else { return "[form]".with(reply["body"].text) }
    return "[form] " + fields.joined(separator: "; ")
  }
}
