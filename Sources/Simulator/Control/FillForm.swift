// POST /_sim/form: somebody fills in a lead form, which the page's webhook names and the Graph API
// answers for.
import Model

/// Lead forms and what people wrote into them, by id.
struct FormShelf: Sendable {
  private var objects: [String: JSON] = [:]

  /// The object that `GET /{id}` answers with; nil for what was never filled in here.
  func object(_ id: String) -> JSON? { objects[id] }

  mutating func keep(_ object: JSON, as id: String) { objects[id] = object }
}

extension World {
  /// The webhook of a form that was filled in now, and its id.
  ///
  /// `fields` holds a string or a list of them for each question; `id`, `page`, `form`, `form_name`
  /// and `ad` are optional.
  mutating func fillForm(
    _ request: JSON,
    now: Timestamp
  ) throws(SayFailure) -> (id: String, webhook: Webhook) {
    guard request.isObject, let fields = request["fields"], fields.isObject else {
      throw SayFailure(reason: "fields is missing: an object of question and answer")
    }
    let number = { (name: String, other: @autoclosure () -> String) -> (String, JSON) in
      let text = request[name]?.identifier ?? other()
      return (text, Int64(text).map(JSON.integer) ?? .string(text))
    }
    let lead = number("id", ids.media())
    let form = number("form", "1234567890123456")
    let page = number("page", accounts.messenger.first ?? "100000000000001")
    let data = fields.members.map { field -> JSON in
      let values: JSON = field.value.text == nil ? field.value : .array([field.value])
      return ["name": .string(field.key), "values": values]
    }
    let answers: JSON = [
      "id": .string(lead.0), "created_time": .string(now.rfc3339), "form_id": .string(form.0),
      "ad_id": request["ad"] ?? .null, "field_data": .array(data),
    ]
    forms.keep(answers, as: lead.0)
    let name = request["form_name"]?.text ?? "Free trial week"
    forms.keep(["id": .string(form.0), "name": .string(name)], as: form.0)
    let seconds = now.milliseconds / 1000
    let value: JSON = [
      "leadgen_id": lead.1, "page_id": page.1, "form_id": form.1, "ad_id": request["ad"] ?? .null,
      "created_time": .integer(seconds),
    ]
    let body: JSON = [
      "object": "page",
      "entry": [
        [
          "id": page.1, "time": .integer(seconds),
          "changes": [["field": "leadgen", "value": value]],
        ]
      ],
    ]
    return (lead.0, webhook(body))
  }
}
