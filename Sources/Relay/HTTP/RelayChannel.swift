// A connection's handlers: the guard and the webhooks' door stand right behind the HTTP codec, before
// Hummingbird's types and tasks, which cost a webhook a quarter of its CPU.
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// HTTP/1.1 as Hummingbird serves it, behind our own handlers.
struct RelayChannel: HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  var responder: Responder
  var limits: ConnectionLimits
  var webhooks: Webhooks

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      var decoder = NIOHTTPDecoderLimitConfiguration()
      decoder.maxHeaderFieldSize = limits.headerBytes
      decoder.maxHeaderListSize = limits.headerBytes
      decoder.maxHeaderFieldCount = limits.headerCount
      try pipeline.configureHTTPServerPipeline(
        // The door takes one request at a time.
        withPipeliningAssistance: false,
        withErrorHandling: false,
        // No field that is written holds anything from outside.
        withOutboundHeaderValidation: false,
        withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: decoder
      )
      try pipeline.addHandler(ConnectionGuard(limits: limits, metrics: webhooks.metrics))
      try pipeline.addHandler(WebhookDoor(webhooks: webhooks, limits: limits))
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      return try NIOAsyncChannel(
        wrappingChannelSynchronously: channel,
        configuration: .init(isOutboundHalfClosureEnabled: true)
      )
    }
  }

  func handle(value: Value, logger: Logger) async {
    await handleHTTP(asyncChannel: value, logger: logger)
  }
}
