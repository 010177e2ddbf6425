// What the door that faces the internet knows: secrets, limits, counters, and the verification
// handshake. Webhooks themselves come in by WebhookDoor. Tasks of the server, event loops.
import HTTPTypes
import Hummingbird
import Logging
import Model
import NIOCore

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
  func head(of outcome: RelayMetrics.Outcome) -> HTTPResponse {
    var fields: HTTPFields = [.contentLength: "0"]
    fields[.date] = dates.text(at: clock.now())
    switch outcome {
    case .accepted: return HTTPResponse(status: .ok, headerFields: fields)
    case .badSignature: return HTTPResponse(status: .unauthorized, headerFields: fields)
    case .tooLarge: return HTTPResponse(status: .contentTooLarge, headerFields: fields)
    case .broken: return HTTPResponse(status: .badRequest, headerFields: fields)
    case .overloaded, .unwritable, .handshakeRefused:
      fields[.retryAfter] = "5"
      return HTTPResponse(status: .serviceUnavailable, headerFields: fields)
    }
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

extension HTTPField.Name {
  /// Meta's signature over the raw body.
  static let hubSignature = Self.named("X-Hub-Signature-256")

  /// A name known to be well formed.
  private static func named(_ text: String) -> Self {
    guard let name = Self(text) else { preconditionFailure("\(text) is not a header name") }
    return name
  }
}
