// The end of a client connection's pipeline: turns an answer's parts into one value. It lives on
// the connection's event loop.
import NIOCore
import NIOHTTP1

/// Keeps the promise of the request in flight; it comes in as a user event before the request ends.
final class AnswerCollector: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private let timeout: TimeAmount
  private var promise: EventLoopPromise<Answer>?
  private var deadline: Scheduled<Void>?
  private var answer: Answer?

  init(_ timeout: TimeAmount) { self.timeout = timeout }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let promise = event as? EventLoopPromise<Answer> else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    guard context.channel.isActive else {
      promise.fail(RelayFailure.closedWithoutAnswer)
      return
    }
    self.promise = promise
    let channel = context.channel
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) {
      self.finish(.failure(RelayFailure.noAnswerInTime))
      channel.close(promise: nil)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      answer = Answer(status: Int(head.status.code), keepsAlive: head.isKeepAlive)
    case .body: break
    case .end:
      if let answer { finish(.success(answer)) }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    finish(.failure(RelayFailure.closedWithoutAnswer))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    finish(.failure(error))
    context.close(promise: nil)
  }

  private func finish(_ result: Result<Answer, any Error>) {
    deadline?.cancel()
    deadline = nil
    answer = nil
    promise?.completeWith(result)
    promise = nil
  }
}
