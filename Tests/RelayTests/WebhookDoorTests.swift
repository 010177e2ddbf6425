// The door alone, given what a connection brings in one piece: how much of it the kernel takes in at
// once is no test's to say.
import Logging
import Model
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Relay

@Suite struct WebhookDoorTests {
  private static let mark = "X-Hub-Signature-256"

  private func post(_ claim: String, length: Int) -> HTTPServerRequestPart {
    let fields: HTTPHeaders = [Self.mark: claim, "Content-Length": String(length)]
    return .head(
      HTTPRequestHead(version: .http1_1, method: .POST, uri: Webhooks.path, headers: fields)
    )
  }

  /// Answered in a loop, not each a level deeper on the stack; more than may wait ends the connection.
  @Test(arguments: [(limit: 16_384, forged: 8000), (limit: 1200, forged: 601)])
  func muchSentAheadIsAnsweredOrClosed(limit: Int, forged: Int) throws {
    let log = HangingLog()
    var limits = ConnectionLimits()
    limits.partsAhead = limit
    let server = RelayServer(
      settings: Fixture.settings,
      log: log,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      limits: limits
    )
    let door = WebhookDoor(webhooks: server.webhooks(), limits: limits)
    let channel = EmbeddedChannel(handler: door)
    try channel.connect(to: .init(ipAddress: "127.0.0.1", port: 1)).wait()
    let body = ByteBuffer(string: "{}")
    try channel.writeInbound(post(Fixture.signature(Array("{}".utf8)), length: 2))
    try channel.writeInbound(HTTPServerRequestPart.body(body))
    try channel.writeInbound(HTTPServerRequestPart.end(nil))
    #expect(log.count == 1)
    let claim = "sha256=" + String(repeating: "0", count: 64)
    for _ in 0..<forged where channel.isActive {
      try channel.writeInbound(post(claim, length: 0))
      try channel.writeInbound(HTTPServerRequestPart.end(nil))
    }
    let isClosed = forged * 2 > limit
    #expect(channel.isActive == !isClosed)
    #expect(try channel.readOutbound(as: HTTPServerResponsePart.self) == nil)
    log.goOn()
    channel.embeddedEventLoop.run()
    var statuses: [HTTPResponseStatus] = []
    while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
      if case .head(let head) = part { statuses.append(head.status) }
    }
    #expect(statuses.count == (isClosed ? 0 : forged + 1))
    #expect(statuses.first == (isClosed ? nil : .ok))
    #expect(statuses.dropFirst().allSatisfy { $0 == .unauthorized })
    #expect(server.budget.inUse == 0)
  }
}
