// The clients' side: tokens, paging, long poll, acks, health and numbers.
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import RelayAPI
import Testing

@testable import Relay

@Suite struct FeedTests {
  @Test func wantsAKnownToken() async throws {
    try await withRelay { client, _ in
      for path in ["/v1/events", "/metrics"] {
        for header in [nil, "", "Bearer", "Bearer x", "Basic \(Fixture.token)", Fixture.token] {
          var headers: HTTPFields = [:]
          headers[.authorization] = header
          let answer = try await client.execute(uri: path, method: .get, headers: headers)
          #expect(answer.status == .unauthorized)
        }
      }
      #expect(try await client.execute(uri: "/v1/ack", method: .post).status == .unauthorized)
      let second: HTTPFields = [.authorization: "bearer second-token"]
      let answer = try await client.execute(uri: "/v1/events", method: .get, headers: second)
      #expect(answer.status == .ok)
    }
  }

  @Test func pagesWithAfterAndLimit() async throws {
    try await withRelay { client, server in
      for number in 1...7 { _ = try await server.log.append(Fixture.event("event \(number)")) }
      #expect(try await client.page("limit=3").events.map(\.seq) == [1, 2, 3])
      #expect(try await client.page("after=3&limit=3").next == 6)
      #expect(try await client.page("after=6&limit=100000&wait=0").events.map(\.seq) == [7])
      let beyond = try await client.page("after=99&wait=30")
      #expect(beyond.events.isEmpty)
      #expect(beyond.log == server.log.id)
    }
  }

  @Test func saysWhatIsWrongWithAQuery() async throws {
    try await withRelay { client, _ in
      for query in ["after=-1", "after=x", "limit=0", "wait=-1", "after="] {
        let uri = "/v1/events?" + query
        let answer = try await client.execute(uri: uri, method: .get, headers: Fixture.bearer)
        #expect(answer.status == .badRequest)
        #expect(String(buffer: answer.body).contains("must be a whole number"))
      }
    }
  }

  @Test func aClientThatIsAheadOfTheLogStartsAgain() async throws {
    try await withRelay { client, server in
      _ = try await server.log.append(Fixture.event("one"))
      let id = server.log.id
      let ahead = try await client.page("after=5&wait=25")
      #expect(ahead.events.isEmpty && ahead.log != id)
      let again = try await client.page("after=0")
      #expect(again.log == ahead.log && again.events.map(\.seq) == [1])
      #expect(try await server.log.status().id == ahead.log)
      // Who says so again is wrong, and keeps nobody else busy.
      let answer = try await client.execute(
        uri: "/v1/events?after=5&wait=25",
        method: .get,
        headers: Fixture.bearer
      )
      #expect(answer.status == .conflict)
      #expect(String(buffer: answer.body).contains("the log ends at 1"))
      #expect(server.log.id == ahead.log)
    }
  }

  @Test func wakesALongPollAtOnce() async throws {
    try await withRelay { client, server in
      async let page = client.page("after=0&wait=30")
      try await eventually { server.log.signal.waiting == 1 }
      let start = ContinuousClock.now
      _ = try await server.log.append(Fixture.event("now"))
      #expect(try await page.events.map(\.seq) == [1])
      #expect(ContinuousClock.now - start < .seconds(25))
      #expect(server.log.signal.waiting == 0)
    }
  }

  @Test func endsALongPollInTime() async throws {
    try await withRelay { client, _ in
      let page = try await client.page("after=0&wait=1")
      #expect(page.events.isEmpty)
      #expect(page.next == 0)
    }
  }

  @Test func endsLongPollsWhenTheServerStops() async throws {
    try await withRelay { client, server in
      // The answer is not awaited here: stopping must not wait for it either.
      let poll = Task { try await client.page("after=0&wait=30") }
      try await eventually { server.log.signal.waiting == 1 }
      server.log.signal.close()
      #expect(try await poll.value.events.isEmpty)
    }
  }

  @Test func keepsAcksPerClient() async throws {
    try await withRelay { client, server in
      for _ in 1...5 { _ = try await server.log.append(Fixture.event("x")) }
      func acknowledge(_ body: String) async throws -> HTTPResponse.Status {
        try await client.execute(
          uri: "/v1/ack",
          method: .post,
          headers: Fixture.bearer,
          body: ByteBuffer(string: body)
        ).status
      }
      #expect(try await acknowledge(#"{"through":3}"#) == .ok)
      #expect(try await acknowledge(#"{"through":2}"#) == .ok)
      #expect(try await acknowledge(#"{"through":6}"#) == .badRequest)
      #expect(try await acknowledge("{}") == .badRequest)
      #expect(try await acknowledge(String(repeating: " ", count: 5000)) == .contentTooLarge)
      #expect(try await server.log.status().acked == ["desk": 3])
      #expect(try await client.page().events.count == 5)
    }
  }

  @Test func tellsItsHealthAndItsNumbers() async throws {
    try await withRelay { client, _ in
      #expect(try await client.post(Array("{}".utf8)) == .ok)
      let health = try await client.execute(uri: "/healthz", method: .get)
      #expect(String(buffer: health.body) == "ok\n")
      #expect(try await client.execute(uri: "/readyz", method: .get).status == .ok)
      let metrics = try await client.execute(
        uri: "/metrics",
        method: .get,
        headers: Fixture.bearer
      )
      let lines = String(buffer: metrics.body).split(separator: "\n").map(String.init)
      #expect(metrics.headers[.contentType]?.hasPrefix("text/plain; version=0.0.4") == true)
      #expect(lines.contains("inbox_relay_webhooks_total{outcome=\"accepted\"} 1"))
      #expect(lines.contains("inbox_relay_last_seq 1"))
      #expect(lines.contains("inbox_relay_client_lag{client=\"desk\"} 1"))
    }
  }
}
