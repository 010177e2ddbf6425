// What the door that faces the internet knows: secrets, limits, counters, and the verification
// handshake. Webhooks themselves come in by WebhookDoor. Tasks of the server, event loops.
import Hummingbird
import Logging
import Model
import NIOCore
import NIOHTTP1

/// The address `/webhooks/meta`.
struct Webhooks: Sendable {
  static let path = "/webhooks/meta"
  /// The platform's own bound is 3 MB.
  static let bodyLimit = 3 << 20

  var log: any EventLog
  var verifier: SignatureVerifier
  var verifyToken: Secret
  var budget: BodyBudget
  var metrics: RelayMetrics
  var notices: Notices
  var clock: WallClock = .system
  let dates = DateHeader()

  /// The answer to a webhook: a status, no body.
  func head(of outcome: RelayMetrics.Outcome) -> HTTPResponseHead {
    let status: HTTPResponseStatus =
      switch outcome {
      case .accepted: .ok
      case .badSignature: .unauthorized
      case .tooLarge: .payloadTooLarge
      case .broken: .badRequest
      case .overloaded, .unwritable, .handshakeRefused: .serviceUnavailable
      }
    var fields: HTTPHeaders = ["Content-Length": "0", "Date": dates.text(at: clock.now())]
    if status == .serviceUnavailable { fields.add(name: "Retry-After", value: "5") }
    return HTTPResponseHead(version: .http1_1, status: status, headers: fields)
  }

  func addRoutes(to router: Router<BasicRequestContext>) {
    router.get("webhooks/meta") { request, _ in handshake(request) }
    router.head("webhooks/meta") { _, _ in Response(status: .ok) }
  }

  /// The provider saves the address: it repeats our token and wants its challenge back.
  private func handshake(_ request: Request) -> Response {
    let parameters = request.uri.queryParameters
    guard parameters["hub.mode"] == "subscribe", let challenge = parameters["hub.challenge"],
      let token = parameters["hub.verify_token"], ConstantTime.equal(token, verifyToken)
    else {
      metrics.count(.handshakeRefused)
      return Response(status: .forbidden)
    }
    return Response(
      status: .ok,
      headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(substring: challenge))
    )
  }
}
