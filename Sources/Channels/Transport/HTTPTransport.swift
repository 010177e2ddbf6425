// The seam to the network: one blocking call per request, made on Dispatch queues. Programs use
// CurlTransport, tests a scripted one.
import Model

package protocol HTTPTransport: Sendable {
  /// Sends a request and waits for its end; never longer than the request's own time limits.
  func perform(_ request: HTTPRequest) -> HTTPOutcome
  /// The same, but the body of a success (2xx) goes to `sink` while it comes, instead of into memory.
  func download(_ request: HTTPRequest, into sink: any BodySink) -> HTTPOutcome
  /// Ends what is in flight, and refuses what comes after. For leaving the program.
  func cancel()
}

extension HTTPTransport {
  package func cancel() {}
}

package struct HTTPHeader: Equatable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

package struct HTTPRequest: Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
  }

  package var method: Method
  package var url: String
  package var headers: [HTTPHeader]
  /// Goes out as `Authorization: Bearer …`; never printed.
  package var bearer: Secret?
  package var body: [UInt8]
  /// Milliseconds until the connection must stand.
  package var connectTimeout: Int64
  /// Milliseconds for everything.
  package var totalTimeout: Int64
  /// A longer answer ends the transfer.
  package var maxResponseBytes: Int
  /// The body must not reach the server twice: the transport never repeats it by itself.
  package var isSend: Bool
  /// Told how many bytes of the body have left so far, on the calling thread, again and again.
  package var onProgress: (@Sendable (Int64) -> Void)?

  package init(
    method: Method,
    url: String,
    headers: [HTTPHeader] = [],
    bearer: Secret? = nil,
    body: [UInt8] = [],
    connectTimeout: Int64 = 10 * .second,
    totalTimeout: Int64 = 30 * .second,
    maxResponseBytes: Int = 1 << 20,
    isSend: Bool = false,
    onProgress: (@Sendable (Int64) -> Void)? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.bearer = bearer
    self.body = body
    self.connectTimeout = connectTimeout
    self.totalTimeout = totalTimeout
    self.maxResponseBytes = maxResponseBytes
    self.isSend = isSend
    self.onProgress = onProgress
  }
}

package struct HTTPResponse: Equatable, Sendable {
  package var status: Int
  package var headers: [HTTPHeader]
  package var body: [UInt8]

  package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The last header of that name, in any case.
  package func header(_ name: String) -> String? {
    headers.last { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// How a request ended.
package enum HTTPOutcome: Equatable, Sendable {
  /// The server answered, with whatever status.
  case response(HTTPResponse)
  /// The server can't have acted on it: no name, no connection, no body left.
  case notSent(reason: String)
  /// The request left and no full answer came: the server may have acted on it.
  case unknown(reason: String)
}
