// The list of leads: the window of rows that is loaded, and the cursor, which holds on to a lead
// and not to a row number. Changed by InboxUpdate, drawn by InboxView.
import Model

struct InboxState: Equatable {
  /// Rows asked for at a time; a 200-row window is several screens each way.
  static let window = 200
  /// So near to the window's edge the next window is asked for.
  static let margin = 50

  var filter = InboxQuery.Filter.open
  var rows: [LeadSummary] = []
  /// Where each loaded lead stands in `rows`.
  private(set) var places: [LeadID: Int] = [:]
  var offset = 0
  var total = 0
  var waiting = 0
  var hasBefore = false
  var hasAfter = false
  var isLoaded = false
  /// While somebody searches: what was found of each lead.
  var hits: [LeadID: SearchHit] = [:]

  /// The lead under the cursor, and its row in the whole list.
  var cursor: LeadID?
  var cursorIndex = 0
  /// The whole list's first row on screen.
  var top = 0

  var loading = Loading()
  var anchor = InboxQuery.Anchor.top
  /// `G` and `g g` beyond the window: where the cursor goes when the rows are here.
  var jump: Jump?

  enum Jump: Equatable {
    case first, last
    /// The next lead that waits, downwards or upwards.
    case waiting(isNext: Bool)
  }

  func row(_ lead: LeadID) -> LeadSummary? { places[lead].map { rows[$0] } }

  var cursorRow: LeadSummary? { cursor.flatMap { row($0) } }

  /// Changes a loaded row before the store's own word arrives.
  mutating func patch(_ lead: LeadID, _ change: (inout LeadSummary) -> Void) {
    guard let place = places[lead] else { return }
    let waited = rows[place].needsReply
    change(&rows[place])
    if waited != rows[place].needsReply { waiting += waited ? -1 : 1 }
  }

  mutating func replaceRows(_ page: InboxPage) {
    rows = page.rows
    places = Dictionary(
      rows.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    offset = page.offset
    total = max(page.total, page.offset + page.rows.count)
    waiting = page.waiting
    hasBefore = page.hasBefore
    hasAfter = page.hasAfter
    hits = page.hits
    isLoaded = true
  }

  /// Puts the cursor on a row of the whole list, as near as the loaded window allows.
  mutating func moveCursor(to index: Int) {
    guard !rows.isEmpty else {
      cursor = nil
      cursorIndex = 0
      return
    }
    cursorIndex = min(max(index, offset), offset + rows.count - 1)
    cursor = rows[cursorIndex - offset].id
  }

  /// Scrolls just far enough that the cursor's row is on screen.
  mutating func revealCursor(visible: Int) {
    let visible = max(1, visible)
    if cursorIndex < top { top = cursorIndex }
    if cursorIndex >= top + visible { top = cursorIndex - visible + 1 }
    top = min(top, max(0, total - visible))
    top = max(0, top)
  }

  /// The loaded rows on screen, and the screen row of the first.
  func visibleRows(count: Int) -> (rows: ArraySlice<LeadSummary>, skipped: Int) {
    let first = min(max(top - offset, 0), rows.count)
    let skipped = max(0, offset - top)
    let last = min(rows.count, first + max(0, count - skipped))
    return (rows[first..<max(first, last)], skipped)
  }
}
