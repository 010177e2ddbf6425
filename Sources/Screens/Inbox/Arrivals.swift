// Tells somebody who looks at another window that customers wrote: a notification and the title's
// count.
import Model
import TerminalUI

/// What came in while the terminal was not focused.
struct Arrivals: Equatable {
  /// Messages since the terminal lost the focus.
  var count = 0
  /// The time of the newest inbound message seen so far.
  var newest = Timestamp(milliseconds: 0)
  /// The newest lead seen so far: providers' times are whole seconds, so two leads can share one.
  var newestLead: LeadID?
}

extension AppState {
  /// Compares the rows that are coming with those that are here.
  mutating func noticeArrivals(_ page: InboxPage) {
    defer {
      for row in page.rows where row.unread > 0 {
        arrivals.newest = max(arrivals.newest, row.lastMessageAt)
        arrivals.newestLead = max(arrivals.newestLead ?? row.id, row.id)
      }
    }
    guard inbox.isLoaded, !isFocused, page.query.search == nil else { return }
    var fresh = 0
    for row in page.rows where row.unread > 0 {
      if let known = inbox.row(row.id) {
        fresh += max(0, row.unread - known.unread)
      } else if isNew(row) {
        fresh += row.unread
      }
    }
    guard fresh > 0 else { return }
    arrivals.count += fresh
    if isNotifying { effects.append(.notify(counted(arrivals.count, "new message"))) }
    effects.append(.title(windowTitle))
  }

  /// Whether a lead that was not listed has written since, and was not just out of the window.
  private func isNew(_ row: LeadSummary) -> Bool {
    row.lastMessageAt > arrivals.newest || arrivals.newestLead.map { row.id > $0 } ?? true
  }

  private var isNotifying: Bool {
    guard screen.notifies, let quiet = screen.quietHours else { return screen.notifies }
    let civil = zone.civil(now)
    return !quiet.contains(hour: civil.hour, minute: civil.minute)
  }

  mutating func setFocused(_ value: Bool) {
    guard isFocused != value else { return }
    isFocused = value
    guard value, arrivals.count > 0 else { return }
    arrivals.count = 0
    effects.append(.title(windowTitle))
  }

  /// `(3) Inbox – Downtown`; never a customer's words.
  var windowTitle: String {
    let place = book.map { "Inbox – " + Sanitizer.line($0.gym.name) } ?? "Inbox"
    return arrivals.count > 0 ? "(\(arrivals.count)) " + place : place
  }
}
