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

  /// A list's row with its description, or a form's answers.
  static func interactiveCard(_ body: JSONValue) -> [JSONValue.Member] {
    switch body["type"].text {
    case "button_reply", "list_reply":
      let reply = body[body["type"].text ?? ""]
      guard reply.isObject else { return [] }
      let choice: JSONValue = [
        "id": JSONValue(reply["id"].bounded), "title": JSONValue(reply["title"].bounded),
        "description": JSONValue(reply["description"].bounded),
      ]
      return [.init("choice", choice)]
    case "nfm_reply":
      let answers = answers(body["nfm_reply"]).map { answer -> JSONValue in
        ["label": .string(answer.label), "value": .string(answer.value)]
      }
      return answers.isEmpty ? [] : [.init("form", ["answers": .array(answers)])]
    default: return []
    }
  }

  /// The fields of a filled-in flow.
  private static func form(_ reply: JSONValue) -> String {
    let fields = answers(reply).map { "\($0.label): \($0.value)" }
    if !fields.isEmpty { return "[form] " + fields.joined(separator: "; ") }
    // Not an object: what was answered all the same.
    let value = try? JSONValue.parse(reply["response_json"].text ?? "")
    let plain = value?.text ?? value?.array.compactMap(\.text).joined(separator: ", ").nonBlank
    return "[form]".with(plain?.singleLine(limit: 500) ?? reply["body"].text)
  }

  /// `response_json` is a string that may hold anything; tokens are not for people.
  private static func answers(_ reply: JSONValue) -> [(label: String, value: String)] {
    let answers = try? JSONValue.parse(reply["response_json"].text ?? "")
    let members = answers?.members.prefix(30) ?? []
    return members.compactMap { member in
      guard member.key != "flow_token" else { return nil }
      let chosen = member.value.array.compactMap(\.text).joined(separator: ", ")
      let flag = member.value.bool.map { $0 ? "yes" : "no" }
      guard let value = member.value.text ?? chosen.nonBlank ?? flag else { return nil }
      return (label(member.key), String(value.prefix(500)))
    }
  }

  /// A flow's field such as `screen_0_First_name_1`, without what its builder added.
  private static func label(_ key: String) -> String {
    var words = key.split(separator: "_").map(String.init)
    if words.first == "screen", words.count > 3 { words.removeFirst(2) }
    if words.count > 1, let last = words.last, Int(last) != nil { words.removeLast() }
    let label = words.joined(separator: " ").singleLine(limit: 60)
    return label.isEmpty ? key.singleLine(limit: 60) : label
  }
}
