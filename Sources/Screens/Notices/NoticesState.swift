// The notices' screen: what providers say of the gym's own accounts, and one of them opened. Changed
// by NoticesUpdate, drawn by NoticesView.
import Model

struct NoticesState: Equatable {
  /// Newest first; nil until they were read.
  var list: [AdminNotice]?
  /// Those nobody has marked as read, in all of the user's gyms; the status bar's badge.
  var unread = 0
  /// Index of the line under the cursor, and of the first one on screen.
  var cursor = 0
  var top = 0
  var loading = Loading()
  /// The opened notice lies over the list.
  var isOpen = false
  var scroll = 0

  var lines: [AdminNotice] { list ?? [] }

  /// The opened notice, else the one under the cursor.
  var subject: AdminNotice? { lines.indices.contains(cursor) ? lines[cursor] : nil }
}
