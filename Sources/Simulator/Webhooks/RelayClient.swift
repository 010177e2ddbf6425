// Posts webhooks over HTTP/1.1 on kept-alive connections, one request at a time on each.
import NIOCore
import NIOHTTP1
import NIOPosix

/// One relay's connections: an idle one is taken or a new one opened for each post.
actor RelayClient {
  /// Meta gives a webhook up to 20 s (Messenger Platform, "Webhooks").
  static let timeout = TimeAmount.seconds(20)

  private let address: RelayAddress
  private let group: any EventLoopGroup
  private var idle: [any Channel] = []

  init(_ address: RelayAddress, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
    self.address = address
    self.group = group
  }

  /// The status that the relay answers with; throws when it can't be reached or breaks off.
  func post(_ body: [UInt8], signature: String) async throws -> Int {
    if let kept = takeIdle(), let status = try? await post(body, signature, on: kept) {
      return status
    }
    // The relay may have closed a kept connection in the meantime; a new one decides.
    return try await post(body, signature, on: try await connect())
  }

  func close() async {
    let channels = idle
    idle = []
    for channel in channels { try? await channel.close() }
  }

  private func takeIdle() -> (any Channel)? {
    idle.removeAll { !$0.isActive }
    return idle.popLast()
  }

  private func post(
    _ body: [UInt8],
    _ signature: String,
    on channel: any Channel
  ) async throws -> Int {
    let promise = channel.eventLoop.makePromise(of: Answer.self)
    var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/webhooks/meta")
    head.headers = [
      "Host": "\(address.host):\(address.port)",
      "User-Agent": "facebookexternalua",
      "Content-Type": "application/json",
      "Content-Length": String(body.count),
      "X-Hub-Signature-256": signature,
      "Accept": "*/*",
    ]
    channel.write(HTTPClientRequestPart.head(head), promise: nil)
    channel.write(
      HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))),
      promise: nil
    )
    channel.pipeline.fireUserInboundEventTriggered(promise)
    // A pipeline that is torn down already hears no events: its writes fail instead.
    channel.writeAndFlush(HTTPClientRequestPart.end(nil)).whenFailure { promise.fail($0) }
    let answer = try await promise.futureResult.get()
    if answer.keepsAlive { idle.append(channel) } else { channel.close(promise: nil) }
    return answer.status
  }

  private func connect() async throws -> any Channel {
    try await ClientBootstrap(group: group)
      .connectTimeout(.seconds(5))
      .channelOption(ChannelOptions.socketOption(.so_keepalive), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(AnswerCollector(Self.timeout))
        }
      }
      .connect(host: address.host, port: address.port).get()
  }
}

struct Answer: Sendable {
  var status: Int
  var keepsAlive: Bool
}

enum RelayFailure: Error {
  case closedWithoutAnswer
  case noAnswerInTime
}
