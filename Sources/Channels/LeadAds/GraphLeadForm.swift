// The answers of a lead form: its webhook names it only. `GET /{leadgen_id}` (Meta, "Retrieving
// leads", 2026); needs leads_retrieval and a page token.
import Model

extension GraphClient {
  /// Asks for a filled-in form and, for its headline, for the form's name.
  ///
  /// Without a side effect, so it may be repeated.
  package func leadForm(
    _ credentials: GraphCredentials,
    id: String,
    form: String?
  ) -> GraphReply<LeadFormAnswers> {
    look(credentials, at: id, fields: "id,created_time,form_id,field_data").map { lead in
      // A headline is welcome, the answers are needed: no name is no failure.
      let form = lead["form_id"].text ?? form
      var name: String?
      if let form, case .found(let named) = look(credentials, at: form, fields: "id,name") {
        name = named["name"].text
      }
      return LeadFormAnswers(lead, headline: name ?? form.map { "Form \($0)" })
    }
  }

  private func look(
    _ credentials: GraphCredentials,
    at object: String,
    fields: String
  ) -> GraphReply<JSONValue> {
    let request = HTTPRequest(
      method: .get,
      url: credentials.url("?fields=\(fields)", of: object),
      bearer: credentials.token
    )
    let reply = ask(request)
    if case .found(let answer) = reply, !answer.isObject {
      return .unreachable(reason: "an answer that can't be read")
    }
    return reply
  }
}

extension LeadFormAnswers {
  /// Forms may call their fields anything: the usual names are known, the rest are answers.
  init(_ lead: JSONValue, headline: String?) {
    var name: String?
    var parts: [String: String] = [:]
    var phone: String?
    var email: String?
    var answers: [Answer] = []
    for field in lead["field_data"].array {
      guard let key = field["name"].text else { continue }
      let values = field["values"].array.compactMap { $0.text?.nonBlank }
      answers.append(Answer(question: key.question, values: values))
      guard let value = values.first else { continue }
      switch key.lowercased() {
      case "full_name", "name": name = name ?? value
      case "first_name", "last_name": parts[key.lowercased()] = value
      case "phone_number", "phone", "work_phone_number", "whatsapp_number": phone = phone ?? value
      case "email", "work_email": email = email ?? (value.contains("@") ? value : nil)
      default: break
      }
    }
    let joined = [parts["first_name"], parts["last_name"]].compactMap { $0 }.joined(separator: " ")
    self.init(
      headline: headline,
      name: name ?? (joined.isEmpty ? nil : joined),
      phone: phone,
      email: email,
      answers: answers
    )
  }
}

extension String {
  /// `what_is_your_goal?` as a person reads it.
  fileprivate var question: String {
    let words = replacing("_", with: " ").nonBlank ?? self
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
