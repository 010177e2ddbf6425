// One per connection, between the HTTP codec and the server: too many connections, requests that
// trickle in and answers that nobody reads end here. On the connection's event loop.
import HTTPTypes
import Logging
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Bounds on connections, our own but for the first.
struct ConnectionLimits: Sendable {
  /// A provider gives up after 20 s; a request that takes longer to arrive, or a webhook that takes
  /// longer to be kept, is of no use.
  var request: TimeAmount = .seconds(20)
  /// To take in an answer; a feed page is 8 MiB.
  var response: TimeAmount = .seconds(60)
  /// Silence between requests, and headers that never end.
  var idle: TimeAmount = .seconds(75)
  var connections = 1024
  /// Of all headers of a request.
  var headerBytes = 16 << 10
  var headerCount = 64
}

/// Answers 503 past the limit of connections and ends requests and answers that take too long.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: ConnectionLimits
  private let metrics: RelayMetrics
  private var isCounted = false
  private var isRefused = false
  /// When the request being read must have arrived, and when it is a POST be answered: only a GET
  /// may wait, for events.
  private var arrival: NIODeadline?
  private var isPost = false
  private var hasArrived = false
  /// When the answer being written must have been taken in.
  private var departure: NIODeadline?
  private var hasAnswered = false
  private var timer: (rings: NIODeadline, task: Scheduled<Void>)?

  init(limits: ConnectionLimits, metrics: RelayMetrics) {
    self.limits = limits
    self.metrics = metrics
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let (_, count) = metrics.connections.add(1, ordering: .relaxed)
    isCounted = true
    isRefused = count > limits.connections
    if isRefused { metrics.connectionsRefused.add(1, ordering: .relaxed) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.task.cancel()
    timer = nil
    if isCounted { metrics.connections.subtract(1, ordering: .relaxed) }
    isCounted = false
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let request):
      if isRefused { return answerAndClose(.serviceUnavailable, context) }
      (hasAnswered, hasArrived) = (false, false)
      isPost = request.method == .post
      arrival = .now() + limits.request
      watch(context)
      if request.headerFields[.expect]?.lowercased() == "100-continue" {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
      }
    case .body: if isRefused { return }
    case .end:
      if isRefused { return }
      hasArrived = true
      if hasAnswered || !isPost { arrival = nil }
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let response):
      if response.status.kind != .informational {
        hasAnswered = true
        if hasArrived { arrival = nil }
      }
    case .body, .end: break
    }
    context.write(data, promise: promise)
    // More than the socket takes: from here on the reader has its time to take it in.
    guard departure == nil, !context.channel.isWritable else { return }
    departure = .now() + limits.response
    watch(context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { departure = nil }
    context.fireChannelWritabilityChanged()
  }

  /// One timer a connection, moved on lazily: requests only set a field.
  private func watch(_ context: ChannelHandlerContext) {
    guard let deadline = [arrival, departure].compactMap(\.self).min() else { return }
    if let timer {
      guard deadline < timer.rings else { return }
      timer.task.cancel()
    }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let task = context.eventLoop.scheduleTask(deadline: deadline) {
      let (handler, context) = bound.value
      handler.timer = nil
      handler.check(context)
    }
    timer = (deadline, task)
  }

  private func check(_ context: ChannelHandlerContext) {
    guard let deadline = [arrival, departure].compactMap(\.self).min() else { return }
    if deadline > .now() { return watch(context) }
    metrics.requestsTimedOut.add(1, ordering: .relaxed)
    if hasAnswered { return context.close(promise: nil) }
    answerAndClose(hasArrived ? .serviceUnavailable : .requestTimeout, context)
  }

  private func answerAndClose(_ status: HTTPResponse.Status, _ context: ChannelHandlerContext) {
    arrival = nil
    let fields: HTTPFields = [.connection: "close", .contentLength: "0", .retryAfter: "5"]
    let head = HTTPResponse(status: status, headerFields: fields)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      bound.value.close(promise: nil)
    }
  }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
