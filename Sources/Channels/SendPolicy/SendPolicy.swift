// May this be sent now? One gate for every sender, asked when a message is composed and again when
// it leaves. Pure: the caller brings the clock.
import Model

/// The gate's answer.
package enum SendVerdict: Equatable, Sendable {
  /// Free to write until then; nil where nothing closes it.
  case open(until: Timestamp?)
  /// A person may still answer, under the human-agent tag.
  case openAsHumanAgent(until: Timestamp)
  /// `rule` is a word for scripts, `text` says what to do.
  case closed(rule: String, text: String)
}

/// What the gate is asked about: a message, and what is known of the one who is to get it.
///
/// Composer and worker fill it in alike, so that both hear the same answer.
package struct SendRequest: Equatable, Sendable {
  package var channel: ChannelKind
  package var kind: MessageKind
  /// The provider's time of their newest message, not of its arrival.
  package var lastInboundAt: Timestamp?
  /// Why this person can't be reached here at all, in words; nil when nothing is known against it.
  package var unreachable: String?
  /// What they have said about being written to.
  package var consent: Consent
  /// The message itself; nil asks whether a free answer is possible at all.
  package var message: OutboundMessage?
  /// The template that the message names, as it stands now.
  package var template: WhatsAppTemplate?

  package init(
    channel: ChannelKind,
    kind: MessageKind = .text,
    lastInboundAt: Timestamp?,
    unreachable: String? = nil,
    consent: Consent = Consent(),
    message: OutboundMessage? = nil,
    template: WhatsAppTemplate? = nil
  ) {
    self.channel = channel
    self.kind = message?.content.kind ?? kind
    self.lastInboundAt = lastInboundAt
    self.unreachable = unreachable
    self.consent = consent
    self.message = message
    self.template = template
  }
}

package enum SendPolicy {
  /// WhatsApp's customer service window, and the standard window of Instagram and Messenger: 24
  /// hours from the person's last message (Meta, "Send messages" pages, 2026).
  package static let window: Int64 = 24 * .hour

  /// How long a person may answer on Instagram and Messenger with `HUMAN_AGENT`: 7 days from the
  /// person's last message (Meta, "Human agent" page, 2026).
  package static let humanAgentWindow: Int64 = 7 * .day

  /// Our own distance from the end of a window: the provider's clock decides, and the request takes
  /// a while.
  package static let margin: Int64 = 2 * .minute

  /// Whether it may be sent now.
  package static func verdict(_ request: SendRequest, now: Timestamp) -> SendVerdict {
    if let reason = request.unreachable {
      return .closed(rule: "unreachable", text: reason)
    }
    if request.consent.stopsReplies(lastInboundAt: request.lastInboundAt) {
      return .closed(
        rule: "opted_out",
        text: "They asked to be left alone and have not written since: nothing may be sent"
      )
    }
    if let refusal = messageRefusal(request) { return refusal }
    // A template needs no window: it is what WhatsApp has for outside of it.
    if request.channel == .whatsapp, request.kind == .template { return .open(until: nil) }
    let kind = request.channel
    switch kind {
    case .email, .sms: return .open(until: nil)
    case .leadAds:
      return .closed(
        rule: "no_messages",
        text: "A lead form takes no answer: write on another channel"
      )
    case .whatsapp, .instagram, .messenger: break
    }
    guard let lastInboundAt = request.lastInboundAt else {
      return .closed(rule: "never_wrote", text: neverWrote(kind))
    }
    // A time ahead of ours must not hold the window open for longer than its own length.
    let start = min(lastInboundAt, now)
    let end = start + window - margin
    if now < end { return .open(until: end) }
    if kind == .whatsapp {
      return .closed(
        rule: "window",
        text: "More than 24 h since their last message: send a template, or wait until they write"
      )
    }
    let lastCall = start + humanAgentWindow - margin
    if now < lastCall { return .openAsHumanAgent(until: lastCall) }
    return .closed(
      rule: "window",
      text: "More than 7 days since their last message: they must write first"
    )
  }

  private static func neverWrote(_ kind: ChannelKind) -> String {
    kind == .whatsapp
      ? "They never wrote on WhatsApp: send a template, or wait until they write"
      : "They never wrote on \(kind.title): only they can open the conversation"
  }
}
