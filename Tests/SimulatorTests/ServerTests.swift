// The simulator as a server before a stub relay: signed posts, receipts, faults on the wire.
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Model
import NIOCore
import Testing

@testable import Simulator

@Suite struct ServerTests {
  private let secret = "app-secret-for-tests"

  /// The simulator on a free port, its relay a stub.
  private func serve(
    _ body: @escaping @Sendable (any TestClientProtocol, StubRelay) async throws -> Void
  ) async throws {
    let secret = secret
    try await StubRelay.with { relay, port in
      let address = try #require(RelayAddress("http://127.0.0.1:\(port)"))
      var logger = Logger(label: "test")
      logger.logLevel = .critical
      let poster = WebhookPoster(
        client: RelayClient(address),
        signer: WebhookSigner(secret: secret),
        logger: logger
      )
      let world = World(now: WallClock.system.now())
      let simulation = Simulation(world, poster: poster)
      let listen = try #require(ListenAddress("127.0.0.1:0"))
      let server = SimulatorServer(
        simulation: simulation,
        poster: poster,
        listen: listen,
        logger: logger
      )
      try await server.application { _ in }.test(.ahc(.http)) { client in
        try await body(client, relay)
      }
    }
  }

  private func send(_ client: any TestClientProtocol, _ words: String) async throws -> TestResponse
  {
    let request: JSON = [
      "messaging_product": "whatsapp", "to": "+491715550001", "type": "text",
      "text": ["body": .string(words)],
    ]
    return try await client.execute(
      uri: "/v26.0/106540352242922/messages",
      method: .post,
      headers: [.authorization: "Bearer token", .contentType: "application/json"],
      body: ByteBuffer(bytes: request.bytes())
    )
  }

  private func post(
    _ client: any TestClientProtocol,
    _ path: String,
    _ json: JSON
  ) async throws -> JSON {
    let response = try await client.execute(
      uri: path,
      method: .post,
      body: ByteBuffer(bytes: json.bytes())
    )
    return try JSONParser.parse(Array(response.body.readableBytesView))
  }

  @Test func whatACustomerSaysReachesTheRelaySigned() async throws {
    try await serve { client, relay in
      let answer = try await post(
        client,
        "/_sim/say",
        ["from": "+49 171 5550001", "name": "Zoë 🏋️", "text": "Café? https://x.y", "id": "wamid.X"]
      )
      #expect(answer["id"]?.text == "wamid.X")
      #expect(answer["relay_status"]?.integer == 200)
      let post = try #require(await relay.posts.first)
      #expect(post.signature == WebhookSigner(secret: secret).signature(of: post.body))
      #expect(post.agent == "facebookexternalua")
      #expect(post.text.contains(#"Caf\u00e9? https:\/\/x.y"#))
      #expect(post.text.contains(#""from":"491715550001""#))
    }
  }

  @Test func aSendIsListedOnceAndItsReceiptsFollow() async throws {
    try await serve { client, relay in
      let response = try await send(client, "Hello")
      #expect(response.status == .ok)
      #expect(HTTPField.Name("X-App-Usage").flatMap { response.headers[$0] } != nil)
      let posts = try await relay.wait { $0.count >= 3 }
      #expect(posts[0].text.contains(#""status":"sent""#))
      #expect(posts[1].text.contains(#""status":"delivered""#))
      #expect(posts[2].text.contains(#""status":"read""#))
      let sent = try await client.execute(uri: "/_sim/sent", method: .get)
      #expect(String(buffer: sent.body).split(separator: "\n").count == 1)
    }
  }

  @Test func aDropAfterAcceptingTakesTheMessageAndCutsTheLine() async throws {
    try await serve { client, relay in
      _ = try await post(client, "/_sim/fault", ["match": "/messages", "drop": "after"])
      await #expect(throws: (any Error).self) { try await send(client, "Hello") }
      let sent = try await client.execute(uri: "/_sim/sent", method: .get)
      #expect(String(buffer: sent.body).split(separator: "\n").count == 1)
      _ = try await relay.wait { $0.contains { $0.text.contains(#""status":"sent""#) } }
    }
  }

  @Test func aDropBeforeTakesNothing() async throws {
    try await serve { client, _ in
      _ = try await post(client, "/_sim/fault", ["drop": "before"])
      await #expect(throws: (any Error).self) { try await send(client, "Hello") }
      let sent = try await client.execute(uri: "/_sim/sent", method: .get)
      #expect(sent.body.readableBytes == 0)
    }
  }

  @Test func aFaultAnswersWithItsErrorAsOftenAsAsked() async throws {
    try await serve { client, _ in
      _ = try await post(client, "/_sim/fault", ["status": 500, "times": 2])
      #expect(try await send(client, "1").status == .internalServerError)
      #expect(try await send(client, "2").status == .internalServerError)
      #expect(try await send(client, "3").status == .ok)
    }
  }

  @Test func webhooksAreTriedAgainUntilTheRelayTakesThem() async throws {
    try await serve { client, relay in
      await relay.refuse([503, 503])
      let answer = try await post(client, "/_sim/say", ["from": "491715550001", "text": "Hi"])
      #expect(answer["relay_status"]?.integer == 503)
      _ = try await relay.wait { $0.count >= 1 }
    }
  }

  @Test func nonsenseIsNamed() async throws {
    try await serve { client, _ in
      let unknown = try await post(client, "/_sim/fault", ["match": "/messages"])
      #expect(unknown["error"]?.text?.contains("say what fails") == true)
      let nobody = try await post(client, "/_sim/say", ["text": "Hi"])
      #expect(nobody["error"]?.text?.contains("from is missing") == true)
    }
  }
}
