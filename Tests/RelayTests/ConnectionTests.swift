// A real server on loopback against clients that trickle, pile up or ask first.
import Foundation
import HTTPTypes
import HummingbirdTesting
import Model
import NIOCore
import RelayAPI
import Synchronization
import Testing

@testable import Relay

@Suite struct ConnectionTests {
  private static let head = "POST /webhooks/meta HTTP/1.1\r\nHost: x\r\n"
  private static let claim = "X-Hub-Signature-256: " + Fixture.signature(Array("{}".utf8)) + "\r\n"

  @Test func endsABodyThatTrickles() async throws {
    var limits = ConnectionLimits.patient
    limits.request = .milliseconds(200)
    try await withRelay(limits: limits) { client, server in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(Self.head + Self.claim + "Content-Length: 100\r\n\r\n{")
      let answer = await connection.readToEnd()
      #expect(answer.hasPrefix("HTTP/1.1 408 "))
      #expect(server.metrics.requestsTimedOut.load(ordering: .relaxed) == 1)
    }
  }

  @Test func endsABodyThatTricklesAfterItsAnswer() async throws {
    var limits = ConnectionLimits.patient
    limits.request = .milliseconds(200)
    try await withRelay(limits: limits) { client, _ in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(Self.head + "Content-Length: 100\r\n\r\n{")
      // 401, or 408 where the machine is too busy to be quicker than the deadline: it ends.
      #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 4"))
    }
  }

  @Test func aBodyThatBreaksOffGivesItsBytesBack() async throws {
    try await withRelay { client, server in
      do {
        let connection = try RawConnection(port: #require(client.port))
        connection.send(Self.head + Self.claim + "Content-Length: 100\r\n\r\n{")
        try await eventually { server.budget.inUse == 1 }
      }
      try await eventually { server.budget.inUse == 0 }
      #expect(try await client.post(Array("{}".utf8)) == .ok)
    }
  }

  @Test(arguments: [
    "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    head + claim + "Content-Length: 2\r\n\r\n{}",
  ])
  func whoSendsNothingMoreIsAnsweredStill(request: String) async throws {
    try await withRelay { client, _ in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(request)
      connection.endSending()
      #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test(arguments: ["", "Connection: close\r\n"])
  func whoSendsNothingMoreIsAnsweredStillByASlowDisk(field: String) async throws {
    let log = HangingLog()
    try await withRelay(log: log) { client, server in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(Self.head + Self.claim + field + "Content-Length: 2\r\n\r\n{}")
      connection.endSending()
      try await eventually { log.count == 1 }
      try await eventually { try connection.isReadToItsEnd }
      log.goOn()
      #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 200 "))
      // The client's own is left.
      #expect(try await client.post(Array("{}".utf8)) == .ok)
      try await eventually { server.metrics.connections.load(ordering: .relaxed) == 1 }
    }
  }

  @Test func whatIsSentAheadIsAnsweredInItsOrder() async throws {
    try await withRelay { client, server in
      let connection = try RawConnection(port: #require(client.port))
      let webhook = Self.head + Self.claim + "Content-Length: 2\r\n\r\n{}"
      connection.send(webhook + "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" + webhook)
      for _ in 0..<200 { connection.send(webhook) }
      connection.send(Self.head + "Content-Length: 0\r\nConnection: close\r\n\r\n")
      let answers = await connection.readToEnd().components(separatedBy: "HTTP/1.1 ").dropFirst()
      #expect(answers.count == 204)
      #expect(answers.dropLast().allSatisfy { $0.hasPrefix("200 ") })
      #expect(answers.last?.hasPrefix("401 ") == true)
      #expect(server.budget.inUse == 0)
    }
  }

  @Test func aQuietConnectionIsClosed() async throws {
    var limits = ConnectionLimits.patient
    limits.idle = .milliseconds(200)
    try await withRelay(limits: limits) { client, _ in
      let connection = try RawConnection(port: #require(client.port))
      #expect(await connection.readToEnd().isEmpty)
    }
  }

  @Test func endsHeadersThatNeverEnd() async throws {
    var limits = ConnectionLimits.patient
    limits.idle = .milliseconds(200)
    try await withRelay(limits: limits) { client, _ in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(Self.head)
      #expect(await connection.readToEnd().isEmpty)
    }
  }

  @Test func answers503WhenTheDiskHangs() async throws {
    var limits = ConnectionLimits.patient
    limits.request = .seconds(1)
    let log = HangingLog()
    try await withRelay(log: log, limits: limits) { client, server in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(Self.head + Self.claim + "Content-Length: 2\r\n\r\n{}")
      #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 503 "))
      #expect(server.metrics.requestsTimedOut.load(ordering: .relaxed) == 1)
      #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
      // The disk is back: so is the relay.
      log.goOn()
      #expect(try await client.post(Array("{}".utf8)) == .ok)
      #expect(server.budget.inUse == 0)
    }
  }

  @Test func endsAnAnswerThatNobodyReads() async throws {
    var limits = ConnectionLimits.patient
    limits.response = .milliseconds(200)
    try await withRelay(limits: limits) { client, server in
      let body = [UInt8](repeating: 0x61, count: 2 << 20)
      for _ in 0..<8 { _ = try await server.log.append(Fixture.event(body)) }
      let reader = try RawConnection(port: #require(client.port), receiveBuffer: 4096)
      reader.send(
        "GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(Fixture.token)\r\n\r\n"
      )
      try await eventually { server.metrics.requestsTimedOut.load(ordering: .relaxed) == 1 }
      #expect(try await client.post(Array("{}".utf8)) == .ok)
      try await eventually { server.metrics.connections.load(ordering: .relaxed) == 1 }
      withExtendedLifetime(reader) {}
    }
  }

  @Test func letsAPollWaitLongerThanAPost() async throws {
    var limits = ConnectionLimits.patient
    limits.request = .milliseconds(100)
    try await withRelay(limits: limits) { client, server in
      let page = try await client.page("wait=1")
      #expect(page.events.isEmpty)
      #expect(server.metrics.requestsTimedOut.load(ordering: .relaxed) == 0)
    }
  }

  @Test func refusesHeadersThatAreTooLarge() async throws {
    try await withRelay { client, _ in
      let connection = try RawConnection(port: #require(client.port))
      connection.send(Self.head + "X-Long: " + String(repeating: "x", count: 20_000) + "\r\n\r\n")
      #expect(await !connection.readToEnd().contains(" 200 "))
    }
  }

  @Test func answers503PastTheConnectionLimit() async throws {
    var limits = ConnectionLimits.patient
    limits.connections = 2
    try await withRelay(limits: limits) { client, server in
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
    try await withRelay { client, _ in
      let connection = try RawConnection(port: #require(client.port))
      let fields = "Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
      connection.send(Self.head + Self.claim + fields + "{}")
      let answer = await connection.readToEnd()
      #expect(answer.hasPrefix("HTTP/1.1 100 "))
      #expect(answer.contains("HTTP/1.1 200 OK"))
    }
  }
}
