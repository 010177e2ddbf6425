// The Graph API's door: turns requests into calls and answers into responses.
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

struct GraphRoutes: Sendable {
  let simulation: Simulation

  func add(to router: Router<SimulatorContext>) {
    for method in [HTTPRequest.Method.get, .post, .delete] {
      router.on("/**", method: method, use: answer)
    }
    MediaRoutes(simulation: simulation).add(to: router)
  }

  @Sendable private func answer(
    _ request: Request,
    _ context: SimulatorContext
  ) async throws -> Response {
    let call = try await call(request)
    switch await simulation.graph(call) {
    case .drop:
      context.channel.close(promise: nil)
      return Response(status: .internalServerError)
    case .answer(let answer, let usage):
      return response(answer, usage: usage)
    }
  }

  private func call(_ request: Request) async throws -> GraphCall {
    let body = try await request.body.collect(upTo: SimulatorContext.largestBody)
    let query = request.uri.queryParameters.map { (String($0.key), String($0.value)) }
    var call = GraphCall(
      method: GraphCall.Method(rawValue: request.method.rawValue) ?? .get,
      path: request.uri.path,
      query: Dictionary(query) { first, _ in first }
    )
    call.token = Self.token(request.headers[.authorization]) ?? call.query["access_token"]
    call.contentType = request.headers[.contentType] ?? "application/json"
    call.body = Array(body.readableBytesView)
    call.origin = "http://" + (request.head.authority ?? "127.0.0.1")
    return call
  }

  static func token(_ header: String?) -> String? {
    guard let header, header.lowercased().hasPrefix("bearer ") else { return nil }
    let token = header.dropFirst("bearer ".count).filter { $0 != " " }
    return token.isEmpty ? nil : String(token)
  }

  private func response(_ answer: GraphAnswer, usage: Int) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = answer.contentType
    headers[.appUsage] =
      answer.isInstagram
      ? #"{"call_volume":\#(usage),"cpu_time":0}"#
      : #"{"call_count":\#(usage),"total_time":\#(usage),"total_cputime":\#(usage)}"#
    headers[.graphVersion] = "v26.0"
    headers[.retryAfter] = answer.retryAfter.map(String.init)
    return Response(
      status: .init(code: answer.status),
      headers: headers,
      body: .init(byteBuffer: ByteBuffer(bytes: answer.body))
    )
  }
}

extension HTTPField.Name {
  fileprivate static let appUsage = HTTPField.Name("X-App-Usage") ?? .server
  fileprivate static let graphVersion = HTTPField.Name("facebook-api-version") ?? .server
}
