// The guard's deadlines, on an event loop whose time the test moves on.
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Synchronization
import Testing

@testable import Relay

@Suite struct ConnectionGuardTests {
  private let metrics = RelayMetrics()
  private let channel: EmbeddedChannel
  private var loop: EmbeddedEventLoop { channel.embeddedEventLoop }

  init() throws {
    channel = EmbeddedChannel(handler: ConnectionGuard(limits: .init(), metrics: metrics))
    // A channel that was never connected is not open either.
    try channel.connect(to: .init(ipAddress: "127.0.0.1", port: 1)).wait()
  }

  @Test func closesAConnectionThatIsQuietAndNoneThatIsBusy() throws {
    for _ in 0..<100 {
      try receive(.GET)
      try answer(.ok)
      loop.advanceTime(by: .seconds(74))
      #expect(channel.isActive)
    }
    loop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
    #expect(metrics.requestsTimedOut.load(ordering: .relaxed) == 0)
  }

  @Test func endsARequestThatTricklesIn() throws {
    try channel.writeInbound(HTTPServerRequestPart.head(head(.POST)))
    for _ in 0..<19 {
      loop.advanceTime(by: .seconds(1))
      try channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(string: "x")))
      #expect(channel.isActive)
    }
    loop.advanceTime(by: .seconds(1))
    #expect(try status() == .requestTimeout)
    #expect(!channel.isActive)
    #expect(metrics.requestsTimedOut.load(ordering: .relaxed) == 1)
  }

  @Test func endsAPostThatIsNotAnsweredInTime() throws {
    try receive(.POST)
    loop.advanceTime(by: .seconds(20))
    #expect(try status() == .serviceUnavailable)
    #expect(!channel.isActive)
  }

  @Test func endsOneThatWasSentAheadToo() throws {
    try receive(.POST)
    try receive(.POST)
    loop.advanceTime(by: .seconds(5))
    try answer(.ok)
    #expect(try status() == .ok)
    loop.advanceTime(by: .seconds(15))
    #expect(try status() == .serviceUnavailable)
    #expect(!channel.isActive)
  }

  @Test func letsAGetWaitForEvents() throws {
    try receive(.GET)
    loop.advanceTime(by: .minutes(10))
    #expect(channel.isActive)
    try answer(.ok)
    #expect(try status() == .ok)
    #expect(channel.isActive)
  }

  @Test func givesEveryRequestItsOwnTime() throws {
    for _ in 0..<10 {
      try receive(.POST)
      loop.advanceTime(by: .seconds(19))
      try answer(.ok)
      #expect(try status() == .ok)
    }
    #expect(channel.isActive)
    #expect(metrics.requestsTimedOut.load(ordering: .relaxed) == 0)
  }

  @Test func endsAnAnswerThatIsNotTakenIn() throws {
    try receive(.GET)
    channel.isWritable = false
    try answer(.ok)
    loop.advanceTime(by: .seconds(59))
    #expect(channel.isActive)
    loop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
    #expect(metrics.requestsTimedOut.load(ordering: .relaxed) == 1)
  }

  private func head(_ method: HTTPMethod) -> HTTPRequestHead {
    HTTPRequestHead(version: .http1_1, method: method, uri: "/")
  }

  private func receive(_ method: HTTPMethod) throws {
    try channel.writeInbound(HTTPServerRequestPart.head(head(method)))
    try channel.writeInbound(HTTPServerRequestPart.end(nil))
  }

  private func answer(_ status: HTTPResponseStatus) throws {
    let head = HTTPResponseHead(version: .http1_1, status: status)
    try channel.writeOutbound(HTTPServerResponsePart.head(head))
    try channel.writeOutbound(HTTPServerResponsePart.end(nil))
  }

  /// Of the next answer that was written.
  private func status() throws -> HTTPResponseStatus? {
    while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
      if case .head(let head) = part { return head.status }
    }
    return nil
  }
}
