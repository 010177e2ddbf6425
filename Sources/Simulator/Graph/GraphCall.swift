// A call to the Graph API and its answer, apart from the server that carries them.
import Model

/// What was asked.
struct GraphCall: Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
  }

  var method: Method
  /// As on the request line, without the query.
  var path: String
  var query: [String: String] = [:]
  /// The bearer token; nil when there is none or it is empty.
  var token: String?
  var contentType = "application/json"
  var body: [UInt8] = []
  /// `http://host:port`, for links in answers.
  var origin = "http://127.0.0.1"

  /// The path's parts after the version; nil when it does not begin with `/v{N}/`.
  var parts: [String]? {
    var parts = path.split(separator: "/").map(String.init)
    guard let version = parts.first, version.hasPrefix("v"),
      Double(version.dropFirst()) != nil
    else { return nil }
    parts.removeFirst()
    return parts
  }

  var isMessagesPath: Bool { method == .post && parts?.last == "messages" }

  /// The names in `fields=`; empty when it is not given.
  var fields: Set<String> {
    Set((query["fields"] ?? "").split(separator: ",").map(String.init))
  }
}

/// What is answered.
struct GraphAnswer: Equatable, Sendable {
  var status = 200
  var body: [UInt8]
  var contentType = "application/json; charset=UTF-8"
  var isInstagram = false
  /// Seconds for the `Retry-After` header.
  var retryAfter: Int?

  init(_ json: JSON, status: Int = 200, isInstagram: Bool = false) {
    self.status = status
    self.isInstagram = isInstagram
    body = json.bytes()
  }

  /// Half of it, as when a proxy gives up.
  var cutOff: GraphAnswer {
    var answer = self
    answer.body = Array(body.prefix(body.count / 2))
    return answer
  }

  init(file: [UInt8], contentType: String) {
    body = file
    self.contentType = contentType
  }
}

/// A message that the API took.
struct AcceptedSend: Sendable {
  var id: String
  var to: Address
  /// The gym's account it left from.
  var account: String
  /// The request's JSON object.
  var request: JSON
  /// The words a customer can answer; empty for a picture and the like.
  var text: String
  var callbackData: String?
  var category = "service"
}
