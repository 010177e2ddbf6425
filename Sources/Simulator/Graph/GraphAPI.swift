// The Graph API as the product uses it: one call in, one answer out, and perhaps a message taken.
import Model

extension World {
  /// Whether the call sends a message, as against a read mark, typing or a look-up.
  static func carriesMessage(_ call: GraphCall, _ request: JSON?) -> Bool {
    guard call.isMessagesPath else { return false }
    return request?["status"] == nil && request?["sender_action"] == nil
  }

  /// The fault that this call meets, counted as used.
  mutating func takeFault(_ call: GraphCall, carriesMessage: Bool) -> CallFault? {
    let accounts = knownAccounts
    return faults.take(
      call,
      carriesMessage: carriesMessage,
      accounts: accounts,
      random: &random
    )
  }

  /// Answers a call; a message that was taken is returned beside its answer, not yet recorded.
  mutating func answer(
    _ call: GraphCall,
    request: JSON?,
    now: Timestamp
  ) -> (answer: GraphAnswer, send: AcceptedSend?) {
    do throws(GraphError) {
      return try reply(to: call, request: request, now: now)
    } catch {
      return (GraphAnswer(error.body(trace: ids.trace()), status: error.status), nil)
    }
  }

  private mutating func reply(
    to call: GraphCall,
    request: JSON?,
    now: Timestamp
  ) throws(GraphError) -> (answer: GraphAnswer, send: AcceptedSend?) {
    guard let parts = call.parts, let id = parts.first else { throw .unknownPath(call.path) }
    guard call.token != nil else { throw .noToken }
    guard !faults.isTokenExpired else { throw .expiredToken }
    switch (call.method, parts.count, parts.last) {
    case (.get, _, _): return (try lookUp(call, parts, now: now), nil)
    case (.post, 2, "messages"):
      return try send(call, from: id, request: request, now: now)
    case (.post, 2, "media"): return (try upload(call), nil)
    case (.post, 2, "message_templates"):
      guard let request, request["name"]?.text != nil else {
        throw .parameter("The parameter name is required.")
      }
      if let problem = templates.problem(request) { throw .parameter(problem) }
      return (GraphAnswer(templates.create(request, id: ids.media())), nil)
    case (.post, 2, "subscribed_apps"): return (GraphAnswer(["success": true]), nil)
    case (.delete, 2, "message_templates"):
      let name = call.query["name"] ?? ""
      guard templates.remove(name: name, id: call.query["hsm_id"]) else {
        throw .parameter("Message template \(name) wasn't found")
      }
      return (GraphAnswer(["success": true]), nil)
    case (.post, 1, _):
      guard let request, templates.change(id, to: request) else {
        throw .missing(id, method: "post")
      }
      return (GraphAnswer(["success": true]), nil)
    case (.delete, 1, _):
      guard media.remove(id) else { throw .missing(id, method: "delete") }
      return (GraphAnswer(["success": true]), nil)
    default: throw .unknownPath("/" + parts.dropFirst().joined(separator: "/"))
    }
  }

  private mutating func send(
    _ call: GraphCall,
    from id: String,
    request: JSON?,
    now: Timestamp
  ) throws(GraphError) -> (answer: GraphAnswer, send: AcceptedSend?) {
    guard let request, request.isObject else {
      throw .parameter("The body must be a JSON object.")
    }
    let account = id == "me" ? accounts.instagram.first ?? id : id
    use(account: account)
    if request["messaging_product"]?.text == "whatsapp" {
      return try whatsappSend(call, from: account, request: request, now: now)
    }
    guard request["recipient"]?.isObject == true else {
      throw .parameter("The parameter messaging_product is required.")
    }
    return try messengerSend(call, from: account, request: request, now: now)
  }

  private mutating func upload(_ call: GraphCall) throws(GraphError) -> GraphAnswer {
    guard let file = MediaShelf.file(inMultipart: call.body, contentType: call.contentType) else {
      throw .parameter("The parameter file is required.")
    }
    try checkUpload(file)
    let id = ids.media()
    media.add(file, id: id)
    return GraphAnswer(["id": .string(id)])
  }
}
