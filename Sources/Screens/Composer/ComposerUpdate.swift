// Typing, sending, calling back. Keys come here while the composer is active.
import Model
import TerminalUI

extension AppState {
  mutating func startReply() {
    if focus == .inbox || opened == nil {
      guard let row = subject ?? inbox.cursorRow else { return say("Open a lead to reply to it") }
      open(row)
    }
    focus(.thread)
    if let reason = opened?.thread.closedReason {
      // What can still be said, is offered.
      if let row = opened?.summary, takesTemplates(row) {
        return pickWhatsAppTemplate(isUnasked: true)
      }
      return complain(reason)
    }
    endSelection()
    opened?.composer.isActive = true
    goToNewest()
  }

  /// The draft stays; the list shows a pencil.
  mutating func leaveComposer() {
    guard let opened, opened.composer.isActive else { return }
    self.opened?.composer.isActive = false
    if notice?.isOfTyping ?? false { notice = nil }
    keepDraft(now: true)
    inbox.patch(opened.id) { $0.hasDraft = !opened.composer.isEmpty }
  }

  mutating func keepDraft(now: Bool) {
    guard let opened, !opened.thread.isErased else { return }
    self.opened?.isDraftAhead = opened.companyLoading.isInFlight
    if !now { self.opened?.composer.isTouched = true }
    let composer = opened.composer
    effects.append(
      .saveDraft(.reply(opened.id), text: composer.text.text, seen: composer.seen, now: now)
    )
  }

  mutating func type(_ text: String) {
    opened?.composer.insert(text)
    keepDraft(now: false)
  }

  mutating func pressComposer(_ key: Key) {
    if case .character(let character) = key, opened?.composer.chosenGap != nil {
      return type(String(character))
    }
    if key == .character(":"), opened?.composer.closeEmoji() ?? false {
      return keepDraft(now: false)
    }
    if opened?.composer.text.isEmpty ?? false {
      if key == .up { return selectMessage() }
      if key == .backspace, opened?.composer.quote != nil {
        opened?.composer.quote = nil
        return
      }
    }
    let width = composerWidth
    if opened?.composer.text.handle(key, width: width) == .changed { keepDraft(now: false) }
  }

  /// The store's draft; what was typed before it came stays below it.
  mutating func receiveDraft(_ key: DraftKey, text: String) {
    switch key.kind {
    case .note: return receiveNote(key.lead, text: text)
    case .form: return receiveForms(key.lead, text: text)
    case .reply: break
    }
    guard let opened, opened.id == key.lead, !opened.composer.isDraftKnown else { return }
    self.opened?.composer.isDraftKnown = true
    self.opened?.composer.seen = text
    if opened.composer.isEmpty {
      self.opened?.composer.text = TextEditor(text: text)
    } else if !text.isEmpty {
      restoreDraft(text)
    }
  }

  /// Typed in another terminal meanwhile: it stands above what is typed here.
  mutating func meetDraft(_ key: DraftKey, text: String) {
    switch key.kind {
    case .note: return meetNote(key.lead, text: text)
    case .form: return meetForms(key.lead, text: text)
    case .reply: break
    }
    guard let opened, opened.id == key.lead, !opened.composer.text.text.contains(text) else {
      return
    }
    restoreDraft(text)
    say("What you wrote in another terminal stands above")
  }

  /// Enter: the bubble stands in the same frame, the store's row replaces it later.
  mutating func send() {
    guard let opened, !opened.composer.isEmpty else { return }
    if let reason = opened.thread.closedReason { return complain(reason) }
    if let gap = opened.composer.openPlaceholder {
      return complain("Fill in {\(gap)} before sending")
    }
    let text = opened.composer.text.text.trimmedMessage
    if let limit = TextLimit.of(opened.summary.channelKind), !limit.allows(text) {
      return askToSplit(text, limit: limit)
    }
    if let quote = opened.composer.quote {
      emptyComposer()
      sendMessages([OutboundMessage(text: text, replyTo: quote.providerID)], to: opened.id)
      return passOn(from: opened.id)
    }
    let message = optimistic(OutboundMessage(text: text), to: opened.summary)
    let reply = PendingReply(message: message, after: opened.thread.messages.map(\.id).max())
    self.opened?.thread.pending.append(reply)
    goToNewest()
    emptyComposer()
    threadChanged = true
    effects.append(.reply(opened.id, text: text))
    let at = now
    let patch = { (row: inout LeadSummary) in
      row.preview = text
      row.previewDirection = .outbound
      row.previewStatus = .queued
      row.lastMessageAt = at
      row.waitingSince = nil
      row.hasDraft = false
    }
    inbox.patch(opened.id, patch)
    var changed = opened.summary
    patch(&changed)
    self.opened?.summary = changed
    sent(SentMessage(lead: changed, reply: reply, before: opened.summary))
    passOn(from: opened.id)
  }

  /// The reply could not be stored: nothing typed is lost.
  mutating func takeBack(_ lead: LeadID, text: String, reason: String) {
    complain(reason)
    deeds.forget { $0.lead.id == lead && $0.message.text == text }
    guard opened?.id == lead else {
      effects.append(.saveDraft(.reply(lead), text: text, seen: nil, now: true))
      return
    }
    if opened?.thread.isErased ?? false { return }
    if let place = opened?.thread.pending.firstIndex(where: { $0.message.text == text }) {
      let reply = opened?.thread.pending.remove(at: place)
      threadChanged = true
      // It was called back meanwhile: the text is here.
      if reply?.isRecalled ?? false { return }
    }
    restoreDraft(text)
  }

  /// Text comes back into the composer, above what is being typed.
  mutating func restoreDraft(_ text: String) {
    guard let opened else { return }
    let typed = opened.composer.text.text
    let whole = opened.composer.isEmpty ? text : text + "\n" + typed
    self.opened?.composer.text.replace(with: whole)
    keepDraft(now: true)
    inbox.patch(opened.id) { $0.hasDraft = true }
  }

  /// Tab: the emoji whose name is begun, else the next gap of a saved reply.
  mutating func completeOrNextGap() {
    if opened?.composer.completeEmoji() ?? false { return keepDraft(now: false) }
    opened?.composer.moveToNextGap()
  }

  /// The draft goes to the user's own editor and comes back from there.
  mutating func editOutside() {
    if !isTyping { startReply() }
    guard let opened, isTyping else { return }
    guard opened.composer.isDraftKnown else { return say("The draft is still loading: once more") }
    keepDraft(now: true)
    effects.append(.editOutside(opened.id, text: opened.composer.text.text))
  }

  mutating func receiveEdited(_ lead: LeadID, text: String) {
    guard opened?.id == lead else {
      effects.append(.saveDraft(.reply(lead), text: text, seen: nil, now: true))
      return
    }
    if opened?.composer.text.text != text { opened?.composer.text.replace(with: text) }
    keepDraft(now: false)
  }

  mutating func clearComposer() {
    if opened?.composer.text.isEmpty ?? false, opened?.composer.quote != nil {
      opened?.composer.quote = nil
      return
    }
    guard let composer = opened?.composer, !composer.text.isEmpty else {
      return cancelOrOfferQuit()
    }
    opened?.composer.text.replace(with: "")
    keepDraft(now: true)
    say("Cleared · Ctrl-_ brings it back")
    notice?.isOfTyping = true
  }

  /// Takes back the last edit, or the message just sent where nothing was typed since.
  mutating func undoTyping() {
    if opened?.composer.isAsWhenSent ?? false, takeBack() { return }
    if opened?.composer.text.handle(.ctrl("_")) == .changed {
      keepDraft(now: false)
    } else if case .sent(let sent) = reversal, sent.lead.id != opened?.id,
      opened?.composer.isTouched ?? false
    {
      say("Nothing more to undo here · Esc u calls the reply to \(leadName(sent.lead)) back")
    } else {
      _ = takeBack()
    }
  }

  /// A saved reply goes in at the cursor, with what is known filled in.
  mutating func use(_ template: Template, for row: LeadSummary? = nil) {
    if let row, row.id != opened?.id || focus == .inbox { open(row) }
    startReply()
    guard let opened, opened.composer.isActive else { return }
    // What stands there already keeps a line of its own.
    let typed = opened.composer.text.text[..<opened.composer.text.cursor]
    if let last = typed.last, !last.isWhitespace { type("\n") }
    let before = typed.utf8.count
    type(Placeholders.fill(template.body, with: placeholderValues(opened.summary)))
    // The first gap is where typing goes on.
    guard let text = self.opened?.composer.text.text,
      Placeholder.first(in: text, from: text.startIndex) != nil
    else { return }
    let start = text.utf8.index(text.startIndex, offsetBy: before)
    self.opened?.composer.text.moveCursor(to: start)
    if self.opened?.composer.chosenGap == nil { self.opened?.composer.moveToNextGap() }
  }

  func placeholderValues(_ lead: LeadSummary) -> [String: String] {
    var values: [String: String] = [:]
    let first = Sanitizer.line(lead.name).split(separator: " ").first.map(String.init)
    if let first, first.first?.isLetter ?? false { values["first_name"] = first }
    if let book { values["gym"] = book.gym.name }
    if let name = session?.user.name.split(separator: " ").first { values["staff"] = String(name) }
    return values
  }
}
