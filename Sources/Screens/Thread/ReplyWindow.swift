// How long the opened lead can still be answered, in the same words wherever they stand, and once on a
// screen: beside the reply being written, else beside the chat's title.
import Model
import TerminalUI

extension AppState {
  /// A title tells of the window from here on; a reply being written always does.
  private static let near: Int64 = 4 * .hour

  /// `◔ replies close in 1 h 30 min`, or `◔ closes in 90 min` where there is little room.
  ///
  /// Nil where replies are not limited in time.
  func replyWindow(_ opened: OpenedLead, isShort: Bool) -> Span? {
    guard let end = opened.thread.windowClosesAt else { return nil }
    let left = end - now
    guard left > 0 else { return Span("⊘ replies are closed", Theme.bad) }
    let words =
      isShort ? "closes in " + roughTime(left) : "replies close in " + longTime(left)
    if opened.thread.isHumanAgent {
      let mark = isShort ? "◷ " : "◷ as a person: "
      return Span(mark + words, left < 2 * .hour ? Theme.bad : Theme.warning)
    }
    if left < 15 * .minute { return Span("! " + words, Theme.bad) }
    return left < 2 * .hour ? Span("◔ " + words, Theme.warning) : Span(words, Theme.quiet)
  }

  private func longTime(_ left: Int64) -> String {
    let minutes = left / .minute
    return minutes < 60 || minutes >= 48 * 60
      ? roughTime(left) : "\(minutes / 60) h \(minutes % 60) min"
  }

  private func roughTime(_ left: Int64) -> String {
    switch left / .minute {
    case ..<120: "\(max(1, left / .minute)) min"
    case ..<(48 * 60): "\(left / .hour) h"
    default: counted(Int(left / .day), "day")
    }
  }

  /// For the chat's title, which is `width` columns: nothing while the composer says it.
  func windowNote(width: Int) -> [Span] {
    guard let opened, let end = opened.thread.windowClosesAt, end - now < Self.near else {
      return []
    }
    let isToldBelow = opened.composer.isActive ? writingNote(opened) == nil : end <= now
    guard !isToldBelow else { return [] }
    // The name comes first where there is no room for both.
    let used = identity(opened.summary, style: .plain).reduce(0) { $0 + $1.width }
    let whole = replyWindow(opened, isShort: false)
    let isShort = used + (whole?.width ?? 0) + 7 > width
    return (isShort ? replyWindow(opened, isShort: true) : whole).map { [$0] } ?? []
  }
}
