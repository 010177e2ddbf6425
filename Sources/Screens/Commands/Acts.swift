// What commands do to the app itself: focus, panes, mouse, leaving.
import Model
import TerminalUI

extension AppState {
  /// Room for the conversation's lines, without title and composer.
  var threadHeight: Int {
    guard let pane = layout.thread else { return max(1, layout.body.height - 3) }
    return max(1, ThreadFrame(state: self, pane: pane).messages.height)
  }

  mutating func focus(_ pane: Pane) {
    guard pane != focus else { return }
    if pane != .thread { leaveComposer() }
    if pane.isAlone, Pane.tabs.dropLast().contains(focus) {
      focusBefore = focus
    }
    if pane == .dashboard { askDashboard() }
    if pane == .journal {
      journal.detail = nil
      askJournal()
    }
    if pane == .notices {
      notices.isOpen = false
      askNotices()
    }
    if pane == .templates { beginTemplates() }
    focus = pane
  }

  mutating func move(_ id: Command.ID) {
    let page: Int
    switch focus {
    case .inbox: page = inboxVisibleRows
    case .thread: page = threadHeight
    case .lead, .dashboard, .journal, .notices, .templates: page = layout[focus]?.height ?? 1
    }
    switch id {
    case .down: move(by: 1)
    case .up: move(by: -1)
    case .halfDown: move(by: max(1, page / 2))
    case .halfUp: move(by: -max(1, page / 2))
    case .pageDown: move(by: max(1, page - 1))
    case .pageUp: move(by: -max(1, page - 1))
    case .first: moveToFirst()
    default: moveToLast()
    }
  }

  private mutating func moveToFirst() {
    switch focus {
    case .inbox: moveInboxToFirst()
    case .thread: goToOldest()
    case .lead, .dashboard, .journal, .notices, .templates: move(by: -1_000_000)
    }
  }

  private mutating func moveToLast() {
    switch focus {
    case .inbox: moveInboxToLast()
    case .thread: goToNewest()
    case .lead, .dashboard, .journal, .notices, .templates: move(by: 1_000_000)
    }
  }

  private mutating func move(by step: Int) {
    switch focus {
    case .inbox: moveInbox(by: step)
    case .thread: scrollThread(by: -step)
    case .lead: scrollLead(by: step)
    case .dashboard: scrollDashboard(by: step)
    case .journal: moveJournal(by: step)
    case .notices: moveNotices(by: step)
    case .templates: moveTemplates(by: step)
    }
  }

  mutating func cyclePane(by step: Int) {
    let all = Pane.tabs
    let here = all.firstIndex(of: focus) ?? (step > 0 ? -1 : 0)
    focus(all[(here + step + all.count) % all.count])
  }

  /// Chat and lead lead back to the inbox; `q` at the top quits.
  mutating func goBack(quits: Bool) {
    switch focus {
    case .inbox:
      if search != nil {
        endSearch()
      } else if !marks.isEmpty {
        clearMarks()
      } else if isZoomed {
        isZoomed = false
      } else if quits {
        quit()
      }
    case .thread: focus(.inbox)
    case .lead: focus(opened == nil ? .inbox : .thread)
    case .dashboard, .templates: focus(focusBefore)
    case .journal: if journal.detail != nil { journal.detail = nil } else { focus(focusBefore) }
    case .notices: leaveNotices()
    }
  }

  mutating func toggleMouse() {
    isMouseOn.toggle()
    effects.append(.setMouse(isMouseOn))
    keep(.mouse, isMouseOn ? "on" : "off")
    say(isMouseOn ? "Mouse on: click, wheel, drag borders" : "% turns the mouse on again")
  }

  /// Replies that have not left yet.
  private var unsent: Int {
    let pending = opened?.thread.pending.count ?? 0
    let open = (opened?.thread.messages ?? []).filter { $0.status == .queued }.count
    return max(health.queued + health.planned, pending + open)
  }

  /// Asks only when a reply has not left yet.
  mutating func quit() {
    guard unsent > 0, !isPractice else { return leave() }
    overlays.append(.prompt(PromptState(purpose: .quit(unsent: unsent))))
  }

  mutating func leave() {
    leaveComposer()
    effects.append(.quit)
  }

  /// Ctrl-C: cancels; a second press within two seconds offers to quit.
  mutating func cancelOrOfferQuit() {
    if let last = cancelledAt, now - last <= 2 * .second {
      cancelledAt = nil
      notice = nil
      if phase == .desk { offerQuit() } else { effects.append(.quit) }
      return
    }
    cancelledAt = now
    say("Press Ctrl-C again to quit")
    // No longer than it is true.
    notice?.until = now + 2 * .second
  }

  private mutating func offerQuit() {
    overlays.append(.prompt(PromptState(purpose: .quit(unsent: unsent))))
  }

  mutating func signOut() {
    leaveComposer()
    let kept = effects
    var fresh = AppState(size: size, now: now)
    fresh.loginHint = loginHint
    fresh.screen = screen.withoutOwn
    fresh.isMouseOn = isMouseOn
    fresh.isFocused = isFocused
    fresh.effects = kept + [.signOut, .title("Inbox"), .setTheme(screen.theme)]
    self = fresh
  }

  /// The account was disabled: back to the login form, which says so.
  mutating func dismiss() {
    guard phase == .desk else { return }
    signOut()
    failSignIn("This account has been disabled: ask an admin")
  }

  mutating func paste(_ text: String) {
    guard phase == .desk else { return pasteIntoForm(text) }
    if !overlays.isEmpty { return pasteIntoOverlay(text) }
    if isSearching {
      search?.field.insert(Sanitizer.line(text))
      return searchChanged()
    }
    if focus == .thread, opened != nil, !isTyping { startReply() }
    guard isTyping else { return say("Paste goes into a reply: r starts one") }
    type(Sanitizer.paragraph(text))
  }
}
