// Draws the foot of the chat: the text being written, the draft that waits, or why nothing can be
// sent now.
import Model
import TerminalUI

extension AppState {
  /// Rows the composer takes of a chat pane with `available` rows below its title.
  func composerHeight(width: Int, available: Int) -> Int {
    guard let opened, available > 2 else { return 0 }
    if opened.composer.isActive {
      let lines = opened.composer.text.lineCount(width: Self.editorWidth(width))
      if size.rows < 10 { return available }
      let quote = opened.composer.quote == nil ? 0 : 1
      return 1 + quote + min(max(1, lines), max(2, available / 3))
    }
    if let reason = opened.thread.closedReason {
      return 1 + min(3, closedLines(reason, width: width).count)
    }
    if available < 8 { return opened.composer.isEmpty ? 0 : 1 }
    return 2
  }

  private func closedLines(_ reason: String, width: Int) -> [Substring] {
    Wrap.lines("⊘ " + Sanitizer.line(reason, limit: 400), width: max(1, width - 2))
  }

  func drawComposer(_ opened: OpenedLead, in rect: Rect, on canvas: inout Canvas) {
    guard !rect.isEmpty else { return }
    if opened.composer.isActive { return drawEditor(opened, in: rect, on: &canvas) }
    var rest = rect
    if rect.height > 1 {
      let (line, below) = rect.splitTop(1)
      canvas.fill(line, style: Theme.rule, glyph: "─")
      rest = below
    }
    if let reason = opened.thread.closedReason {
      for (row, line) in closedLines(reason, width: rect.width).prefix(rest.height).enumerated() {
        let point = Point(x: rest.x + 1, y: rest.y + row)
        canvas.text(line, at: point, width: rest.width - 2, style: Theme.warning)
      }
      return
    }
    let point = Point(x: rest.x + 1, y: rest.y)
    if let words = companyWords {
      let own = opened.composer.isEmpty ? "" : " · so have you"
      canvas.spans([Span("✎ " + words + own, Theme.warning)], at: point, width: rest.width - 2)
    } else if opened.composer.isEmpty {
      let first = leadName(opened.summary)
      // In the list `r` is about the lead under the cursor, which may be another.
      let hint = focus == .inbox ? ("2", "  Go to the chat with ") : ("r", "  Write to ")
      let note = channelNote(opened.summary.channelKind).map { " · " + $0 } ?? ""
      canvas.spans(
        [Span(hint.0, Theme.key), Span(hint.1 + first, Theme.quiet), Span(note, Theme.warning)],
        at: point,
        width: rest.width - 2
      )
    } else {
      let draft = Sanitizer.line(opened.composer.text.text, limit: 400)
      canvas.spans(
        [Span("✎ Draft: ", Theme.warning), Span(draft)],
        at: point,
        width: rest.width - 2
      )
    }
  }

  private func drawEditor(_ opened: OpenedLead, in rect: Rect, on canvas: inout Canvas) {
    var (line, rest) = rect.splitTop(rect.height > 1 ? 1 : 0)
    let note =
      writingNote(opened) ?? replyWindow(opened, isShort: line.width < 76).map { [$0] } ?? []
    let kind = opened.summary.channelKind
    let isTight = line.width < 24 || line.width < 44 && !note.isEmpty
    let whom = line.width < 76 ? "" : " to " + Wrap.truncate(leadName(opened.summary), to: 24)
    let title = [
      Span("Reply" + whom, Theme.strong),
      Span(" · " + (isTight ? kind.badge : kind.title), Theme.text),
    ]
    canvas.titleLine(title, right: note, in: line, rule: Span("━", Theme.focusedRule))
    if let quote = opened.composer.quote, rest.height > 1 {
      let (above, below) = rest.splitTop(1)
      canvas.spans(
        [
          Span("│ ", Theme.accent),
          Span(Sanitizer.line(quote.author, limit: 40) + ": ", Theme.accent),
          Span(quote.text, Theme.quiet),
        ],
        at: Point(x: above.x + 1, y: above.y),
        width: above.width - 2
      )
      rest = below
    }
    let width = Self.editorWidth(rest.width)
    let shown = opened.composer.text.layout(width: width).visible(rows: rest.height)
    canvas.target(
      rest.inset(left: 1),
      .field(0, firstLine: shown.first, width: width)
    )
    for (row, text) in shown.lines.enumerated() {
      let point = Point(x: rest.x + 1, y: rest.y + row)
      canvas.text(text, at: point, width: width, style: Theme.text)
    }
    if overlays.isEmpty {
      canvas.cursor = Point(x: rest.x + 1 + shown.cursor.x, y: rest.y + shown.cursor.y)
    }
  }

  /// Columns for text in a composer of `width` columns.
  private static func editorWidth(_ width: Int) -> Int { max(1, width - 2) }

  /// The same for the composer that is on screen.
  var composerWidth: Int {
    guard let pane = layout.thread else { return 1 }
    return Self.editorWidth(ThreadFrame(state: self, pane: pane).composer.width)
  }

  /// What is more urgent than how long replies are possible; nil mostly.
  func writingNote(_ opened: OpenedLead) -> [Span]? {
    let choices = opened.composer.emojiChoices
    if !choices.isEmpty {
      let names = choices.prefix(3).map { Sanitizer.line($0.emoji) + " " + $0.name }
      return [Span("Tab ", Theme.key), Span(names.joined(separator: "  "), Theme.text)]
    }
    if let words = companyWords { return [Span("✎ " + words, Theme.warning)] }
    if let gap = opened.composer.openPlaceholder {
      let key = composerWidth < 56 ? "" : " · Tab next gap"
      return [Span("fill in {\(gap)}" + key, Theme.warning)]
    }
    if let note = channelNote(opened.summary.channelKind) { return [Span(note, Theme.warning)] }
    // Long texts are counted by the channel's own measure, once that is near.
    if let limit = TextLimit.of(opened.summary.channelKind) {
      let count = limit.measure(opened.composer.text.text)
      if count > limit.most {
        return [
          Span("\(count) of \(limit.most) \(limit.unit.rawValue) · goes in parts", Theme.warning)
        ]
      }
      if count * 5 > limit.most * 4 {
        return [Span("\(count) of \(limit.most) \(limit.unit.rawValue)", Theme.quiet)]
      }
    }
    return nil
  }
}
