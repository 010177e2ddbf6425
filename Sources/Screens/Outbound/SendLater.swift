// Sending at a time of one's own choice: `:later fri 9:00`, or a key in the composer that asks.
import Model
import TerminalUI

extension AppState {
  /// Asks when, for what stands in the composer.
  mutating func askForTime() {
    guard let opened, !opened.composer.isEmpty else {
      return say("Write the message first, then choose its time")
    }
    if let problem = textProblem { return complain(problem) }
    put(.prompt(PromptState(purpose: .later(opened.id))))
  }

  /// What the typed time means, or why it means nothing.
  func laterNote(_ typed: String) -> (text: String, isProblem: Bool) {
    guard typed.contains(where: { !$0.isWhitespace }) else {
      return ("such as fri 9:00 · tomorrow 18:30 · 2h · 27 nov", false)
    }
    switch LaterTime.parse(typed, now: now, zone: zone) {
    case .refused(let reason): return (reason, true)
    case .at(let moment): return ("→ " + moment.dayAndTime(now: now, zone: zone), false)
    }
  }

  /// Sends the composer's text at the time that `typed` names; nil, or why not.
  mutating func sendLater(_ typed: String) -> String? {
    guard let opened, !opened.composer.isEmpty else { return "Write the message first" }
    if let problem = textProblem { return problem }
    switch LaterTime.parse(typed, now: now, zone: zone) {
    case .refused(let reason): return reason
    case .at(let moment):
      let text = opened.composer.text.text
      let message = OutboundMessage(
        text: text.trimmedMessage,
        replyTo: opened.composer.quote?.providerID,
        sendAt: moment
      )
      emptyComposer()
      sendMessages([message], to: opened.id)
      var words = "Scheduled for " + moment.dayAndTime(now: now, zone: zone) + undoHint("cancel")
      if let end = opened.thread.windowClosesAt, moment >= end {
        words += " · it leaves only if they write again before"
      }
      say(words)
      return nil
    }
  }

  /// Why what is typed can't go at any time.
  var textProblem: String? {
    guard let opened else { return nil }
    if let reason = opened.thread.closedReason { return reason }
    return opened.composer.openPlaceholder.map { "Fill in {\($0)} before sending" }
  }

  /// Messages that show once the store has them.
  mutating func sendMessages(_ messages: [OutboundMessage], to lead: LeadID) {
    effects.append(.sendMessages(lead, messages))
    sent(messages, to: lead)
  }

  /// What was typed becomes a message: the store drops its draft with the sending, not before.
  mutating func emptyComposer() {
    guard let opened else { return }
    self.opened?.composer.text = TextEditor()
    self.opened?.composer.quote = nil
    self.opened?.composer.isTouched = false
    self.opened?.composer.isDraftKnown = true
    self.opened?.isDraftAhead = opened.companyLoading.isInFlight
  }
}

extension Timestamp {
  /// `Fri 27 Nov, 9:00`, `today, 18:30`, `tomorrow, 9:00`.
  func dayAndTime(now: Timestamp, zone: ZoneRules) -> String {
    let day = zone.civil(self)
    let time = clockTime(self, zone: zone)
    switch day.dayNumber - zone.civil(now).dayNumber {
    case 0: return "today, " + time
    case 1: return "tomorrow, " + time
    default: return shortDay(day) + ", " + time
    }
  }
}
