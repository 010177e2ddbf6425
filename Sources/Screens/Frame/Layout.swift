// Where the panes stand for a terminal's size and what is focused. Pure; called by update (mouse,
// scrolling, wrapping) and by view alike, so that both mean the same cells.
import TerminalUI

/// One of the app's panes; `1` to `4` jump to the first ones.
package enum Pane: Int, CaseIterable, Sendable {
  case inbox = 1
  case thread, lead, dashboard, journal, notices, templates

  /// Those that the header names and Tab goes through.
  static let tabs: [Pane] = [.inbox, .thread, .lead, .dashboard]

  /// It takes the whole body, whatever the room.
  var isAlone: Bool {
    switch self {
    case .dashboard, .journal, .notices, .templates: true
    case .inbox, .thread, .lead: false
    }
  }

  var title: String {
    switch self {
    case .inbox: "Inbox"
    case .thread: "Chat"
    case .lead: "Lead"
    case .dashboard: "Dashboard"
    case .journal: "Journal"
    case .notices: "Notices"
    case .templates: "Templates"
    }
  }
}

/// The rectangles of one frame; nil is not on screen.
struct Layout: Equatable {
  /// How much room there is, from the breakpoints 140, 100, 60, 40 and 20 columns.
  enum Class: Int, Comparable {
    case refused, tiny, narrow, single, double, triple

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  var size: Size
  var sizeClass: Class
  var header: Rect?
  var inbox: Rect?
  var thread: Rect?
  var lead: Rect?
  var dashboard: Rect?
  var journal: Rect?
  var notices: Rect?
  var templates: Rect?
  var status: Rect?
  var hints: Rect?
  /// Where panes and overlays may draw.
  var body: Rect

  init(size: Size, focus: Pane, isZoomed: Bool, settings: ScreenSettings = ScreenSettings()) {
    self.size = size
    sizeClass = Self.sizeClass(of: size)
    body = Rect(x: 0, y: 0, width: size.columns, height: size.rows)
    guard sizeClass != .refused else { return }
    if size.rows >= 10 {
      (header, body) = optional(body.splitTop(1))
      let (rest, last) = body.splitBottom(1)
      if size.rows >= 16 {
        hints = last
        let (panes, bar) = rest.splitBottom(1)
        (body, status) = (panes, bar)
      } else {
        (body, status) = (rest, last)
      }
    }
    place(focus: focus, isZoomed: isZoomed, settings: settings)
  }

  /// A chat narrower than this is no pleasure beside another pane.
  private static let chatWidth = 44
  private static let leadWidth = 38

  /// How wide the list may be beside a chat.
  static func listRange(_ size: Size) -> ClosedRange<Int> {
    let beside = size.columns >= 140 ? chatWidth + leadWidth : chatWidth
    return 22...max(22, size.columns - beside)
  }

  /// How wide the lead pane may be beside list and chat.
  static func leadRange(_ size: Size) -> ClosedRange<Int> {
    26...max(26, size.columns - chatWidth - 36)
  }

  /// The border that a cell belongs to.
  func border(at point: Point) -> Border? {
    guard let thread, point.y >= thread.y, point.y < thread.maxY else { return nil }
    if thread.x > 0, point.x == thread.x { return .list }
    return lead?.x == point.x ? .lead : nil
  }

  /// Panes have titles and rules around them.
  var hasTitles: Bool { sizeClass >= .single && size.rows >= 10 }

  /// The pane that a cell belongs to.
  func pane(at point: Point) -> Pane? {
    Pane.allCases.reversed().first { self[$0]?.contains(point) ?? false }
  }

  subscript(pane: Pane) -> Rect? {
    switch pane {
    case .inbox: inbox
    case .thread: thread
    case .lead: lead
    case .dashboard: dashboard
    case .journal: journal
    case .notices: notices
    case .templates: templates
    }
  }

  static func sizeClass(of size: Size) -> Class {
    if size.columns < 20 || size.rows < 6 { return .refused }
    switch size.columns {
    case 140...: return .triple
    case 100...: return .double
    case 60...: return .single
    case 40...: return .narrow
    default: return .tiny
    }
  }

  private mutating func place(focus: Pane, isZoomed: Bool, settings: ScreenSettings) {
    if isZoomed || focus.isAlone { return single(focus) }
    switch sizeClass {
    case .triple:
      let (list, rest) = body.splitLeft(Self.listRange(size).clamp(settings.listWidth ?? 36))
      inbox = list
      let most = rest.width - Self.chatWidth
      let details = min(most, settings.leadWidth ?? Self.leadWidth)
      let (chat, side) = rest.splitLeft(rest.width - details)
      thread = chat
      lead = side
    case .double:
      let (list, rest) = body.splitLeft(Self.listRange(size).clamp(settings.listWidth ?? 32))
      inbox = list
      thread = rest
      if focus == .lead { placeLead(over: rest) }
    case .single where size.rows >= 40:
      let (list, rest) = body.splitTop(body.height * 2 / 5)
      inbox = list
      if focus == .lead { lead = rest } else { thread = rest }
    default:
      single(focus)
    }
  }

  /// Beside the chat where both can be read, else over it: bubbles are never cut.
  private mutating func placeLead(over rest: Rect) {
    let (chat, side) = rest.splitLeft(rest.width - Self.leadWidth)
    thread = chat.width >= Self.chatWidth ? chat : nil
    lead = chat.width >= Self.chatWidth ? side : rest
  }

  private mutating func single(_ pane: Pane) {
    switch pane {
    case .inbox: inbox = body
    case .thread: thread = body
    case .lead: lead = body
    case .dashboard: dashboard = body
    case .journal: journal = body
    case .notices: notices = body
    case .templates: templates = body
    }
  }
}

private func optional(_ split: (Rect, Rect)) -> (Rect?, Rect) { split }
