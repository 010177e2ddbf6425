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
      Self.changed(
        Self.row("timetable", "en_US", "UTILITY", "Hi {{1}}, here is our timetable.", id: 8)
      ) { row in
        row["components"] = [
          ["type": "HEADER", "format": "DOCUMENT"],
          ["type": "BODY", "text": "Hi {{1}}, here is our timetable."],
          ["type": "FOOTER", "text": "Downtown Gym"],
        ]
      },
      Self.changed(
        Self.row("summer_sale", "en_US", "MARKETING", "Hi {{1}}, summer is here!", id: 9)
      ) { row in
        row["status"] = "PAUSED"
        row["quality_score"] = ["score": "RED"]
      },
      Self.changed(
        Self.row("double_gap", "en_US", "MARKETING", "Hi {{1}}{{2}}!", id: 10)
      ) { row in
        row["status"] = "REJECTED"
        row["rejected_reason"] = "INVALID_FORMAT"
      },
    ]
  }

  private static func changed(_ row: JSON, _ change: (inout JSON) -> Void) -> JSON {
    var row = row
    change(&row)
    return row
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

  /// How many values a part of a template takes: its placeholders, or the file of its header.
  static func placeholders(_ template: JSON, in part: String) -> Int {
    let found = template["components"]?.elements.first { $0["type"]?.text?.uppercased() == part }
    if let format = found?["format"]?.text?.uppercased(), format != "TEXT" { return 1 }
    let text = found?["text"]?.text ?? ""
    let names = text.split(separator: "{{", omittingEmptySubsequences: false).dropFirst()
      .compactMap { $0.split(separator: "}", omittingEmptySubsequences: false).first }
    return Set(names).count
  }

  mutating func remove(name: String, id: String?) -> Bool {
    let before = rows.count
    rows.removeAll { $0["name"]?.text == name && (id == nil || $0["id"]?.identifier == id) }
    return rows.count < before
  }

  /// New parts for the template `id`; false when there is none.
  mutating func change(_ id: String, to request: JSON) -> Bool {
    guard let place = rows.firstIndex(where: { $0["id"]?.identifier == id }) else { return false }
    for key in ["components", "category"] {
      if let value = request[key] { rows[place][key] = value }
    }
    return true
  }

  /// What stands against a new template, as the API says it; nil when nothing does.
  func problem(_ request: JSON) -> String? {
    let name = request["name"]?.text ?? ""
    let isName =
      !name.isEmpty
      && name.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == 95
      }
    guard isName else {
      return "Message template name can only have lowercase letters and underscores"
    }
    guard let language = request["language"]?.text else {
      return "The parameter language is required."
    }
    guard let category = request["category"]?.text,
      ["MARKETING", "UTILITY", "AUTHENTICATION"].contains(category)
    else { return "Param category must be one of {UTILITY, MARKETING, AUTHENTICATION}" }
    if find(name, language: language) != nil {
      return "There is already \(language) content for this template"
    }
    let body = request["components"]?.elements.first { $0["type"]?.text?.uppercased() == "BODY" }
    let text = body?["text"]?.text ?? ""
    if text.isEmpty { return "Message template body is required" }
    if text.hasPrefix("{{") || text.hasSuffix("}}") {
      return "Variables can't be at the start or end of the template"
    }
    if text.contains("}}{{") || text.contains("}} {{") {
      return "Variables can't be next to each other"
    }
    if Self.placeholders(request, in: "BODY") > 0, body?["example"] == nil {
      return "Message template is missing examples for its variables"
    }
    return nil
  }
}
