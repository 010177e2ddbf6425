// One per connection, between the HTTP codec and the server: too many connections, silent ones, requests
// that trickle in and answers that nobody reads end here. On the connection's event loop.
import HummingbirdCore
import NIOCore
import NIOHTTP1
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
  /// What a connection may send ahead of an answer, beyond which it is closed: as much as four reads of
  /// the socket can bring in, after which nothing is read until there is an answer.
  var partsAhead = 16_384
  var bytesAhead = 1 << 20
}

/// Answers 503 past the limit of connections and ends connections, requests and answers that take too
/// long; when the server leaves, what is under way is answered first.
final class ConnectionGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let limits: ConnectionLimits
  private let metrics: RelayMetrics
  private var isCounted = false
  private var isRefused = false
  /// The server leaves: the next answer is the last.
  private var isLeaving = false
  /// Requests that have begun and are not answered.
  private var open = 0
  /// When a connection with nothing under way ends.
  private var silence: NIODeadline?
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
    silence = context.eventLoop.now + limits.idle
    watch(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.task.cancel()
    timer = nil
    if isCounted { metrics.connections.subtract(1, ordering: .relaxed) }
    isCounted = false
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else {
      return context.fireUserInboundEventTriggered(event)
    }
    isLeaving = true
    if open == 0 { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let request):
      if isRefused { return answerAndClose(.serviceUnavailable, context) }
      (hasAnswered, hasArrived) = (false, false)
      open += 1
      silence = nil
      isPost = request.method == .POST
      arrival = context.eventLoop.now + limits.request
      watch(context)
      if let expected = request.headers.first(name: "expect"),
        expected.lowercased() == "100-continue"
      {
        let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
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
    var isLast = false
    switch unwrapOutboundIn(data) {
    case .head(let response):
      // Not of a request that was sent ahead, whose time goes on.
      if response.status.code >= 200, open == 1 {
        hasAnswered = true
        if hasArrived { arrival = nil }
      }
    case .body: break
    case .end:
      open -= 1
      isLast = isLeaving && open == 0
      if open == 0 {
        silence = context.eventLoop.now + limits.idle
        watch(context)
      }
    }
    context.write(data, promise: promise)
    if isLast {
      context.flush()
      return context.close(promise: nil)
    }
    // More than the socket takes: from here on the reader has its time to take it in.
    guard departure == nil, !context.channel.isWritable else { return }
    departure = context.eventLoop.now + limits.response
    watch(context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { departure = nil }
    context.fireChannelWritabilityChanged()
  }

  private var deadline: NIODeadline? { [silence, arrival, departure].compactMap(\.self).min() }

  /// One timer a connection, moved on lazily: requests only set a field.
  private func watch(_ context: ChannelHandlerContext) {
    guard let deadline else { return }
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
    guard let deadline else { return }
    if deadline > context.eventLoop.now { return watch(context) }
    // Nobody waits for an answer.
    if deadline == silence { return context.close(promise: nil) }
    metrics.requestsTimedOut.add(1, ordering: .relaxed)
    if hasAnswered { return context.close(promise: nil) }
    answerAndClose(hasArrived ? .serviceUnavailable : .requestTimeout, context)
  }

  private func answerAndClose(_ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
    (arrival, silence) = (nil, nil)
    let fields: HTTPHeaders = ["Connection": "close", "Content-Length": "0", "Retry-After": "5"]
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: fields)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      bound.value.close(promise: nil)
    }
  }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
