// Draws the whole screen from the state. Pure, called once a frame on the main thread; only what
// is visible is built.
import Model
import TerminalUI

/// The screen for a state.
package func view(_ state: AppState) -> Canvas {
  var canvas = Canvas(size: state.size)
  let layout = state.layout
  guard layout.sizeClass != .refused else {
    state.drawTooSmall("Too small: 20x6 is needed", on: &canvas)
    return canvas
  }
  switch state.phase {
  case .login(let login): state.drawLogin(login, on: &canvas)
  case .setup(let setup): state.drawSetup(setup, on: &canvas)
  case .desk:
    if case .at(let step, let practice) = state.tour {
      guard state.hasRoomForTour else {
        state.drawTooSmall("Too small for the tour: Ctrl-C leaves it", on: &canvas)
        return canvas
      }
      state.drawTour(step: step, practice: practice, on: &canvas)
      return canvas
    }
    state.drawPanes(layout, on: &canvas)
    state.drawBars(layout, on: &canvas)
  }
  state.drawOverlays(layout, on: &canvas)
  return canvas
}

extension AppState {
  func drawTooSmall(_ words: String, on canvas: inout Canvas) {
    for (y, line) in Wrap.lines(words, width: max(1, size.columns)).enumerated() {
      canvas.text(line, at: Point(x: 0, y: y), width: size.columns, style: .plain)
    }
  }

  fileprivate func drawPanes(_ layout: Layout, on canvas: inout Canvas) {
    if let pane = layout.inbox { drawInbox(frame(pane, .inbox, on: &canvas), on: &canvas) }
    if let pane = layout.thread { drawThread(frame(pane, .thread, on: &canvas), on: &canvas) }
    if let pane = layout.lead { drawLead(frame(pane, .lead, on: &canvas), on: &canvas) }
    if let pane = layout.dashboard {
      drawDashboard(frame(pane, .dashboard, on: &canvas), on: &canvas)
    }
    if let pane = layout.journal { drawJournal(frame(pane, .journal, on: &canvas), on: &canvas) }
    if let pane = layout.notices { drawNotices(frame(pane, .notices, on: &canvas), on: &canvas) }
    if let pane = layout.templates {
      drawTemplates(frame(pane, .templates, on: &canvas), on: &canvas)
    }
  }

  /// Draws what separates a pane it from its neighbours, returns what is left of it.
  private func frame(_ pane: Rect, _ name: Pane, on canvas: inout Canvas) -> Rect {
    var inside = pane
    if layout.hasTitles {
      let isFocused = focus == name
      let rule = isFocused ? Span("━", Theme.focusedRule) : Span("─", Theme.rule)
      let (line, rest) = pane.splitTop(1)
      let style = isFocused ? Theme.strong : Theme.text
      let words = paneTitle(name, width: line.width, style: style)
      canvas.titleLine(words.left, right: words.right, in: line, rule: rule)
      inside = rest
    }
    guard pane.x > 0 else { return inside }
    for y in inside.y..<inside.maxY {
      canvas.text("│", at: Point(x: pane.x, y: y), width: 1, style: Theme.rule)
    }
    return inside.inset(left: 1)
  }

  private func paneTitle(
    _ name: Pane,
    width: Int,
    style: Style
  ) -> (left: [Span], right: [Span]) {
    switch name {
    case .inbox: return inboxTitle(style: style)
    case .thread:
      guard let opened else { return ([Span("Chat", style)], []) }
      return (identity(opened.summary, style: style), windowNote(width: width))
    case .lead:
      guard let opened, layout.thread == nil else { return ([Span("Lead", style)], []) }
      return (identity(opened.summary, style: style), [])
    case .dashboard:
      let gym = book.map { " · " + Sanitizer.line($0.gym.name, limit: 80) } ?? ""
      return ([Span("Dashboard", style), Span(gym, Theme.quiet)], [])
    case .journal: return journalTitle
    case .notices: return noticesTitle
    case .templates: return templatesTitle
    }
  }

  /// Whose conversation this is: on screen whenever it is.
  func identity(_ lead: LeadSummary, style: Style) -> [Span] {
    let isShort = layout.sizeClass <= .narrow
    let owner = userName(lead.owner)
    let words = [
      isShort ? lead.channelKind.badge : lead.channelKind.title,
      stageName(lead.stage),
      isShort ? owner.map(initials) ?? "nobody" : owner ?? "nobody yet",
    ]
    return [
      Span(leadName(lead), style.with(.bold)),
      Span(" · " + words.joined(separator: " · "), style),
    ]
  }
}
