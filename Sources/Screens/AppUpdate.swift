// The one door for everything that happens. Pure: state and event in, effects out. Called by the
// main loop, on the main thread.
import Model
import TerminalUI

/// Changes the state for one event and says what is wanted from outside.
package func update(_ state: inout AppState, _ event: AppEvent, now: Timestamp) -> [AppEffect] {
  state.now = now
  switch event {
  case .terminal(let event):
    if state.tour == nil { state.take(event) } else { state.tourTakes(event) }
  case .tick: state.tourTicks()
  case .loaded(let answer): state.receive(answer)
  case .storeChanged: state.refresh()
  case .draftsChanged: state.askCompany()
  case .health(let health): state.receive(health)
  }
  state.settle()
  while let event = state.nextTyped() {
    state.handle(event)
    state.settle()
  }
  defer { state.effects = [] }
  return state.effects
}

extension AppState {
  /// Handles it at once, or once the rows are here that it is meant for.
  mutating func take(_ event: TerminalEvent) {
    // Whatever the store is doing, this can't be kept waiting.
    if event == .key(.ctrl("c")) { typed = [] }
    typed.append(event)
    if typed.count == 1, let event = nextTyped() { handle(event) }
  }

  mutating func handle(_ event: TerminalEvent) {
    notice?.isOld = true
    // What was said of an act before says nothing of this one.
    defer { if notice?.isOld ?? false, effects.contains(where: \.isAct) { notice = nil } }
    switch event {
    case .key(let key): press(key)
    case .paste(let text): paste(text)
    case .mouse(let mouse): point(mouse)
    case .focus(let value): setFocused(value)
    case .resize(let size): self.size = size
    }
  }

  mutating func receive(_ answer: Loaded) {
    switch answer {
    case .signedIn(let session), .setupDone(let session): enter(session)
    case .signInFailed(let reason): failSignIn(reason)
    case .dismissed: dismiss()
    case .setupFailed(let reason): failSetup(reason)
    case .gym(let book): receive(book)
    case .preferences(let choices): receive(choices)
    case .inbox(let page): receive(page)
    case .lead(let detail): receive(detail)
    case .leadMissing(let lead, let into): forget(lead, into: into)
    case .toErase(let size): askToErase(size)
    case .thread(let page): receive(page)
    case .dashboard(let numbers): receive(numbers)
    case .draft(let key, let text): receiveDraft(key, text: text)
    case .draftMet(let key, let text): meetDraft(key, text: text)
    case .edited(let lead, let text): receiveEdited(lead, text: text)
    case .memory(let history, let hasTakenTour):
      self.history = history
      if !hasTakenTour { offerTour() }
    case .company(let company): receive(company)
    case .found(let lead, let terms, let messages): receiveFound(lead, terms, messages)
    case .journal(let page): receive(page)
    case .event(let detail): receive(detail)
    case .notices(let list): receive(list)
    case .unreadNotices(let count): notices.unread = count
    case .leadToOpen(let summary): open(summary)
    case .preview(let file, let preview): receive(preview, of: file)
    case .noPreviews(let reason): losePictures(reason)
    case .shown(let note, let text):
      if let text { effects.append(.copy(text)) }
      say(note)
    case .replyRefused(let lead, let text, let reason):
      takeBack(lead, text: text, reason: reason)
    case .attached(let lead, let caption, let note): attached(lead, caption: caption, note: note)
    case .attachRefused(let lead, let path, let reason):
      attachRefused(lead, path: path, reason: reason)
    case .completions(let typed, let paths): receiveCompletions(typed: typed, paths: paths)
    case .templateSent(let lead): templateSent(lead)
    case .templateSaved(let note, let isReversible):
      templateSaved(note, isReversible: isReversible)
    case .templateRefused(let reason): templateRefused(reason)
    case .acted(let note, let isReversible, let lead):
      if isReversible { deeds.append(.change(at: now)) }
      if focus == .templates { effects.append(.loadGym) }
      say(note, of: lead, hint: isReversible ? " · \(isTyping ? "Esc u" : "u") undo" : "")
    case .failed(let reason, let effect): fail(reason, effect)
    }
  }

  private mutating func enter(_ session: Session) {
    self.session = session
    phase = .desk
    effects += [.loadGym, .loadPreferences]
    askInbox(.top)
    effects.append(.loadMemory)
    effects.append(.title(windowTitle))
  }

  private mutating func receive(_ book: GymBook) {
    let isFirst = self.book?.gym.name != book.gym.name
    let template = chosenTemplate
    self.book = book
    moveTemplatesCursor(from: template)
    threadChanged = true
    if isFirst { effects.append(.title(windowTitle)) }
  }

  mutating func receive(_ health: WorkerHealth) {
    if health.link != self.health.link { healthChangedAt = now }
    self.health = health
  }

  /// The lead is gone: merged into another or erased.
  ///
  /// Who was typing is stopped by a question, or the next letters would be commands about others.
  private mutating func forget(_ lead: LeadID, into: LeadSummary?) {
    guard let gone = opened, gone.id == lead else { return }
    keepDraft(now: true)
    let wasTyping = isTyping
    opened = nil
    if focus == .thread || focus == .lead { focus(.inbox) }
    let name = leadName(gone.summary)
    if wasTyping { return overlays.append(.prompt(PromptState(purpose: .gone(name, into: into)))) }
    complain(into.map { "\(name) is one lead with \(leadName($0)) now" } ?? "\(name) was erased")
  }

  /// Only the question that failed is open again: answers to the others are on their way.
  private mutating func fail(_ reason: String, _ effect: AppEffect?) {
    switch phase {
    case .login: return failSignIn(reason)
    case .setup: return failSetup(reason)
    case .desk: complain(reason)
    }
    switch effect {
    case .loadInbox:
      typed = []
      inbox.loading = Loading()
    case .loadDashboard: dashboard.loading = Loading()
    case .loadJournal: journal.loading = Loading()
    case .loadNotices: notices.loading = Loading()
    case .loadThread(opened?.id, _): opened?.thread.loading = Loading()
    case .loadLead(opened?.id): opened?.detailLoading = Loading()
    case .loadCompany(opened?.id): opened?.companyLoading = Loading()
    default: break
    }
  }

  /// Asks again for what is on screen.
  mutating func refresh() {
    guard phase == .desk else { return }
    refreshInbox()
    askThread()
    askDetail()
    askCompany()
    if focus == .dashboard { askDashboard() }
    if focus == .journal { askJournal() }
    if focus == .notices { askNotices() }
  }

  /// Brings what follows from the change in order: scrolling, wrapping, what is read or missing.
  mutating func settle() {
    if case .at(let step, var practice) = tour {
      practice.now = now
      practice.dropOldNotice()
      tour = .at(step: step, practice: practice)
    }
    dropOldNotice()
    guard phase == .desk else { return }
    inbox.revealCursor(visible: inboxVisibleRows)
    extendInbox()
    settleThread()
    markReadIfSeen()
  }

  private mutating func dropOldNotice() {
    if let notice, notice.until <= now { self.notice = nil }
  }

  private mutating func settleThread() {
    guard let pane = layout.thread, let thread = opened?.thread else { return }
    let width = ThreadState.bubbleWidth(pane: pane.width)
    settlePictures(width: width)
    if threadChanged || thread.wrapWidth != width {
      let (time, rules) = (now, zone)
      opened?.thread.layOut(width: width, now: time, zone: rules)
      threadChanged = false
    }
    reachGoal()
    scrollThread(by: 0)
    fillThread()
    askPictures()
  }
}
