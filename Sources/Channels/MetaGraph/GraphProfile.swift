// Who somebody on Instagram or Messenger is: their webhooks name nobody.
import Model

/// What the provider tells of a person who wrote.
package struct GraphProfile: Equatable, Sendable {
  package var name: String?
  package var username: String?
}

extension GraphClient {
  /// Asks for the profile of `person`, an Instagram- or page-scoped id.
  ///
  /// Allowed once the person has written. Without a side effect, so it may be repeated.
  package func profile(_ credentials: GraphCredentials, person: String) -> GraphReply<GraphProfile>
  {
    let fields = credentials.kind == .instagram ? "name,username" : "name"
    let request = HTTPRequest(
      method: .get,
      url: credentials.url("?fields=\(fields)", of: person),
      bearer: credentials.token
    )
    return ask(request).map { GraphProfile(name: $0["name"].text, username: $0["username"].text) }
  }
}
