// Sending messages of every kind: the gate is asked for each, then all are queued in one transaction, in
// their order or not at all. Screen and command line call it.
import Channels
import Model
import Store

extension FrontDesk {
  /// Queues messages to a lead; they leave after the undo window, at their own time, or at once.
  ///
  /// Throws `Refusal` with the gate's rule, and then nothing is queued.
  @discardableResult
  package func send(
    _ lead: LeadID,
    _ messages: [OutboundMessage],
    undo: Bool,
    by seat: Seat
  ) throws -> [MessageID] {
    guard let detail = try store.lead(lead, scope: seat.scope) else {
      throw StoreError.noSuchLead(lead)
    }
    if try store.isErased(lead) { throw Self.erased }
    for message in messages {
      if case .closed(let rule, let text) = try judge(message, to: detail) {
        throw Refusal(rule: rule, text: text)
      }
    }
    return try store.enqueue(
      lead,
      parts: messages,
      undo: undo ? undoSend : 0,
      by: seat.actor
    )
  }

  /// A text as one message or, where it is too long for one and that is wanted, as several.
  package func parts(of text: String, to lead: LeadID, seat: Seat) throws -> [OutboundMessage] {
    let kind = try require(lead, for: seat).channelKind
    let parts = TextLimit.of(kind)?.parts(text) ?? [text]
    return parts.map { OutboundMessage(text: $0) }
  }

  private func judge(_ message: OutboundMessage, to detail: LeadDetail) throws -> SendVerdict {
    let channels = try store.channels()
    let thread = detail.threads.first {
      message.channel == nil ? $0.id == detail.summary.thread : $0.channel == message.channel
    }
    guard let channel = message.channel ?? thread?.channel,
      let account = channels.first(where: { $0.id == channel })
    else {
      return .closed(
        rule: "no_thread",
        text: "they have not written on any channel yet, so there is no way to reply"
      )
    }
    var template: WhatsAppTemplate?
    if case .template(let filled) = message.content {
      template = try store.whatsAppTemplate(
        filled.name,
        language: filled.language,
        channel: channel
      )
    }
    return SendPolicy.verdict(
      SendRequest(
        channel: account.kind,
        lastInboundAt: thread?.lastInboundAt,
        unreachable: thread.flatMap { unreachable($0.id, for: message.content.kind) },
        consent: try store.consent(of: detail.summary.person, on: account.kind),
        message: message,
        template: template
      ),
      // What is for later is judged again then.
      now: clock.now()
    )
  }
}
