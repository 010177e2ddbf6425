// What commands do to a lead: shown at once, confirmed by the store's next answer, reversible.
import Model
import TerminalUI

extension AppState {
  /// Changes what is on screen of a lead before the store answers.
  mutating func patchLead(_ lead: LeadID, _ change: (inout LeadSummary) -> Void) {
    inbox.patch(lead, change)
    guard var summary = opened?.summary, summary.id == lead else { return }
    change(&summary)
    opened?.summary = summary
    opened?.detail?.summary = summary
  }

  mutating func setStage(_ lead: LeadID, _ stage: StageID, reason: String?) {
    patchLead(lead) { $0.stage = stage }
    effects.append(.setStage(lead, stage, reason: reason))
  }

  mutating func assignToMe() {
    if let markedLeads { return act(on: markedLeads, .assign(session?.user.id)) }
    assign(to: session?.user.id)
  }

  mutating func assign(to user: UserID?) {
    if let markedLeads { return act(on: markedLeads, .assign(user)) }
    guard let lead = subject?.id else { return }
    assign(lead, to: user)
  }

  mutating func assign(_ lead: LeadID, to user: UserID?) {
    patchLead(lead) { $0.owner = user }
    effects.append(.assign(lead, user))
  }

  mutating func noReplyNeeded() {
    if let markedLeads { return act(on: markedLeads, .noReplyNeeded) }
    guard let lead = subject?.id else { return }
    patchLead(lead) { $0.waitingSince = nil }
    passOn(from: lead)
    effects.append(.noReplyNeeded(lead))
  }

  mutating func addNote(_ lead: LeadID, text: String) {
    if opened?.id == lead {
      let note = Note(id: -now.milliseconds, at: now, author: session?.user.name, text: text)
      opened?.detail?.notes.append(note)
      opened?.detail?.begunNote = nil
    }
    effects.append(.addNote(lead, text: text))
  }

  /// The newest message nobody knows the fate of.
  var unconfirmed: Message? { opened?.thread.messages.last { $0.status == .unconfirmed } }
  var failed: Message? { opened?.thread.messages.last { $0.status == .failed } }

  mutating func resolve(sendAgain: Bool) {
    if let message = unconfirmed {
      effects.append(.resolve(message.id, sendAgain: sendAgain))
      say(sendAgain ? "Sending it again" : "Marked as sent")
    } else if sendAgain, let message = failed {
      startReply()
      if isTyping { restoreDraft(message.text) }
    }
  }

  mutating func undo(isRedo: Bool) {
    if isRedo { return redoChange() }
    // The desk may know of something done before, else says that there is nothing.
    if !takeBack() { effects.append(.undo) }
  }

  mutating func copy(_ id: Command.ID) {
    guard let opened else { return }
    switch id {
    case .copyPhone:
      let phone = opened.detail?.identities.first { $0.kind == .phone }
      copy(phone.map { "+" + $0.value }, name: "phone number")
    case .copyLink: copy(link(of: opened), name: "link")
    default:
      let message = opened.thread.messages.last { $0.direction == .inbound }
      copy(message?.text, name: "message")
    }
  }

  private mutating func copy(_ text: String?, name: String) {
    guard let text else { return complain("There is no \(name) to copy here") }
    effects.append(.copy(Sanitizer.unsteered(text)))
    say("Copied the \(name)")
  }

  /// The newest web address in the chat, else the person's profile.
  private func link(of lead: OpenedLead) -> String? {
    for message in lead.thread.messages.reversed() {
      for word in message.text.split(whereSeparator: \.isWhitespace)
      where word.hasPrefix("https://") || word.hasPrefix("http://") {
        return String(word)
      }
    }
    for identity in lead.detail?.identities ?? [] {
      switch identity.kind {
      case .phone: return "https://wa.me/" + identity.value
      case .username: return "https://instagram.com/" + identity.value
      default: continue
      }
    }
    return nil
  }
}
