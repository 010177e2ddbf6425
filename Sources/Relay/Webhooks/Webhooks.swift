// The door that faces the internet: verification handshake and webhook POSTs. A body is checked,
// kept and answered, never decoded. Tasks of the server.
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Model
import NIOCore

/// The route `/webhooks/meta`.
struct Webhooks: Sendable {
  /// The platform's own bound is 3 MB.
  static let bodyLimit = 3 << 20

  var log: any EventLog
  var verifier: SignatureVerifier
  var verifyToken: Secret
  var budget: BodyBudget
  var metrics: RelayMetrics
  var notices: Notices
  var clock: WallClock = .system

  func addRoutes(to router: Router<BasicRequestContext>) {
    router.get("webhooks/meta") { request, _ in handshake(request) }
    router.head("webhooks/meta") { _, _ in Response(status: .ok) }
    router.post("webhooks/meta") { request, _ in await receive(request) }
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

  private func receive(_ request: Request) async -> Response {
    let outcome = await keep(request)
    metrics.count(outcome)
    switch outcome {
    case .accepted: return Response(status: .ok)
    case .badSignature:
      notices.say(.badSignature, metadata: [:])
      return Response(status: .unauthorized)
    case .tooLarge: return Response(status: .contentTooLarge)
    case .broken: return Response(status: .badRequest)
    case .overloaded, .unwritable, .handshakeRefused:
      return Response(status: .serviceUnavailable, headers: [.retryAfter: "5"])
    }
  }

  private func keep(_ request: Request) async -> RelayMetrics.Outcome {
    let length = request.headers[.contentLength].flatMap(Int.init)
    if let length, length > Self.bodyLimit { return .tooLarge }
    guard let claim = request.headers[.hubSignature].flatMap(SignatureVerifier.claim) else {
      return .badSignature
    }
    var taken = 0
    defer { budget.give(taken) }
    var body = ByteBuffer()
    do {
      for try await var chunk in request.body {
        let size = chunk.readableBytes
        guard body.readableBytes + size <= Self.bodyLimit else { return .tooLarge }
        guard budget.take(size) else { return .overloaded }
        taken += size
        // Most bodies are one chunk, which then need not be copied.
        if body.readableBytes == 0 { body = chunk } else { body.writeBuffer(&chunk) }
      }
    } catch {
      return .broken
    }
    guard verifier.matches(claim, body: body) else { return .badSignature }
    return await append(body, of: request)
  }

  private func append(_ body: ByteBuffer, of request: Request) async -> RelayMetrics.Outcome {
    let hash = body.withUnsafeReadableBytes { SHA256.hash(data: $0) }
    let event = NewEvent(
      source: "meta",
      receivedAt: clock.now(),
      path: request.uri.path,
      query: request.uri.query ?? "",
      contentType: request.headers[.contentType] ?? "",
      sha256: Array(hash),
      body: body
    )
    do {
      _ = try await log.append(event)
      return .accepted
    } catch {
      notices.say(.unwritable, metadata: ["error": "\(error)"])
      return .unwritable
    }
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
