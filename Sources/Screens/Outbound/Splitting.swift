// A text that is too long for one message: it is sent in parts, once somebody has agreed to that.
import Model

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
}
