// Reading a conversation and replying in it. The gate is asked here when a reply is composed, and
// again by the worker when it leaves.
import Channels
import Model
import Store

extension FrontDesk {
  /// A window of a lead's messages with what the gate says now; nil when there is no such lead.
  package func thread(_ lead: LeadID, in window: ThreadWindow, seat: Seat) throws -> ThreadPage? {
    guard let page = try store.conversation(of: lead, in: window, scope: seat.scope) else {
      return nil
    }
    var closesAt: Timestamp?
    var closedReason: String?
    var isHumanAgent = false
    switch try verdict(page) {
    case .open(let until): closesAt = until
    case .openAsHumanAgent(let until): (closesAt, isHumanAgent) = (until, true)
    case .closed(_, let text): closedReason = text
    }
    return ThreadPage(
      lead: lead,
      messages: page.messages,
      hasOlder: page.hasOlder,
      hasNewer: page.hasNewer,
      windowClosesAt: closesAt,
      closedReason: closedReason,
      isHumanAgent: isHumanAgent,
      isErased: page.isErased
    )
  }

  /// Queues a reply; it leaves after the undo window, or at once without one.
  ///
  /// Throws `Refusal` with the gate's rule.
  package func reply(
    _ lead: LeadID,
    text: String,
    undo: Bool,
    by seat: Seat
  ) throws -> MessageID {
    guard let message = try send(lead, [OutboundMessage(text: text)], undo: undo, by: seat).first
    else { throw StoreError.noThread(lead) }
    return message
  }

  /// Calls a reply back before it has left; its text is the user's draft again, before what they
  /// have typed since.
  ///
  /// A screen that has put the text into its draft already wants no other: `asDraft` is false.
  @discardableResult
  package func recall(
    _ message: MessageID,
    asDraft: Bool = true,
    by seat: Seat
  ) throws -> (lead: LeadID, text: String) {
    let wasTyped = try store.message(message)?.kind.takesDraft ?? false
    let (lead, text) = try store.recall(message, by: seat.actor)
    guard asDraft, wasTyped, let user = seat.actor.user else { return (lead, text) }
    let since = try store.draft(.reply(lead), of: user) ?? ""
    let draft = since.isEmpty ? text : text + "\n" + since
    try store.saveDraft(.reply(lead), of: user, text: draft, known: [since])
    return (lead, draft)
  }

  static let erased = Refusal(
    rule: "erased",
    text: "This person was erased: nobody is left to write to"
  )

  /// A person's word on a message of which nobody knows whether it was sent.
  package func resolve(_ message: MessageID, sendAgain: Bool, by seat: Seat) throws -> String {
    try store.resolve(message, sendAgain: sendAgain, by: seat.actor)
    return sendAgain ? "Sending it again" : "Marked as sent"
  }

  /// What became of the last messages speaks against another one.
  func unreachable(_ thread: ThreadID, for kind: MessageKind = .text) -> String? {
    let failures = (try? store.failedSends(in: thread)) ?? []
    return SendPolicy.unreachable(
      failures.map { FailedSend(code: $0.code, at: $0.at) },
      kind: kind,
      now: clock.now()
    )
  }

  private func verdict(_ conversation: Conversation) throws -> SendVerdict {
    if conversation.isErased { return .closed(rule: Self.erased.rule, text: Self.erased.text) }
    guard let thread = conversation.answered else {
      return .closed(
        rule: "no_thread",
        text: "they have not written on any channel yet, so there is no way to reply"
      )
    }
    return SendPolicy.verdict(
      SendRequest(
        channel: thread.channelKind,
        lastInboundAt: thread.lastInboundAt,
        unreachable: unreachable(thread.id),
        consent: try store.consent(of: conversation.person, on: thread.channelKind)
      ),
      now: clock.now()
    )
  }
}
