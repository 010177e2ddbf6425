// A call whose answer is read and which may be made again: look-ups, and the calls about templates.
import Model

/// How a call ended that leaves no doubt behind: what isn't known may be asked once more.
package enum GraphReply<Value> {
  case found(Value)
  /// The provider won't; asking again is no use, unless the error says so.
  case refused(GraphError)
  case unreachable(reason: String)

  func map<Other>(_ change: (Value) -> Other) -> GraphReply<Other> {
    switch self {
    case .found(let value): .found(change(value))
    case .refused(let error): .refused(error)
    case .unreachable(let reason): .unreachable(reason: reason)
    }
  }
}

extension GraphReply: Sendable where Value: Sendable {}
extension GraphReply: Equatable where Value: Equatable {}

extension GraphClient {
  /// The answer's JSON; `found` is HTTP 200 without an error in it.
  func ask(_ request: HTTPRequest) -> GraphReply<JSONValue> {
    switch transport.perform(request) {
    case .notSent(let reason), .unknown(let reason): return .unreachable(reason: reason)
    case .response(let response):
      let answer = (try? JSONValue.parse(response.body)) ?? .null
      if let error = GraphError(answer: answer, response: response) { return .refused(error) }
      guard response.status == 200 else { return .unreachable(reason: "HTTP \(response.status)") }
      return .found(answer)
    }
  }
}
