// A refusal by the Graph API, read from its JSON and classed by code. Made by GraphClient; the
// worker decides by its class, screens and CLI show its text.
import Model

/// What a refusal asks of us.
package enum GraphErrorClass: Hashable, Sendable {
  /// Try again later, a few times.
  case retry
  /// Hold everything of that scope for a while.
  case throttle(GraphScope)
  /// Pause the channel until its token is renewed.
  case auth
  /// Pause the channel until somebody changes a setting at the provider.
  case config
  /// The reply window is closed.
  case window
  /// This message will never go.
  case permanent
  /// This person can't be reached.
  case recipient
  /// This person has switched marketing messages off.
  case optOut
  /// The attachment must be mended.
  case media
  /// The template must be mended or chosen anew.
  case template
  /// Another app owns the conversation.
  case held
}

/// What a rate limit counts.
package enum GraphScope: String, Hashable, Sendable {
  case app, account, number, business, recipient, flow
}

/// An answer that says no.
package struct GraphError: Error, Equatable, Sendable {
  /// Nil when the answer had none.
  package var code: Int?
  package var subcode: Int?
  package var httpStatus: Int
  /// The provider's words, in whatever language.
  package var message: String
  package var details: String?
  /// For the log and for the provider's support.
  package var fbtraceID: String?
  package var errorClass: GraphErrorClass
  /// One line for a person: what happened, what to do.
  package var userText: String
  /// How often in all a send that failed so may be tried.
  package var tries: Int
  /// Milliseconds to hold off, by the answer's headers or the rule for the code.
  package var wait: Int64?

  package init(
    code: Int?,
    subcode: Int? = nil,
    httpStatus: Int,
    message: String,
    details: String? = nil,
    fbtraceID: String? = nil,
    wait: Int64? = nil
  ) {
    let rule = GraphErrorTable.rule(code: code, subcode: subcode, httpStatus: httpStatus)
    self.code = code
    self.subcode = subcode
    self.httpStatus = httpStatus
    self.message = message
    self.details = details
    self.fbtraceID = fbtraceID
    errorClass = rule.errorClass
    userText = rule.words(saying: details ?? message)
    tries = rule.tries
    self.wait = [wait, rule.wait].compactMap { $0 }.max()
  }

  /// What a message keeps of it.
  package var failure: MessageFailure {
    MessageFailure(code: code, title: userText, reach: errorClass.reach(wait: wait))
  }
}

extension GraphError {
  /// The `error` of an answer; nil when there is none, whatever the status.
  init?(answer: JSONValue, response: HTTPResponse) {
    let error = answer["error"]
    guard !error.isNull else { return nil }
    self.init(
      code: error["code"].int,
      subcode: error["error_subcode"].int,
      httpStatus: response.status,
      message: error["message"].text ?? error["title"].text ?? error.text ?? "no reason given",
      details: error["error_data"]["details"].text ?? error["error_user_msg"].text,
      fbtraceID: error["fbtrace_id"].text,
      wait: response.advisedWait
    )
  }
}
