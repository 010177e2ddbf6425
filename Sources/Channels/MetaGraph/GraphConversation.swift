// What Instagram and Messenger have of a conversation: asked when nobody knows whether a message of
// ours was taken, since they give no reference of ours back. Without a side effect.
import Model

/// A message in the provider's list.
package struct ListedMessage: Equatable, Sendable {
  package var id: String
  package var text: String
  package var at: Timestamp?
  package var isOurs: Bool
}

extension GraphClient {
  /// The newest messages with `person`, an Instagram- or page-scoped id: newest first, at most 20, which is
  /// what the provider tells details of.
  package func conversation(
    _ credentials: GraphCredentials,
    with person: String
  ) -> GraphReply<[ListedMessage]> {
    let platform = credentials.kind == .instagram ? "instagram" : "messenger"
    let query =
      "/conversations?platform=\(platform)&user_id=\(person.percentEncoded)"
      + "&fields=messages.limit(20)%7Bid,created_time,from,message%7D"
    let request = HTTPRequest(
      method: .get,
      url: credentials.url(query),
      bearer: credentials.token
    )
    return ask(request).map { answer in
      let rows = answer["data"].array.flatMap { $0["messages"]["data"].array }
      return rows.compactMap { row in
        row["id"].text.map {
          ListedMessage(
            id: $0,
            text: row["message"].text ?? "",
            at: Timestamp(lenient: row["created_time"]),
            // The account is known to itself by more than one id; the person by this one.
            isOurs: row["from"]["id"].text.map { $0 != person } ?? false
          )
        }
      }
    }
  }
}
