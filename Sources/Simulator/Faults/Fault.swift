// What can be made to go wrong, for calls to the Graph API and for the webhooks that follow.

/// A fault for the next matching calls.
struct CallFault: Equatable, Sendable {
  enum Drop: String, Sendable {
    /// The connection closes and nothing was accepted.
    case before
    /// The send is accepted, then the connection closes without an answer.
    case after
  }

  /// A substring of the path; empty matches every call that carries a message.
  var match = ""
  var status: Int?
  var code: Int?
  var subcode: Int?
  /// How many calls it still holds for.
  var times = 1
  var delayMilliseconds: Int64 = 0
  /// Seconds that a refusal asks to wait, as its `Retry-After` header.
  var retryAfter: Int?
  var drop: Drop?
  /// Answered instead of an error body: a JSON value, or a string for a body that is not JSON.
  var body: JSON?
  /// The send is accepted; its answer is cut off in the middle of the JSON.
  var isMalformed = false

  /// The call is refused; otherwise it is only slowed, or its answer dropped.
  var refuses: Bool { status != nil || code != nil || body != nil }

  func answer(trace: String) -> GraphAnswer {
    var answer = refusal(trace: trace)
    answer.retryAfter = retryAfter
    return answer
  }

  private func refusal(trace: String) -> GraphAnswer {
    if case .string(let text) = body {
      var answer = GraphAnswer(file: Array(text.utf8), contentType: "text/html; charset=utf-8")
      answer.status = status ?? 500
      return answer
    }
    if let body { return GraphAnswer(body, status: status ?? 200) }
    var error = GraphError.known(code ?? GraphError.code(forStatus: status ?? 400), status: status)
    if let subcode { error.subcode = subcode }
    return GraphAnswer(error.body(trace: trace), status: error.status)
  }
}

/// A fault for the webhooks that leave.
enum WebhookFault: Equatable, Sendable {
  /// The next webhook is posted twice.
  case duplicate
  /// The next send's receipts come in the wrong order; the next message of a customer is
  /// overtaken by those after it.
  case reorder
  /// The next send's receipts are posted before its answer.
  case early
  /// The next send is accepted, then reported as failed with this code.
  case fail(code: Int)

  init?(name: String, code: Int?) {
    switch name {
    case "duplicate": self = .duplicate
    case "reorder": self = .reorder
    case "early": self = .early
    case "fail": self = .fail(code: code ?? 131_026)
    default: return nil
    }
  }
}
