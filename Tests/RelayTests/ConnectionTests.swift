// A real server on loopback against clients that trickle, pile up or ask first.
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

@testable import Relay

@Suite struct ConnectionTests {
  private static let head = "POST /webhooks/meta HTTP/1.1\r\nHost: x\r\n"
  private static let claim = "X-Hub-Signature-256: " + Fixture.signature(Array("{}".utf8)) + "\r\n"

  @Test func endsABodyThatTrickles() async throws {
    var limits = ConnectionLimits()
    limits.request = .milliseconds(200)
    try await withRelay(.live, limits: limits) { client, server in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(Self.head + Self.claim + "Content-Length: 100\r\n\r\n{")
      let answer = await connection.readToEnd()
      #expect(answer.hasPrefix("HTTP/1.1 408 "))
      #expect(server.metrics.requestsTimedOut.load(ordering: .relaxed) == 1)
    }
  }

  @Test func endsABodyThatTricklesAfterItsAnswer() async throws {
    var limits = ConnectionLimits()
    limits.request = .milliseconds(200)
    try await withRelay(.live, limits: limits) { client, _ in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(Self.head + "Content-Length: 100\r\n\r\n{")
      // 401, or 408 where the machine is too busy to be quicker than the deadline: it ends.
      #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 4"))
    }
  }

  @Test func endsHeadersThatNeverEnd() async throws {
    var limits = ConnectionLimits()
    limits.idle = .milliseconds(200)
    try await withRelay(.live, limits: limits) { client, _ in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(Self.head)
      #expect(await connection.readToEnd().isEmpty)
    }
  }

  @Test func refusesHeadersThatAreTooLarge() async throws {
    try await withRelay(.live) { client, _ in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(Self.head + "X-Long: " + String(repeating: "x", count: 20_000) + "\r\n\r\n")
      #expect(await !connection.readToEnd().contains(" 200 "))
    }
  }

  @Test func answers503PastTheConnectionLimit() async throws {
    var limits = ConnectionLimits()
    limits.connections = 2
    try await withRelay(.live, limits: limits) { client, server in
      #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
      let second = try RawConnection(port: #require(client.port))
      try await eventually { server.metrics.connections.load(ordering: .relaxed) == 2 }
      let third = try RawConnection(port: #require(client.port))
      try await eventually { server.metrics.connections.load(ordering: .relaxed) == 3 }
      third.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(await third.readToEnd().hasPrefix("HTTP/1.1 503 "))
      #expect(server.metrics.connectionsRefused.load(ordering: .relaxed) == 1)
      #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
      withExtendedLifetime(second) {}
    }
  }

  @Test func goesOnWhenAskedFirst() async throws {
    try await withRelay(.live) { client, _ in
      let connection = try RawConnection(port: #require(client.port))
      let fields = "Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
      connection.send(Self.head + Self.claim + fields + "{}")
      let answer = await connection.readToEnd()
      #expect(answer.hasPrefix("HTTP/1.1 100 "))
      #expect(answer.contains("HTTP/1.1 200 OK"))
    }
  }
}
