// The public door, as a provider sees it: every status it answers, and what is kept.
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Model
import NIOCore
import RelayAPI
import Testing

@testable import Relay

@Suite struct WebhookTests {
  @Test func answersTheHandshake() async throws {
    try await withRelay { client, _ in
      let path = "/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
      let good = try await client.execute(uri: path + "verify-me", method: .get)
      #expect(good.status == .ok)
      #expect(String(buffer: good.body) == "1158201444")
      for wrong in ["", "verify-m", "verify-me2", "VERIFY-ME"] {
        let bad = try await client.execute(uri: path + wrong, method: .get)
        #expect(bad.status == .forbidden)
        #expect(bad.body.readableBytes == 0)
      }
      let mode = "/webhooks/meta?hub.challenge=1&hub.verify_token=verify-me"
      #expect(try await client.execute(uri: mode, method: .get).status == .forbidden)
      #expect(try await client.execute(uri: "/webhooks/meta", method: .head).status == .ok)
    }
  }

  @Test func keepsASignedBodyByteForByte() async throws {
    try await withRelay { client, _ in
      let bodies: [[UInt8]] = [
        Array(#"{"text":"Caf\u00e9 \/ 🏋"}"#.utf8), Array("not json".utf8), [0, 0xFF, 0xFE], [],
      ]
      for body in bodies { #expect(try await client.post(body, query: "?a=%20b") == .ok) }
      let page = try await client.page()
      #expect(page.events.map(\.body) == bodies)
      #expect(page.events.map(\.seq) == [1, 2, 3, 4])
      #expect(page.events.first?.query == "a=%20b")
      #expect(page.events.first?.contentType == "application/json")
    }
  }

  @Test func refusesWhatNobodySigned() async throws {
    try await withRelay { client, server in
      let body = Array("{}".utf8)
      let signatures = [
        nil, "", "sha256=", "sha256=" + String(repeating: "0", count: 64), "sha256=xyz",
        Fixture.signature(body, secret: "stranger"), Fixture.signature(Array("{ }".utf8)),
      ]
      for signature in signatures {
        var headers: HTTPFields = [:]
        headers[.hubSignature] = signature
        let answer = try await client.execute(
          uri: "/webhooks/meta",
          method: .post,
          headers: headers,
          body: ByteBuffer(bytes: body)
        )
        #expect(answer.status == .unauthorized)
      }
      #expect(try await client.page().events.isEmpty)
      #expect(server.metrics.count(of: .badSignature) == signatures.count)
    }
  }

  @Test func takesThreeMebibytesAndNotOneByteMore() async throws {
    try await withRelay { client, _ in
      let largest = [UInt8](repeating: 0x20, count: 3 << 20)
      #expect(try await client.post(largest) == .ok)
      #expect(try await client.post(largest + [0x20]) == .contentTooLarge)
      let page = try await client.page()
      #expect(page.events.map(\.body) == [largest])
    }
  }

  @Test func answers503WhenTheDiskCannotTakeIt() async throws {
    try await withRelay(log: FullLog()) { client, server in
      let status = try await client.post(Array("{}".utf8))
      #expect(status == .serviceUnavailable)
      #expect(server.metrics.count(of: .unwritable) == 1)
      #expect(server.metrics.count(of: .accepted) == 0)
      #expect(try await client.execute(uri: "/readyz", method: .get).status == .serviceUnavailable)
      #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
    }
  }

  @Test func answers503WhenTooMuchIsInMemory() async throws {
    try await withRelay(budget: 1000) { client, server in
      let large = [UInt8](repeating: 0x20, count: 2000)
      let status = try await client.post(large)
      #expect(status == .serviceUnavailable)
      #expect(server.budget.inUse == 0)
      // It recovers at once.
      #expect(try await client.post(Array("{}".utf8)) == .ok)
      #expect(server.budget.inUse == 0)
    }
  }
}

/// A log on a disk that is full.
struct FullLog: EventLog {
  let id = "00000000-0000-0000-0000-000000000000"
  let signal = AppendSignal(last: 0)
  private let full = EventLogError.unwritable("database or disk is full")

  func append(_ event: NewEvent, done: @escaping @Sendable (Result<Int64, EventLogError>) -> Void) {
    done(.failure(full))
  }
  func page(after: Int64, limit: Int, bytes: Int) async throws -> EncodedPage { throw full }
  func acknowledge(client: String, through seq: Int64) async throws { throw full }
  func probe() async throws { throw full }
  func prune(clients: [String], before cutoff: Timestamp) async throws -> Int { throw full }
  func disown() async throws -> Bool { false }
  func status() async throws -> EventLogStatus { throw full }
  func close() async {}
}
