// Reply buttons and lists as WhatsApp wants them (Meta, "Interactive messages", 2026).
import Model

extension GraphRequest {
  static func whatsAppInteractive(_ choices: Choices, question: String) -> JSONValue {
    let isList = choices.style == .list
    return [
      "type": isList ? "list" : "button",
      "body": ["text": .string(question)],
      "action": isList ? listAction(choices) : buttonAction(choices),
    ]
  }

  private static func buttonAction(_ choices: Choices) -> JSONValue {
    let buttons = choices.rows.map { row -> JSONValue in
      ["type": "reply", "reply": ["id": .string(row.id), "title": .string(row.title)]]
    }
    return ["buttons": .array(buttons)]
  }

  private static func listAction(_ choices: Choices) -> JSONValue {
    let rows = choices.rows.map { row -> JSONValue in
      var members: [JSONValue.Member] = []
      members.add("id", row.id)
      members.add("title", row.title)
      members.add("description", row.detail)
      return .object(members)
    }
    return [
      "button": .string(choices.opener ?? "Choose"),
      "sections": [["rows": .array(rows)]],
    ]
  }
}
