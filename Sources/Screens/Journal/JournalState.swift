// The journal's screen: a list of webhooks, and one of them opened. Changed by JournalUpdate, drawn
// by JournalView.
import Model

struct JournalState: Equatable {
  /// Lines asked for at first, and as many more each time the end is reached.
  static let page = 200

  var page: JournalPage?
  var onlyParked = false
  var limit = JournalState.page
  /// Index of the line under the cursor, and of the first one on screen.
  var cursor = 0
  var top = 0
  var loading = Loading()
  /// The opened event; it lies over the list.
  var detail: JournalDetail?
  var detailScroll = 0

  var lines: [JournalLine] { page?.lines ?? [] }

  var query: JournalQuery { JournalQuery(onlyParked: onlyParked, limit: limit) }

  /// The opened event, else the one under the cursor.
  var subject: JournalLine? {
    detail?.line ?? (lines.indices.contains(cursor) ? lines[cursor] : nil)
  }
}
