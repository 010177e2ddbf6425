// Who somebody on Instagram or Messenger is: their webhooks name nobody.
import Model

/// What the provider tells of a person who wrote.
package struct GraphProfile: Equatable, Sendable {
  package var name: String?
  package var username: String?
}

/// How a look at a profile ended.
package enum ProfileOutcome: Equatable, Sendable {
  case found(GraphProfile)
  /// The provider won't tell; asking again is no use.
  case refused(GraphError)
  case unreachable(reason: String)
}

extension GraphClient {
  /// Asks for the profile of `person`, an Instagram- or page-scoped id.
  ///
  /// Allowed once the person has written. Without a side effect, so it may be repeated.
  package func profile(_ credentials: GraphCredentials, person: String) -> ProfileOutcome {
    let fields = credentials.kind == .instagram ? "name,username" : "name"
    let outcome = transport.perform(
      HTTPRequest(
        method: .get,
        url: credentials.url("?fields=\(fields)", of: person),
        bearer: credentials.token
      )
    )
    switch outcome {
    case .notSent(let reason), .unknown(let reason): return .unreachable(reason: reason)
    case .response(let response):
      let answer = (try? JSONValue.parse(response.body)) ?? .null
      if let error = GraphError(answer: answer, response: response) { return .refused(error) }
      guard response.status == 200 else { return .unreachable(reason: "HTTP \(response.status)") }
      return .found(GraphProfile(name: answer["name"].text, username: answer["username"].text))
    }
  }
}
