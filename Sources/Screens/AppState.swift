// The app's whole state. Only `update` changes it; `view` reads it. Lives on the main thread.
import Model
import TerminalUI

/// Everything the screen is drawn from.
package struct AppState: Sendable {
  /// What fills the screen.
  enum Phase: Equatable {
    case login(LoginState)
    case setup(SetupState)
    case desk
  }

  /// Which form opens the app.
  package enum Start: Sendable {
    case login
    /// Nobody can sign in yet; `zone` is the machine's own time zone.
    case setup(zone: String)
  }

  package var size: Size
  package var now: Timestamp
  /// Lines under the login form, such as a demo's logins.
  package var loginHint: [String] = []
  /// What can be chosen about the screen.
  package var screen = ScreenSettings() {
    didSet { if screen.isMouseOn != oldValue.isMouseOn { isMouseOn = screen.isMouseOn } }
  }
  /// The mouse is reported; while it is off the terminal's own selection works.
  package var isMouseOn = true
  /// The border that the mouse has taken hold of.
  var dragged: Border?

  var phase: Phase
  var session: Session?
  var book: GymBook? { didSet { labels = Labels(book) } }
  private(set) var labels = Labels(nil)
  var health = WorkerHealth()
  var healthChangedAt: Timestamp
  var isFocused = true

  var focus = Pane.inbox
  /// Where `back` leads from the dashboard.
  var focusBefore = Pane.inbox
  var isZoomed = false

  var inbox = InboxState()
  var arrivals = Arrivals()
  var search: SearchState?
  var marks = Marks()
  /// The list as it was before the search.
  var inboxBefore: InboxState?
  var opened: OpenedLead?
  /// What was done here that can be taken back.
  var deeds = Deeds()
  /// What is typed into template editors, and into questions and forms about leads.
  var begunTemplates = BegunForms()
  var begunForms: [LeadID: LeadForms] = [:]
  /// Whom a line of the palette is about, while it runs.
  var heldSubject: LeadSummary?
  var dashboard = DashboardState()
  var journal = JournalState()
  var notices = NoticesState()
  var templates = TemplatesState()
  /// Photos are drawn in the chat.
  var showsPictures = false
  /// The topmost last; keys go to it.
  var overlays: [Overlay] = []
  var notice: Notice?
  var keys = PendingKeys()
  /// What the palette ran, newest first.
  var history: [String] = []
  /// Being shown around, on made-up leads.
  var tour: Tour?
  /// Left before its end.
  var pausedTour: Tour?
  /// The made-up desk of a tour.
  var isPractice = false
  /// When Ctrl-C last had nothing to cancel.
  var cancelledAt: Timestamp?

  /// What came from the terminal and has to wait.
  var typed: [TerminalEvent] = []
  /// What `update` will answer; empty between events.
  var effects: [AppEffect] = []
  /// The conversation has to be laid out again.
  var threadChanged = false

  package init(size: Size, now: Timestamp, start: Start = .login) {
    self.size = size
    self.now = now
    healthChangedAt = now
    switch start {
    case .login: phase = .login(LoginState())
    case .setup(let zone): phase = .setup(SetupState(zone: zone))
    }
  }

  var layout: Layout {
    Layout(size: size, focus: focus, isZoomed: isZoomed, settings: screen)
  }

  var zone: ZoneRules { book?.zone ?? .utc }

  /// Text is being typed into the composer.
  var isTyping: Bool { focus == .thread && (opened?.composer.isActive ?? false) }
}

/// A line that stands in the status bar for a moment.
struct Notice: Equatable {
  enum Kind: Equatable {
    case done, problem
  }

  var text: String
  var kind: Kind
  var until: Timestamp
  /// About the text being written: said no longer once that is left.
  var isOfTyping = false
  /// Said before the key that is being handled.
  var isOld = false
  /// Says of a key that it does nothing here.
  var isOfStrayKey = false
}

extension AppState {
  /// How long a notice stays: time to read a line, longer for a problem.
  mutating func say(_ text: String) {
    notice = Notice(text: Sanitizer.line(text, limit: 300), kind: .done, until: now + 6 * .second)
  }

  /// The same of a lead, which is named unless its own chat or details have the keys.
  ///
  /// Where there is little room, the name gives way before `hint` does.
  mutating func say(_ text: String, of lead: LeadID?, hint: String) {
    let isObvious = opened?.id == lead && (focus == .thread || focus == .lead)
    let row = lead.flatMap { inbox.row($0) ?? (opened?.id == $0 ? opened?.summary : nil) }
    let room = size.columns - Width.of(hint) - (layout.status == nil ? 1 : 2)
    let rest = room - Width.of(text) - 3
    guard !isObvious, let row, rest >= 6 else { return say(Wrap.truncate(text, to: room) + hint) }
    say(text + " · " + Wrap.truncate(leadName(row), to: rest) + hint)
  }

  mutating func complain(_ text: String) {
    notice = Notice(
      text: Sanitizer.line(text.prefix(1).uppercased() + text.dropFirst(), limit: 300),
      kind: .problem,
      until: now + 12 * .second
    )
  }

  func stage(_ id: StageID) -> Stage? { book?.stages.first { $0.id == id } }

  func stageName(_ id: StageID) -> String {
    labels.stages[id] ?? ""
  }

  /// A colleague's name; `You` is for previews only, so the signed-in user has a name here too.
  func userName(_ id: UserID?) -> String? {
    id.flatMap { labels.users[$0] }
  }

  func leadName(_ summary: LeadSummary) -> String {
    let name = Sanitizer.line(summary.name, limit: 120)
    return name.isEmpty ? "No name yet" : name
  }

  /// The lead that acts are about: the one under the cursor in the list, else the opened one.
  var subject: LeadSummary? {
    heldSubject ?? (focus == .inbox ? inbox.cursorRow : opened?.summary)
  }
}
