// What a command is: one row of data that key dispatch, footer, help, palette and docs/keys.md
// are made from.
import TerminalUI

/// Where keys mean something.
enum Context: Int, CaseIterable, Sendable {
  case inbox, chat, lead, dashboard, journal, notices, templates, compose, search, message

  var title: String {
    switch self {
    case .inbox: "Inbox"
    case .chat: "Chat"
    case .lead: "Lead"
    case .dashboard: "Dashboard"
    case .journal: "Journal"
    case .notices: "Notices"
    case .templates: "Saved replies and templates"
    case .compose: "Writing a reply"
    case .search: "Searching"
    case .message: "Choosing a message"
    }
  }

  /// Where that is, for "… is for …".
  var place: String {
    switch self {
    case .inbox: "the inbox"
    case .chat: "a chat"
    case .lead: "a lead's details"
    case .dashboard: "the dashboard"
    case .journal: "the journal"
    case .notices: "the notices"
    case .templates: "the templates"
    case .compose: "a reply being written"
    case .search: "a search"
    case .message: "a chosen message"
    }
  }

  static let browse: [Context] = [
    .inbox, .chat, .lead, .dashboard, .journal, .notices, .templates,
  ]
  static let aboutLead: [Context] = [.inbox, .chat, .lead]
}

struct Command: Sendable {
  enum ID: String, Sendable, CaseIterable {
    case down, up, first, last, halfDown, halfUp, pageDown, pageUp
    case open, answer, forward, back, nextPane, previousPane
    case goInbox, goChat, goLead, goDashboard, zoom
    case nextWaiting, previousWaiting, filter
    case openFile, pictures
    case goJournal, openEvent, showRaw, replayEvent, replayParked, filterJournal, openEventLead
    case goNotices, openNotice, readNotice, readAllNotices
    case reply, quickReply, stage, assign, assignToMe, note, noReplyNeeded
    case merge, erase
    case confirmSent, sendAgain, copyPhone, copyLink, copyMessage, undo, redo
    case theme, enter, narrower, wider, openTroubled
    case mark, markRange, markAll, editOutside
    case find, nextFound, previousFound, openFound, foundDown, foundUp, keepFound, endSearch
    case palette, search, help, tour, mouse, refresh, redraw, suspend, cancel, quit, signOut
    case selectMessage, selectUp, selectDown, quote, react, copySelected, endSelection
    case sendLater, attach, choices, place, whatsAppTemplate
    case templates, syncTemplates, editTemplate, newReply, newWhatsAppTemplate, deleteTemplate
    case syncNow
    case send, writeToNext, nextGap, newline, leave, insertQuickReply, clear, undoTyping
  }

  var id: ID
  /// What the palette and help call it.
  var title: String
  /// One sentence for `docs/keys.md`.
  var help: String
  /// Each a sequence such as `j` or `g g`; the first is the one shown.
  var keys: [KeySequence]
  var contexts: [Context]
  /// The footer's word; nil keeps it out of the footer.
  var hint: String?
  /// Why it can't be done now, in words; nil when it can.
  var disabled: @Sendable (AppState) -> String?
  /// The palette's word for it, with an argument after it: `stage interested`.
  var word: String?

  /// The help without the marks that only the page of keys shows.
  var plainHelp: String { help.replacing("`", with: "") }

  /// What the popup after a prefix calls it where there is no room for its title.
  var short: String?

  /// Its title, for a command that goes somewhere only where to: `Top`.
  var shortTitle: String {
    guard title.hasPrefix("Go to the ") else { return title }
    let place = title.dropFirst("Go to the ".count)
    return place.prefix(1).uppercased() + place.dropFirst()
  }

  /// How it is called: its keys, or its name on the command line.
  var callers: [String] {
    keys.isEmpty ? word.map { [":" + $0] } ?? [] : keys.map(\.label)
  }

  /// It means the same in every place but the composer, where it may as well.
  var isEverywhere: Bool { Context.browse.allSatisfy(contexts.contains) }

  init(
    _ id: ID,
    _ title: String,
    keys: String = "",
    in contexts: [Context],
    hint: String? = nil,
    word: String? = nil,
    short: String? = nil,
    help: String,
    disabled: @escaping @Sendable (AppState) -> String? = { _ in nil }
  ) {
    self.id = id
    self.title = title
    self.help = help
    self.keys = keys.split(separator: ",").compactMap { KeySequence(notation: String($0)) }
    self.contexts = contexts
    self.hint = hint
    self.word = word
    self.short = short
    self.disabled = disabled
  }
}
