// The real libcurl against a server that misbehaves: what is certain, what is not, and that
// nothing is sent twice.
import Channels
import Dispatch
import Foundation
import Glibc
import Model
import Synchronization
import TestSupport
import Testing

@Suite(.ownThreads, .timeLimit(.minutes(30))) struct CurlTransportTests {
  private func post(_ url: String, _ body: String, isSend: Bool = true) -> HTTPRequest {
    HTTPRequest(
      method: .post,
      url: url + "/v1/messages",
      headers: [HTTPHeader("Content-Type", "application/json")],
      bearer: Secret("token-1"),
      body: Array(body.utf8),
      // No machine is too busy for that.
      connectTimeout: .hour,
      totalTimeout: .hour,
      isSend: isSend
    )
  }

  @Test func sendsAndReadsAnAnswer() throws {
    let server = try LoopbackServer { _, _ in .answer(status: 418, body: "hello") }
    defer { server.stop() }
    let outcome = CurlTransport().perform(post(server.url, "{\"a\":\"ü\"}"))
    guard case .response(let response) = outcome else { throw Unexpected(outcome: outcome) }
    #expect(response.status == 418)
    #expect(response.body == Array("hello".utf8))
    #expect(response.header("content-TYPE") == "text/plain")
    let seen = try #require(server.seen.first)
    #expect(seen.body == "{\"a\":\"ü\"}")
    #expect(seen.head.hasPrefix("POST /v1/messages HTTP/1.1\r\n"))
    #expect(seen.head.contains("\r\nAuthorization: Bearer token-1"))
    #expect(!seen.head.contains("Expect"))
  }

  @Test func keepsItsConnection() throws {
    let server = try LoopbackServer { _, _ in .answer(status: 200, body: "ok") }
    defer { server.stop() }
    let transport = CurlTransport()
    for _ in 0..<5 {
      #expect(transport.perform(post(server.url, "{}")).status == 200)
      #expect(transport.perform(HTTPRequest(method: .get, url: server.url)).status == 200)
    }
    #expect(Set(server.seen.map(\.connection)) == [0])
  }

  /// The kept connection dies after it took the request and before the answer's first byte.
  @Test func aSendIsNeverRepeatedByItself() throws {
    let server = try LoopbackServer { index, _ in
      index == 0 ? .answer(status: 200, body: "ok") : .hangUp
    }
    defer { server.stop() }
    let transport = CurlTransport()
    #expect(transport.perform(post(server.url, "{\"n\":1}")).status == 200)
    let outcome = transport.perform(post(server.url, "{\"n\":2}"))
    guard case .unknown = outcome else { throw Unexpected(outcome: outcome) }
    #expect(server.seen.map(\.body) == ["{\"n\":1}", "{\"n\":2}"])
    #expect(server.seen.map(\.connection) == [0, 0])
  }

  @Test func aLargeSendIsNeverRepeatedByItself() throws {
    let server = try LoopbackServer { index, _ in
      index == 0 ? .answer(status: 200, body: "ok") : .hangUp
    }
    defer { server.stop() }
    let transport = CurlTransport()
    #expect(transport.perform(post(server.url, "{}")).status == 200)
    let outcome = transport.perform(post(server.url, String(repeating: "x", count: 3 << 20)))
    guard case .unknown = outcome else { throw Unexpected(outcome: outcome) }
    #expect(server.seen.count == 2)
  }

  @Test func tellsHowFarABodyHasCome() async throws {
    let gate = DispatchSemaphore(value: 0)
    let server = try LoopbackServer(gate: gate) { _, _ in .answer(status: 200, body: "ok") }
    defer { server.stop() }
    let told = Mutex<[Int64]>([])
    var request = post(server.url, String(repeating: "x", count: 3 << 20), isSend: false)
    request.onProgress = { sent in told.withLock { $0.append(sent) } }
    let sent = request
    async let outcome = Self.onThread { CurlTransport().perform(sent) }
    // What only waits in the kernel, for a server that doesn't read yet, has not come anywhere.
    #expect(eventually { told.withLock(\.count) >= 3 })
    #expect(told.withLock { $0.last ?? 0 } < 1 << 20)
    gate.signal()
    #expect(await outcome.status == 200)
    let steps = told.withLock { $0 }
    #expect(steps == steps.sorted())
    #expect(steps.last == 3 << 20)
  }

  /// The same death with a request that may be repeated: libcurl tries again on a new connection.
  @Test func otherRequestsAreRepeated() throws {
    let server = try LoopbackServer { index, _ in
      index == 1 ? .hangUp : .answer(status: 200, body: "ok")
    }
    defer { server.stop() }
    let transport = CurlTransport()
    #expect(transport.perform(post(server.url, "{}", isSend: false)).status == 200)
    #expect(transport.perform(post(server.url, "{}", isSend: false)).status == 200)
    #expect(server.seen.map(\.connection) == [0, 0, 1])
  }

  @Test func aSendWithoutABodyIsNeverRepeated() throws {
    let server = try LoopbackServer { index, _ in
      index == 0 ? .answer(status: 200, body: "ok") : .hangUp
    }
    defer { server.stop() }
    let transport = CurlTransport()
    #expect(transport.perform(post(server.url, "")).status == 200)
    let outcome = transport.perform(post(server.url, ""))
    guard case .unknown = outcome else { throw Unexpected(outcome: outcome) }
    #expect(server.seen.count == 2)
  }

  @Test func aRefusedConnectionIsNotSent() throws {
    let server = try LoopbackServer { _, _ in .hangUp }
    server.stop()
    let outcome = CurlTransport().perform(post(server.url, "{}"))
    guard case .notSent = outcome else { throw Unexpected(outcome: outcome) }
  }

  @Test func anUnknownNameIsNotSent() throws {
    let outcome = CurlTransport().perform(post("http://no-such-host.invalid", "{}"))
    guard case .notSent = outcome else { throw Unexpected(outcome: outcome) }
  }

  @Test func silenceAfterTheRequestIsUnknown() throws {
    let server = try LoopbackServer { _, _ in .silence }
    defer { server.stop() }
    var request = post(server.url, "{}")
    request.totalTimeout = 5 * .second
    let outcome = CurlTransport().perform(request)
    guard case .unknown = outcome else { throw Unexpected(outcome: outcome) }
    #expect(eventually { server.seen.count == 1 })
  }

  @Test func anEndlessAnswerIsCut() throws {
    let server = try LoopbackServer { _, _ in .endless }
    defer { server.stop() }
    var request = HTTPRequest(method: .get, url: server.url)
    request.maxResponseBytes = 100_000
    #expect(CurlTransport().perform(request) == .unknown(reason: "the answer is too long"))
  }

  @Test func cancelEndsWhatIsInFlight() async throws {
    let server = try LoopbackServer { _, _ in .silence }
    defer { server.stop() }
    let transport = CurlTransport()
    let send = post(server.url, "{}")
    var poll = send
    (poll.method, poll.isSend) = (.get, false)
    let requests = [send, poll]
    let outcomes = await withTaskGroup(of: HTTPOutcome.self) { group in
      for request in requests {
        group.addTask { await Self.onThread { transport.perform(request) } }
      }
      #expect(eventually { server.seen.count == 2 })
      // Either would go on for an hour.
      transport.cancel()
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(
      outcomes
        == Array(repeating: .unknown(reason: "stopped while waiting for the answer"), count: 2)
    )
    #expect(transport.perform(send) == .notSent(reason: "stopping"))
  }

  @Test func manyThreadsShareOneTransport() async throws {
    let server = try LoopbackServer { _, seen in .answer(status: 200, body: seen.body) }
    defer { server.stop() }
    let transport = CurlTransport()
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<40 {
        let request = post(server.url, "{\"n\":\(number)}")
        group.addTask {
          await Self.onThread { transport.perform(request) }.body == request.body
        }
      }
      for await isOwn in group { #expect(isOwn) }
    }
    #expect(server.seen.count == 40)
  }

  @Test(arguments: ["a\nb", "", "a\u{0}"])
  func aBrokenTokenIsNotSent(token: String) throws {
    var request = post("http://127.0.0.1:9", "{}")
    request.bearer = Secret(token)
    let reason = "the access token is empty or has a line break: check its file"
    #expect(CurlTransport().perform(request) == .notSent(reason: reason))
  }

  @Test func otherSchemesAreRefused() throws {
    let outcome = CurlTransport().perform(HTTPRequest(method: .get, url: "file:///etc/passwd"))
    guard case .notSent = outcome else { throw Unexpected(outcome: outcome) }
  }

  @Test func anUntrustedCertificateAuthorityFileIsNotSent() throws {
    let transport = CurlTransport(caFile: "/nonexistent/ca.pem")
    let server = try LoopbackServer { _, _ in .answer(status: 200, body: "") }
    defer { server.stop() }
    let url = "https://127.0.0.1:\(server.port)"
    guard case .notSent = transport.perform(post(url, "{}")) else {
      throw Unexpected(outcome: .notSent(reason: ""))
    }
    #expect(server.seen.isEmpty)
  }

  @Test func secretsAreNotInARequestsDescription() {
    #expect(!"\(post("http://h", "{}"))".contains("token-1"))
  }

  /// A blocking call on a thread of its own, so that it can't starve the tests' small pool.
  private static func onThread(_ work: @escaping @Sendable () -> HTTPOutcome) async -> HTTPOutcome {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: work()) }
    }
  }

  private struct Unexpected: Error { var outcome: HTTPOutcome }
}

extension HTTPOutcome {
  fileprivate var response: HTTPResponse? {
    guard case .response(let response) = self else { return nil }
    return response
  }

  fileprivate var status: Int? { response?.status }
  fileprivate var body: [UInt8]? { response?.body }
}
