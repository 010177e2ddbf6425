// A transport that answers from a script and remembers what it was asked.
import Channels
import Synchronization

final class ScriptedTransport: HTTPTransport {
  private let state: Mutex<(outcomes: [HTTPOutcome], requests: [HTTPRequest])>

  /// The outcomes come in this order; after the last one nothing can be reached.
  init(_ outcomes: HTTPOutcome...) {
    state = Mutex((outcomes, []))
  }

  var requests: [HTTPRequest] { state.withLock(\.requests) }

  func perform(_ request: HTTPRequest) -> HTTPOutcome {
    state.withLock { state in
      state.requests.append(request)
      guard !state.outcomes.isEmpty else { return .notSent(reason: "end of the script") }
      return state.outcomes.removeFirst()
    }
  }
}

extension HTTPOutcome {
  static func answer(_ status: Int, _ body: String, _ headers: HTTPHeader...) -> HTTPOutcome {
    .response(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
  }
}
