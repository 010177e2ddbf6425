// The borders between panes: dragged with the mouse or moved by keys, and remembered.
import TerminalUI

/// A border that can be moved.
enum Border: Equatable {
  /// Between the list and the chat.
  case list
  /// Between the chat and the lead's details.
  case lead
}

extension AppState {
  /// The border's column as if it were dragged to `x`.
  mutating func drag(_ border: Border, to x: Int) {
    switch border {
    case .list: screen.listWidth = Layout.listRange(size).clamp(x)
    case .lead: screen.leadWidth = Layout.leadRange(size).clamp(size.columns - x)
    }
  }

  /// The pointer has let go: the width stays for the next time too.
  mutating func drop(_ border: Border) {
    switch border {
    case .list: keep(.listWidth, screen.listWidth.map(String.init) ?? "")
    case .lead: keep(.leadWidth, screen.leadWidth.map(String.init) ?? "")
    }
  }

  /// Widens the list, or the lead pane when that is focused.
  mutating func widen(by columns: Int) {
    let border: Border = focus == .lead && layout.thread != nil ? .lead : .list
    let pane = border == .lead ? layout.lead : layout.inbox
    guard let pane, layout.thread != nil, pane.width < size.columns else {
      return say("One pane fills the screen: there is no border to move")
    }
    let width = pane.width + columns
    drag(border, to: border == .lead ? size.columns - width : width)
    drop(border)
  }
}

extension ClosedRange<Int> {
  func clamp(_ value: Int) -> Int { Swift.min(Swift.max(value, lowerBound), upperBound) }
}
