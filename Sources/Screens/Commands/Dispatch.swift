// Keys to commands: sequences are collected, the table is asked, the command runs.
import Model
import TerminalUI

/// The beginning of a sequence such as `g g`.
struct PendingKeys: Equatable {
  /// How long a prefix waits before its continuations are shown.
  static let popupDelay: Int64 = 400

  var reader = KeyReader()
  var since: Timestamp?

  var popupAt: Timestamp? { since.map { $0 + Self.popupDelay } }
}

extension AppState {
  var context: Context {
    switch focus {
    case .inbox: isSearching ? .search : .inbox
    case .thread:
      isTyping ? .compose : opened?.thread.selected == nil ? .chat : .message
    case .lead: .lead
    case .dashboard: .dashboard
    case .journal: .journal
    case .notices: .notices
    case .templates: .templates
    }
  }

  mutating func press(_ key: Key) {
    switch phase {
    case .login(let login): return press(key, login: login)
    case .setup(let setup): return press(key, setup: setup)
    case .desk: break
    }
    if !overlays.isEmpty { return pressOver(key) }
    guard let map = keyMap else { return }
    keys.since = nil
    let begun = keys.reader.pending
    switch keys.reader.press(key, in: map) {
    case .action(let id): if let command = commands[id] { run(command) }
    case .pending: keys.since = now
    case .cancelled: break
    case .unbound:
      if let quick = quickEscape(key) {
        press(.escape)
        press(quick)
      } else if isTyping {
        pressComposer(key)
      } else if isSearching {
        pressSearch(key)
      } else {
        explain(begun + [key])
      }
    }
  }

  /// What lies over the panes takes the keys, but for those that are about the terminal.
  private mutating func pressOver(_ key: Key) {
    switch key {
    case .ctrl("z"): return effects.append(.suspend)
    case .ctrl("l"): return effects.append(.redraw)
    default: break
    }
    guard case .alt(let character) = key, !"bdf".contains(character) else {
      return pressOverlay(key)
    }
    // Esc and a key typed fast, as below; Alt-B, D and F edit.
    guard Self.moves.contains(character) else { return }
    pressOverlay(.escape)
    press(.character(character))
  }

  private static let moves: Set<Character> = [
    "]", "[", "u", "1", "2", "3", "4", "j", "k", "g", "G", "?", ":", "/",
  ]

  /// Esc and a key typed fast arrive as Alt and that key.
  ///
  /// Both are meant, as vim takes it; from what is being typed only moves, so that a slip changes nothing.
  private func quickEscape(_ key: Key) -> Key? {
    guard case .alt(let character) = key else { return nil }
    if isSearching { return nil }
    if isTyping && !Self.moves.contains(character) { return nil }
    return .character(character)
  }

  /// Runs a command, or says why it can't be run now.
  mutating func run(_ command: Command) {
    if let reason = command.disabled(self) { return complain(reason) }
    switch command.id {
    case .down, .up, .first, .last, .halfDown, .halfUp, .pageDown, .pageUp: move(command.id)
    case .open: openCursorLead()
    case .forward, .goLead: focus(.lead)
    case .answer, .reply: startReply()
    case .back, .quit: goBack(quits: command.id == .quit)
    case .nextPane, .previousPane: cyclePane(by: command.id == .nextPane ? 1 : -1)
    case .goInbox: focus(.inbox)
    case .goChat: focus(.thread)
    case .goDashboard: focus(.dashboard)
    case .zoom: isZoomed.toggle()
    case .nextWaiting, .previousWaiting: goToWaiting(isNext: command.id == .nextWaiting)
    case .filter: pickFilter()
    case .openTroubled: openTroubled()
    case .quickReply, .insertQuickReply: pickTemplate()
    case .stage: pickStage()
    case .assign: pickOwner()
    case .assignToMe: assignToMe()
    case .merge: pickSamePerson()
    case .erase: if let lead = subject?.id { effects.append(.sizeErasure(lead)) }
    case .note: askForNote()
    case .noReplyNeeded: noReplyNeeded()
    case .copyPhone, .copyLink, .copyMessage: copy(command.id)
    case .confirmSent, .sendAgain: resolve(sendAgain: command.id == .sendAgain)
    case .undo, .redo: undo(isRedo: command.id == .redo)
    case .openFile: openOpenable()
    case .pictures: togglePictures()
    case .goJournal, .openEvent, .showRaw, .replayEvent, .replayParked, .filterJournal,
      .openEventLead:
      runForJournal(command.id)
    case .goNotices: focus(.notices)
    case .openNotice: openNotice()
    case .readNotice, .readAllNotices: readNotices(all: command.id == .readAllNotices)
    default: runForSearch(command.id)
    }
  }

  private mutating func runForSearch(_ id: Command.ID) {
    switch id {
    case .find: startSearch()
    case .nextFound, .previousFound: nextFound(by: id == .nextFound ? 1 : -1)
    case .openFound: openFound()
    case .foundDown, .foundUp: moveInbox(by: id == .foundDown ? 1 : -1)
    case .keepFound: search?.isTyping = false
    case .endSearch: endSearch()
    case .mark: toggleMark()
    case .markRange: markRange()
    case .markAll: markAll()
    default: runForMessage(id)
    }
  }

  private mutating func runForMessage(_ id: Command.ID) {
    switch id {
    case .selectMessage: selectMessage()
    case .selectUp, .selectDown: moveSelection(by: id == .selectUp ? -1 : 1)
    case .quote: quoteSelected()
    case .react: pickReaction()
    case .copySelected: copySelected()
    case .endSelection: endSelection()
    case .sendLater: askForTime()
    case .attach: ask { .attach($0) }
    case .choices: ask { .choices($0) }
    case .place: ask { .place($0) }
    case .whatsAppTemplate: pickWhatsAppTemplate()
    default: runForTemplates(id)
    }
  }

  private mutating func runForTemplates(_ id: Command.ID) {
    switch id {
    case .templates: focus(.templates)
    case .syncTemplates, .syncNow: effects.append(.syncTemplates)
    case .editTemplate: editTemplate()
    case .newReply: edit(.reply(nil))
    case .newWhatsAppTemplate: edit(.whatsApp(nil))
    case .deleteTemplate: askToDeleteTemplate()
    default: runForApp(id)
    }
  }

  private mutating func runForJournal(_ id: Command.ID) {
    switch id {
    case .goJournal: focus(.journal)
    case .openEvent: openEvent()
    case .showRaw: toggleRaw()
    case .replayEvent, .replayParked: replay(all: id == .replayParked)
    case .filterJournal: filterJournal()
    default: openEventLead()
    }
  }

  private mutating func runForApp(_ id: Command.ID) {
    switch id {
    case .palette: overlays.append(.palette(PaletteState(isFuzzy: false, subject: subject)))
    case .search: overlays.append(.palette(PaletteState(isFuzzy: true, subject: subject)))
    case .help: overlays.append(.help(HelpState(context: context)))
    case .tour: startTour()
    case .mouse: toggleMouse()
    case .theme: pickTheme()
    case .enter: toggleEnter()
    case .narrower, .wider: widen(by: id == .wider ? 2 : -2)
    case .refresh:
      effects.append(.loadGym)
      retryMedia()
      refresh()
    case .redraw: effects.append(.redraw)
    case .suspend:
      if isTyping { keepDraft(now: true) }
      effects.append(.suspend)
    case .cancel: cancelOrOfferQuit()
    case .signOut: signOut()
    case .send: send()
    case .writeToNext: writeToNextWaiting()
    case .newline: type("\n")
    case .nextGap: completeOrNextGap()
    case .editOutside: editOutside()
    case .leave: leaveComposer()
    case .clear: clearComposer()
    case .undoTyping: undoTyping()
    default: break
    }
  }
}
