// Scrolling of the lead pane; its content comes with ThreadUpdate's `receive`.
import TerminalUI

extension AppState {
  mutating func scrollLead(by step: Int) {
    guard let pane = layout.lead, let opened else { return }
    let height = pane.height - (layout.hasTitles ? 1 : 0)
    let lines = leadLines(opened, width: leadTextWidth(pane)).count
    self.opened?.leadScroll = min(max(0, opened.leadScroll + step), max(0, lines - height))
  }
}
