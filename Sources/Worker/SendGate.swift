// The gate's word on a message that is about to leave, asked with what is true now: the window, what they
// said of being written to, what became of earlier messages, the template as it stands.
import Channels
import Model
import Store

struct SendGate {
  let context: WorkerContext

  func verdict(_ item: OutboxItem, on channel: ChannelKind) throws -> SendVerdict {
    let store = context.store
    let now = context.clock.now()
    var template: WhatsAppTemplate?
    if case .template(let filled) = item.content {
      template = try store.whatsAppTemplate(
        filled.name,
        language: filled.language,
        channel: item.channel
      )
    }
    let standing = try store.standing(of: item.thread)
    return SendPolicy.verdict(
      SendRequest(
        channel: channel,
        lastInboundAt: item.lastInboundAt,
        unreachable: SendPolicy.unreachable(
          standing.failures.map { FailedSend(code: $0.code, at: $0.at) },
          kind: item.kind,
          now: now
        ),
        consent: standing.consent,
        message: OutboundMessage(
          item.content,
          text: item.text,
          replyTo: item.replyTo,
          file: item.file
        ),
        template: template
      ),
      now: now
    )
  }
}
