// Reading, making, changing and deleting the templates of a business account. Called by the worker (sync)
// and the desk (the rest).
import Model

extension GraphClient {
  /// Rows a page; Meta's own default is 25.
  private static let templatePage = 100
  /// More than any account may have (250 to 6000): an endless listing ends here.
  private static let mostTemplatePages = 100

  /// All templates of the account, page by page.
  ///
  /// The next page is asked for by its cursor, never by the address in the answer: the token goes to
  /// the configured host only.
  package func templates(
    _ credentials: GraphCredentials
  ) -> GraphReply<[WhatsAppTemplate]> {
    guard let account = credentials.businessAccount else { return .found([]) }
    var found: [WhatsAppTemplate] = []
    var after: String?
    for _ in 0..<Self.mostTemplatePages {
      var query =
        "?fields=name,status,category,language,components,id,quality_score,rejected_reason,"
        + "parameter_format&limit=\(Self.templatePage)"
      if let after { query += "&after=" + after.percentEncoded }
      switch call(.get, credentials.url("/message_templates" + query, of: account), credentials) {
      case .found(let answer):
        found += answer["data"].array.compactMap { WhatsAppTemplate(json: $0, account: account) }
        let next = answer["paging"]["cursors"]["after"].text
        guard answer["paging"]["next"].text != nil, let next, next != after else {
          return .found(found)
        }
        after = next
      case .refused(let error): return .refused(error)
      case .unreachable(let reason): return .unreachable(reason: reason)
      }
    }
    return .found(found)
  }

  /// Sends a new template in; `examples` are by the gaps' keys.
  ///
  /// The answer's category may differ from the asked one.
  package func create(
    _ template: WhatsAppTemplate,
    examples: [String: String],
    _ credentials: GraphCredentials
  ) -> GraphReply<WhatsAppTemplate> {
    let body: JSONValue = [
      "name": .string(template.name), "language": .string(template.language),
      "category": .string(template.category.rawValue),
      "parameter_format": .string(template.components.isNamed ? "NAMED" : "POSITIONAL"),
      "components": template.components.json(examples: examples),
    ]
    let url = credentials.url("/message_templates", of: template.account)
    return call(.post, url, credentials, body).map { answer in
      var made = template
      made.providerID = answer["id"].text
      made.status = WhatsAppTemplate.Status(word: answer["status"].text ?? "PENDING")
      if let category = answer["category"].text { made.category = .init(word: category) }
      return made
    }
  }

  /// Changes the parts of a template; it is reviewed again.
  package func change(
    _ template: WhatsAppTemplate,
    examples: [String: String],
    _ credentials: GraphCredentials
  ) -> GraphReply<WhatsAppTemplate> {
    guard let id = template.providerID else {
      return .unreachable(reason: "the template's id is not known yet: sync first")
    }
    let body: JSONValue = [
      "category": .string(template.category.rawValue),
      "components": template.components.json(examples: examples),
    ]
    return call(.post, credentials.url("", of: id), credentials, body).map { _ in
      var changed = template
      changed.status = .pending
      changed.reason = nil
      return changed
    }
  }

  package func delete(
    _ template: WhatsAppTemplate,
    _ credentials: GraphCredentials
  ) -> GraphReply<Void> {
    var query = "?name=" + template.name.percentEncoded
    if let id = template.providerID { query += "&hsm_id=" + id.percentEncoded }
    let url = credentials.url("/message_templates" + query, of: template.account)
    return call(.delete, url, credentials).map { _ in }
  }

  private func call(
    _ method: HTTPRequest.Method,
    _ url: String,
    _ credentials: GraphCredentials,
    _ body: JSONValue? = nil
  ) -> GraphReply<JSONValue> {
    ask(
      HTTPRequest(
        method: method,
        url: url,
        headers: body == nil ? [] : [HTTPHeader("Content-Type", "application/json")],
        bearer: credentials.token,
        body: body?.encodedBytes() ?? [],
        // A hundred templates with all their parts.
        maxResponseBytes: 8 << 20
      )
    )
  }
}

extension WhatsAppTemplate {
  /// A row of the listing; nil without name or language.
  init?(json: JSONValue, account: String) {
    guard let name = json["name"].text, let language = json["language"].text else { return nil }
    let reason = json["rejected_reason"].text
    self.init(
      account: account,
      providerID: json["id"].text,
      name: name,
      language: language,
      category: Category(word: json["category"].text ?? ""),
      status: Status(word: json["status"].text ?? "OTHER"),
      quality: json["quality_score"]["score"].text ?? json["quality_score"].text,
      reason: reason == "NONE" ? nil : reason?.singleLine(limit: 400),
      components: TemplateComponents(
        json: json["components"],
        format: json["parameter_format"].text
      ),
      syncedAt: Timestamp(milliseconds: 0)
    )
  }
}
