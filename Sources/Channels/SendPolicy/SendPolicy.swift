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

  /// Whether a text may be sent to somebody whose newest message is of `lastInboundAt` (the
  /// provider's time, not of arrival).
  package static func verdict(
    kind: ChannelKind,
    lastInboundAt: Timestamp?,
    now: Timestamp
  ) -> SendVerdict {
    switch kind {
    case .email, .sms: return .open(until: nil)
    case .leadAds:
      return .closed(
        rule: "no_messages",
        text: "A lead form takes no answer: write on another channel"
      )
    case .whatsapp, .instagram, .messenger: break
    }
    guard let lastInboundAt else {
      return .closed(rule: "never_wrote", text: neverWrote(kind))
    }
    // A time ahead of ours must not hold the window open for longer than its own length.
    let start = min(lastInboundAt, now)
    let end = start + window - margin
    if now < end { return .open(until: end) }
    if kind == .whatsapp {
      return .closed(
        rule: "window",
        text: "More than 24 h since their last message: phone them, or wait until they write"
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
      ? "They never wrote on WhatsApp: phone them, or wait until they write"
      : "They never wrote on \(kind.title): only they can open the conversation"
  }
}
