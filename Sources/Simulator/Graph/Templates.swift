// The approved templates of the gym's WhatsApp account, as /{waba}/message_templates tells them.

struct TemplateCatalog {
  private(set) var rows: [JSON]

  init() {
    rows = [
      Self.row("hello_world", "en_US", "UTILITY", "Welcome and congratulations!", id: 1),
      Self.row(
        "first_reply",
        "en_US",
        "UTILITY",
        "Hi {{1}}, thanks for writing to us! How can we help you get started?",
        id: 2
      ),
      Self.row(
        "trial_followup",
        "en_US",
        "MARKETING",
        "Hi {{1}}, your free trial is still waiting for you. Shall we find a time this week?",
        id: 3
      ),
      Self.row(
        "visit_confirmation",
        "en_US",
        "UTILITY",
        "Hi {{1}}, we look forward to your visit on {{2}}. Bring a towel and indoor shoes!",
        id: 4
      ),
      Self.row(
        "no_show",
        "en_US",
        "UTILITY",
        "Hi {{1}}, we missed you today. Would another day suit you better?",
        id: 5
      ),
      Self.row(
        "win_back",
        "en_US",
        "MARKETING",
        "Hi {{1}}, it has been a while! Come back this month and the first week is on us.",
        id: 6
      ),
      Self.row(
        "besuch_bestaetigung",
        "de",
        "UTILITY",
        "Hallo {{1}}, wir freuen uns auf deinen Besuch am {{2}}. Bitte bring ein Handtuch mit!",
        id: 7
      ),
    ]
  }

  private static func row(
    _ name: String,
    _ language: String,
    _ category: String,
    _ text: String,
    id: Int
  ) -> JSON {
    [
      "name": .string(name),
      "parameter_format": "POSITIONAL",
      "components": [["type": "BODY", "text": .string(text)]],
      "language": .string(language),
      "status": "APPROVED",
      "category": .string(category),
      "id": .integer(1_387_372_356_726_000 + id),
    ]
  }

  /// A template that the gym makes; it is approved at once.
  mutating func create(_ request: JSON, id: String) -> JSON {
    var row = request
    row["status"] = "APPROVED"
    row["id"] = .string(id)
    rows.append(row)
    return ["id": .string(id), "status": "PENDING", "category": request["category"] ?? "UTILITY"]
  }

  /// The approved template of that name and language.
  func find(_ name: String, language: String) -> JSON? {
    rows.first { $0["name"]?.text == name && $0["language"]?.text == language }
  }

  /// A page of rows, with the cursors the API gives.
  func page(after cursor: Int, limit: Int, fields: Set<String>, origin: String) -> JSON {
    let start = min(max(cursor, 0), rows.count)
    let end = min(start + max(limit, 1), rows.count)
    let shown = rows[start..<end].map { row -> JSON in
      let kept = row.members.filter { fields.isEmpty || fields.contains($0.key) || $0.key == "id" }
      return .object(kept)
    }
    return [
      "data": .array(shown),
      "paging": [
        "cursors": ["before": .string(String(start)), "after": .string(String(end))],
        "next": end < rows.count ? .string("\(origin)after=\(end)") : .null,
      ],
    ]
  }

  /// How many placeholders the body of a template has.
  static func placeholders(_ template: JSON) -> Int {
    let body = template["components"]?.elements.first { $0["type"]?.text == "BODY" }
    return (body?["text"]?.text ?? "").split(separator: "{{", omittingEmptySubsequences: false)
      .count - 1
  }
}
