// The reply sent last can be called back for its whole undo window, also after somebody has moved
// on to the next lead. Called by update, view and the deadlines.
import Model
import TerminalUI

struct LastReply: Equatable {
  var lead: LeadSummary
  var reply: PendingReply

  /// Nil without an undo window.
  var until: Timestamp? { reply.message.undoUntil }
}

extension AppState {
  /// The reply that still can be called back though its chat is no longer on screen.
  var replyLeftBehind: LastReply? {
    guard let last = lastReply, let until = last.until, until > now else { return nil }
    let isShown = opened?.id == last.lead.id && layout.thread != nil
    return isShown ? nil : last
  }

  /// Opens the lead of the reply sent last and calls it back; false when there is none.
  mutating func recallLeftBehind() -> Bool {
    guard var last = replyLeftBehind else { return false }
    lastReply = nil
    let wasTyping = isTyping
    defer { if wasTyping { startReply() } }
    let row = inbox.row(last.lead.id) ?? last.lead
    open(row)
    if opened?.thread.isLoaded ?? false, recallNewest() { return true }
    // Its own row is recalled as soon as the conversation tells its id.
    last.reply.isRecalled = true
    opened?.thread.pending = [last.reply]
    restoreDraft(last.reply.message.text)
    say("Called back: it was not sent")
    return true
  }

  mutating func forgetLastReply(to lead: LeadID) {
    if lastReply?.lead.id == lead { lastReply = nil }
  }

  /// Who and how long, such as `◷ Derek: sending in 5 s · u undo`.
  var leftBehindSpan: Span? {
    guard let last = replyLeftBehind, let until = last.until else { return nil }
    let seconds = (until - now + .second - 1) / .second
    let isFree = opened?.composer.text.isEmpty ?? true
    let keys = isTyping && !isFree ? "" : " · \(undoKey) undo"
    return Span("◷ \(firstName(last.lead)): sending in \(seconds) s" + keys, Theme.warning)
  }

  /// What calls back or undoes where the keys go now: in the composer `u` is a letter.
  var undoKey: String { isTyping ? "Ctrl-_" : "u" }

  func firstName(_ lead: LeadSummary) -> String {
    let name = leadName(lead)
    return name.split(separator: " ").first.map(String.init) ?? name
  }
}
