// A webhook's short way: POSTs to /webhooks/meta are checked, kept and answered here, before router
// and tasks, which would cost three times the rest. A body is never decoded. One a connection,
// behind its guard; on the connection's event loop.
import Crypto
import Logging
import Model
import NIOCore
import NIOHTTP1

/// Takes webhooks off the connection and lets everything else through, one request at a time.
final class WebhookDoor: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// A webhook that is coming in.
  private struct Intake {
    var path: String
    var query: String
    var contentType: String
    var claim: [UInt8]
    var body = ByteBuffer()
  }

  private enum Place {
    /// Between two requests.
    case idle
    case taking(Intake)
    /// The rest of a webhook that is answered already.
    case dropping
    /// Waits for the log; what the client sends meanwhile is held.
    case keeping
    /// Another request is passing through to the router; it has come in as a whole, is answered.
    case passing(hasArrived: Bool, isAnswered: Bool)
  }

  private let webhooks: Webhooks
  private let limits: ConnectionLimits
  private var place = Place.idle
  private var held = CircularBuffer<HTTPServerRequestPart>()
  /// Of the bodies among them.
  private var heldBytes = 0
  private var isGoingOn = false
  private var wantsRead = false
  /// The client has said all that it will, which is told once it has its answer.
  private var hasEnded = false
  /// The client wants no more than this answer.
  private var isLast = false
  /// Bytes taken from the budget.
  private var taken = 0

  init(webhooks: Webhooks, limits: ConnectionLimits) {
    self.webhooks = webhooks
    self.limits = limits
  }

  func channelInactive(context: ChannelHandlerContext) {
    if case .taking = place {
      webhooks.metrics.count(.broken)
      giveBack()
    }
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isWaiting { return hold(unwrapInboundIn(data), context) }
    take(unwrapInboundIn(data), context)
  }

  private func hold(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
    if case .body(let chunk) = part { heldBytes += chunk.readableBytes }
    guard held.count < limits.partsAhead, heldBytes <= limits.bytesAhead else {
      held.removeAll()
      return context.close(promise: nil)
    }
    held.append(part)
  }

  /// A client that says no more after its request would seem gone before its answer.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if isWaiting, event as? ChannelEvent == .inputClosed {
      hasEnded = true
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  /// One request is answered before the next is looked at; meanwhile nothing is read.
  ///
  /// A webhook is mostly kept by the end of the loop's turn, so there reading goes on until something
  /// has come: to stop and start for each would cost two system calls.
  func read(context: ChannelHandlerContext) {
    let mayGoOn = if case .keeping = place { held.isEmpty } else { !isWaiting }
    if mayGoOn { context.read() } else { wantsRead = true }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part = unwrapOutboundIn(data)
    context.write(data, promise: promise)
    guard case .end = part, case .passing(let hasArrived, _) = place else { return }
    place = hasArrived ? .idle : .passing(hasArrived: false, isAnswered: true)
    goOn(context)
  }

  private var isWaiting: Bool {
    switch place {
    case .keeping, .passing(hasArrived: true, _): true
    case .idle, .taking, .dropping, .passing: false
    }
  }

  private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
    switch (place, part) {
    case (.idle, .head(let head)): begin(head, part, context)
    case (.taking(var intake), .body(let chunk)):
      // The copy in `place` must go, or each chunk would copy the body.
      place = .dropping
      if let outcome = add(chunk, to: &intake) { return answer(outcome, context) }
      place = .taking(intake)
    case (.taking(let intake), .end): keep(intake, context)
    case (.dropping, .end):
      place = .idle
      if isLast { context.close(mode: .output, promise: nil) }
    case (.dropping, _): break
    case (.passing(_, let isAnswered), .end):
      place = isAnswered ? .idle : .passing(hasArrived: true, isAnswered: false)
      context.fireChannelRead(wrapInboundOut(part))
    default: context.fireChannelRead(wrapInboundOut(part))
    }
  }

  private func begin(
    _ head: HTTPRequestHead,
    _ part: HTTPServerRequestPart,
    _ context: ChannelHandlerContext
  ) {
    let pieces = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard head.method == .POST, let path = pieces.first, path == Webhooks.path else {
      place = .passing(hasArrived: false, isAnswered: false)
      return context.fireChannelRead(wrapInboundOut(part))
    }
    place = .dropping
    isLast = !head.isKeepAlive
    let length = head.headers.first(name: "content-length").flatMap(Int.init)
    if let length, length > Webhooks.bodyLimit { return answer(.tooLarge, context) }
    let claim = head.headers.first(name: "x-hub-signature-256")
    guard let claim = claim.flatMap(SignatureVerifier.claim) else {
      return answer(.badSignature, context)
    }
    place = .taking(
      Intake(
        path: String(path),
        query: pieces.count > 1 ? String(pieces[1]) : "",
        contentType: head.headers.first(name: "content-type") ?? "",
        claim: claim
      )
    )
  }

  /// Returns why the webhook can't be taken; nil when it can so far.
  private func add(_ chunk: ByteBuffer, to intake: inout Intake) -> RelayMetrics.Outcome? {
    let size = chunk.readableBytes
    guard intake.body.readableBytes + size <= Webhooks.bodyLimit else { return .tooLarge }
    guard webhooks.budget.take(size) else { return .overloaded }
    taken += size
    // Most bodies are one chunk, which then need not be copied.
    if intake.body.readableBytes == 0 {
      intake.body = chunk
    } else {
      intake.body.writeImmutableBuffer(chunk)
    }
    return nil
  }

  private func keep(_ intake: Intake, _ context: ChannelHandlerContext) {
    place = .keeping
    guard webhooks.verifier.matches(intake.claim, body: intake.body) else {
      return answer(.badSignature, context)
    }
    let event = NewEvent(
      source: "meta",
      receivedAt: webhooks.clock.now(),
      path: intake.path,
      query: intake.query,
      contentType: intake.contentType,
      sha256: Array(intake.body.withUnsafeReadableBytes { SHA256.hash(data: $0) }),
      body: intake.body
    )
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let loop = context.eventLoop
    webhooks.log.append(event) { result in
      if loop.inEventLoop {
        bound.value.0.kept(result, bound.value.1)
      } else {
        loop.execute { bound.value.0.kept(result, bound.value.1) }
      }
    }
  }

  private func kept(_ result: Result<Int64, EventLogError>, _ context: ChannelHandlerContext) {
    switch result {
    case .success: answer(.accepted, context)
    case .failure(let error):
      webhooks.notices.say(.unwritable, metadata: ["error": "\(error)"])
      answer(.unwritable, context)
    }
  }

  private func answer(_ outcome: RelayMetrics.Outcome, _ context: ChannelHandlerContext) {
    webhooks.metrics.count(outcome)
    if outcome == .badSignature { webhooks.notices.say(.badSignature, metadata: [:]) }
    giveBack()
    // Gone, or told already that it took too long.
    guard context.channel.isActive else { return }
    context.write(wrapOutboundOut(.head(webhooks.head(of: outcome))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    guard case .keeping = place else { return }
    place = .idle
    if isLast {
      context.close(mode: .output, promise: nil)
      tellEnd(context)
    } else {
      goOn(context)
    }
  }

  private func giveBack() {
    webhooks.budget.give(taken)
    taken = 0
  }

  /// Turns to what was held while the last request was answered.
  private func goOn(_ context: ChannelHandlerContext) {
    // What is answered at once comes back here: the loop below goes on, or each of the held would be a
    // level deeper on the stack.
    guard !isGoingOn, !held.isEmpty || wantsRead || hasEnded else { return }
    let hasMore = !held.isEmpty
    isGoingOn = true
    while !isWaiting, let part = held.popFirst() {
      if case .body(let chunk) = part { heldBytes -= chunk.readableBytes }
      take(part, context)
    }
    isGoingOn = false
    // The server behind looks at what came once it is told that this was all for now.
    if hasMore { context.fireChannelReadComplete() }
    guard !isWaiting else { return }
    tellEnd(context)
    guard wantsRead else { return }
    wantsRead = false
    context.read()
  }

  private func tellEnd(_ context: ChannelHandlerContext) {
    guard hasEnded else { return }
    hasEnded = false
    context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
  }
}

@available(*, unavailable)
extension WebhookDoor: Sendable {}
