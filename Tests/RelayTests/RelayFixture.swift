// A relay in a folder of its own, and the small things its tests share.
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Model
import NIOCore
import NIOPosix
import RelayAPI
import Settings
import Testing

@testable import Relay

/// A folder that goes away with it.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/inbox-relay-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

enum Fixture {
  static let secret = "app-secret-for-tests"
  static let token = "client-token"

  static let settings = Settings.Configuration.RelayServer(
    listen: ListenAddress(host: "127.0.0.1", port: 0),
    verifyToken: Secret("verify-me"),
    appSecrets: [Secret("another-secret"), Secret(secret)],
    clients: [
      Settings.Configuration.RelayServer.Client(name: "desk", token: Secret(token)),
      Settings.Configuration.RelayServer.Client(name: "second", token: Secret("second-token")),
    ]
  )

  static let bearer: HTTPFields = [.authorization: "Bearer \(token)"]

  static func signature(_ body: [UInt8], secret: String = secret) -> String {
    let key = SymmetricKey(data: Array(secret.utf8))
    var hex: [UInt8] = []
    HMAC<SHA256>.authenticationCode(for: body, using: key).withUnsafeBytes {
      $0.appendHex(to: &hex)
    }
    return "sha256=" + String(decoding: hex, as: UTF8.self)
  }

  static func signed(_ body: [UInt8]) -> HTTPFields {
    [.hubSignature: signature(body), .contentType: "application/json"]
  }

  static func event(_ body: [UInt8], at time: Int64 = 0) -> NewEvent {
    NewEvent(
      source: "meta",
      receivedAt: Timestamp(milliseconds: time),
      path: "/webhooks/meta",
      query: "",
      contentType: "application/json",
      sha256: Array(SHA256.hash(data: body)),
      body: ByteBuffer(bytes: body)
    )
  }

  static func event(_ text: String, at time: Int64 = 0) -> NewEvent {
    event(Array(text.utf8), at: time)
  }
}

/// Runs `body` against a relay on loopback.
func withRelay(
  log: (any EventLog)? = nil,
  limits: ConnectionLimits = .patient,
  budget: Int = RelayServer.bodyBudget,
  _ body: @escaping @Sendable (any TestClientProtocol, RelayServer) async throws -> Void
) async throws {
  let scratch = try Scratch()
  let log = try log ?? SQLiteEventLog(directory: scratch.path)
  var server = RelayServer(
    settings: Fixture.settings,
    log: log,
    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    limits: limits
  )
  server.budget = BodyBudget(limit: budget)
  let built = server
  let application = try built.application(on: MultiThreadedEventLoopGroup.singleton)
  try await application.test(.live) { client in try await body(client, built) }
  await log.close()
  withExtendedLifetime(scratch) {}
}

extension TestClientProtocol {
  /// Posts a signed webhook and returns the answer's status.
  func post(_ body: [UInt8], query: String = "") async throws -> HTTPResponse.Status {
    try await execute(
      uri: "/webhooks/meta" + query,
      method: .post,
      headers: Fixture.signed(body),
      body: ByteBuffer(bytes: body)
    ).status
  }

  func page(_ query: String = "after=0") async throws -> FeedPage {
    let answer = try await execute(
      uri: "/v1/events?" + query,
      method: .get,
      headers: Fixture.bearer
    )
    #expect(answer.status == .ok)
    return try FeedPage.parse(Array(buffer: answer.body))
  }
}

extension ConnectionLimits {
  /// Deadlines that no machine is too busy for; a test shortens the one that it looks at.
  static var patient: ConnectionLimits {
    var limits = ConnectionLimits()
    (limits.request, limits.response, limits.idle) = (.hours(1), .hours(1), .hours(1))
    return limits
  }
}

/// Waits until `condition` holds, at most two minutes.
func eventually(_ condition: @Sendable () async throws -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(120)
  while try await !condition() {
    try #require(ContinuousClock.now < end, "the condition never held")
    try await Task.sleep(for: .milliseconds(5))
  }
}

extension HTTPField.Name {
  /// Meta's signature over the raw body.
  static let hubSignature = HTTPField.Name("X-Hub-Signature-256") ?? .authorization
}
