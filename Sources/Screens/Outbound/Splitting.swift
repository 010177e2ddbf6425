// A text that is too long for one message: it is sent in parts, once somebody has agreed to that.
import Model
import TerminalUI

extension AppState {
  mutating func askToSplit(_ text: String, limit: TextLimit) {
    guard let lead = opened?.id else { return }
    let parts = limit.parts(text)
    let words = "\(limit.most) \(limit.unit.rawValue)"
    overlays.append(
      .prompt(PromptState(purpose: .split(lead, parts: parts, limit: words)))
    )
  }

  mutating func sendParts(_ parts: [String], to lead: LeadID) {
    guard let opened, opened.id == lead else { return }
    let quoted = opened.composer.quote?.providerID
    emptyComposer()
    let messages = parts.enumerated().map { index, part in
      OutboundMessage(text: part, replyTo: index == 0 ? quoted : nil)
    }
    sendMessages(messages, to: lead)
    say("\(parts.count) messages queued" + undoHint("calls back the last"))
  }

  /// How long the reply window stays open, in words and, on top, by colour.
  func countdown(_ opened: OpenedLead) -> [Span] {
    guard let end = opened.thread.windowClosesAt else { return [] }
    let left = end - now
    guard left > 0 else { return [Span("⊘ window closed", Theme.bad)] }
    let minutes = left / .minute
    let time =
      minutes < 60
      ? "\(max(1, minutes)) min"
      : minutes < 48 * 60
        ? "\(minutes / 60) h \(minutes % 60) min" : counted(Int(minutes / 1440), "day")
    if opened.thread.isHumanAgent {
      return [Span("◷ as a person: \(time) left", left < 2 * .hour ? Theme.bad : Theme.warning)]
    }
    if left < 15 * .minute { return [Span("! closes in \(time)", Theme.bad)] }
    return left < 2 * .hour
      ? [Span("◔ closes in \(time)", Theme.warning)] : [Span("open \(time)", Theme.good)]
  }
}
