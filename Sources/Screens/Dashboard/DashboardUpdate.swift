// Asking for the numbers and scrolling them.
import Model
import TerminalUI

extension AppState {
  mutating func askDashboard() {
    guard dashboard.loading.ask() else { return }
    effects.append(.loadDashboard)
  }

  mutating func receive(_ numbers: Dashboard) {
    let isStale = dashboard.loading.answered()
    dashboard.numbers = numbers
    if isStale && focus == .dashboard { askDashboard() }
  }

  /// The inbox shows the leads that the tile counts.
  mutating func openTroubled() {
    filterInbox(.troubled)
    focus(.inbox)
  }

  mutating func scrollDashboard(by step: Int) {
    guard let pane = layout.dashboard, let numbers = dashboard.numbers else { return }
    let excess = dashboardHeight(numbers, width: pane.width) - (pane.height - titleRows)
    dashboard.scroll = min(max(0, dashboard.scroll + step), max(0, excess))
  }

  /// Rows that a pane's title takes.
  var titleRows: Int { layout.hasTitles ? 1 : 0 }
}
