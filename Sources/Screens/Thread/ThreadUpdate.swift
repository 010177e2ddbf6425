// What happens to the conversation: a lead is opened, pages arrive, it is scrolled and read.
import Model
import TerminalUI

extension AppState {
  /// Makes a lead the opened one; what is typed for the former stays in its draft.
  mutating func open(_ row: LeadSummary) {
    if opened?.id != row.id {
      leaveComposer()
      opened = OpenedLead(summary: row, at: now)
      opened?.thread.window = .newest(ThreadState.firstPage(rows: size.rows))
      // What was found far back is asked for at once: the newest messages are not on screen then,
      // and don't count as read.
      if searchTerms == nil || inbox.hits[row.id]?.message == nil { askThread() }
      askDetail()
      effects.append(.loadDraft(.reply(row.id)))
      askCompany()
    }
    search?.isTyping = false
    focus(.thread)
    seekFound(inbox.hits[row.id])
  }

  mutating func openCursorLead() {
    guard let row = inbox.cursorRow else {
      return say(inbox.isLoaded ? "No lead here to open" : "The inbox is still loading")
    }
    open(row)
  }

  mutating func askThread() {
    guard let opened else { return }
    guard self.opened?.thread.loading.ask() ?? false else { return }
    effects.append(.loadThread(opened.id, opened.thread.window))
  }

  mutating func askDetail() {
    guard let lead = opened?.id, opened?.detailLoading.ask() ?? false else { return }
    effects.append(.loadLead(lead))
  }

  mutating func receive(_ page: ThreadPage) {
    guard opened?.id == page.lead else { return }
    let isStale = opened?.thread.loading.answered() ?? false
    let wasBehind = opened?.thread.hasNewer ?? false
    opened?.thread.holdsPlace = wasBehind
    opened?.thread.messages = page.messages
    opened?.thread.hasOlder = page.hasOlder
    opened?.thread.hasNewer = page.hasNewer
    // What reaches the newest message goes on following the conversation.
    if !page.hasNewer, !isStale { followNewest(page.messages.count) }
    opened?.thread.windowClosesAt = page.windowClosesAt
    opened?.thread.closedReason = page.closedReason
    opened?.thread.isHumanAgent = page.isHumanAgent
    if page.isErased { forgetErased() }
    if let selected = opened?.thread.selected, !page.messages.contains(where: { $0.id == selected })
    {
      endSelection()
    }
    opened?.thread.isLoaded = true
    matchPending(isCurrent: !isStale && !page.hasNewer)
    threadChanged = true
    if isStale { askThread() }
  }

  /// Nothing of an erased person stays on screen, what was being written to them neither.
  private mutating func forgetErased() {
    guard let opened, !opened.thread.isErased else { return }
    self.opened?.thread.isErased = true
    self.opened?.thread.pending = []
    self.opened?.composer = ComposerState()
    self.opened?.composer.isDraftKnown = true
    deeds.forgetAll(of: opened.id)
    if opened.composer.isActive {
      let name = leadName(opened.summary)
      overlays.append(.prompt(PromptState(purpose: .gone(name, into: nil))))
    } else if !opened.composer.isEmpty {
      complain("This person was erased meanwhile, and with them what you were writing")
    }
  }

  /// Replies that the store has now are no longer pending; those called back meanwhile are
  /// recalled under their real id, or are none of the store's when it has been asked since.
  private mutating func matchPending(isCurrent: Bool) {
    guard var thread = opened?.thread, !thread.pending.isEmpty else { return }
    var candidates = thread.messages.filter { $0.direction == .outbound }
    thread.pending.removeAll { reply in
      guard let place = candidates.firstIndex(where: { reply.isStored(as: $0) }) else {
        return reply.isRecalled && isCurrent
      }
      let stored = candidates.remove(at: place)
      if reply.isRecalled {
        effects.append(.recall(stored.id))
        thread.messages.removeAll { $0.id == stored.id }
      }
      return true
    }
    opened?.thread = thread
  }

  mutating func receive(_ detail: LeadDetail) {
    if let opened, opened.id == detail.summary.id {
      self.opened?.summary = detail.summary
      self.opened?.detail = detail
      if self.opened?.detailLoading.answered() ?? false { askDetail() }
    }
  }

  /// Up is towards older messages.
  mutating func scrollThread(by lines: Int) {
    guard let thread = opened?.thread else { return }
    let limit = max(0, thread.lineCount - threadHeight)
    opened?.thread.scroll = min(max(0, thread.scroll + lines), limit)
    if lines > 0, thread.scroll + lines >= limit - threadHeight { loadOlder() }
    if lines < 0, thread.scroll + lines <= threadHeight { loadNewer() }
  }

  /// Reports the conversation as read once it is really in front of somebody.
  mutating func markReadIfSeen() {
    guard isFocused, overlays.isEmpty, layout.thread != nil else { return }
    guard let opened, opened.thread.isLoaded, let newest = opened.thread.newestInbound else {
      return
    }
    guard !opened.thread.hasNewer, opened.thread.markedThrough != newest else { return }
    guard opened.summary.unread > 0 || opened.thread.markedThrough != nil else { return }
    self.opened?.thread.markedThrough = newest
    self.opened?.summary.unread = 0
    inbox.patch(opened.id) { $0.unread = 0 }
    effects.append(.markRead(opened.id, through: newest))
  }
}
