// Draws a prompt: its question, the answer being typed, what is wrong with it.
import TerminalUI

extension AppState {
  /// Lines of a prompt, each with its look.
  private typealias Lines = [(text: Substring, style: Style)]

  func drawPrompt(_ prompt: PromptState, on canvas: inout Canvas) {
    let width = overlayWidth(60)
    let inner = max(1, width - 4)
    let notes = promptNotes(prompt, width: inner)
    if let question = prompt.question {
      let lines = Wrap.lines(question, width: inner).map { (text: $0, style: Theme.text) }
      let inside = promptBox(prompt, width: width, rows: lines.count, on: &canvas)
      return draw(lines, in: inside, on: &canvas)
    }
    let textWidth = max(1, inner - 1)
    let field = prompt.field.layout(width: textWidth)
    if let warning = prompt.warning {
      let lines = Wrap.lines(warning, width: inner).map { (text: $0, style: Theme.bad) }
      let rows = lines.count + notes.count + 1
      let inside = promptBox(prompt, width: width, rows: rows, on: &canvas)
      // The field and what to type have their places before all of the warning has.
      let asked = notes.prefix(max(1, inside.height - 2))
      let (head, line) = inside.splitBottom(1)
      draw(
        Array(lines.prefix(max(0, head.height - asked.count))) + asked,
        in: head,
        on: &canvas
      )
      return draw(field, in: line, width: textWidth, on: &canvas)
    }
    let isLong = prompt.field.kind == .multiLine
    let rows = isLong ? max(2, min(8, field.lineCount)) : 1
    let gap = isLong || notes.isEmpty ? 0 : 1
    let wanted = max(2, rows + gap + notes.count)
    let inside = promptBox(prompt, width: width, rows: wanted, on: &canvas)
    let (box, below) = inside.splitTop(min(rows, inside.height))
    draw(field, in: box, width: textWidth, on: &canvas)
    let room = below.height > notes.count ? below.inset(top: gap) : below
    draw(notes, in: room, on: &canvas)
  }

  private func promptBox(
    _ prompt: PromptState,
    width: Int,
    rows: Int,
    on canvas: inout Canvas
  ) -> Rect {
    overlayBox(
      width: width,
      height: rows + 2,
      title: boxTitle(prompt.title, about: whom(prompt), prompt.noun, width: width),
      footer: prompt.keys,
      on: &canvas
    )
  }

  /// Whom it is about; the title of the others says it first.
  private func whom(_ prompt: PromptState) -> String? {
    switch prompt.purpose {
    case .note(_, let name), .erase(_, let name): name
    case .later, .attach, .choices, .place, .split: opened.map { leadName($0.summary) }
    case .lostReason, .lostReasonOfMany, .tour, .deleteReply, .deleteTemplate, .quit, .gone: nil
    }
  }

  private func draw(_ lines: Lines, in rect: Rect, on canvas: inout Canvas) {
    for (row, line) in lines.prefix(rect.height).enumerated() {
      let point = Point(x: rect.x, y: rect.y + row)
      canvas.text(line.text, at: point, width: rect.width, style: line.style)
    }
  }

  /// The answer being typed, underlined as the fields of forms are.
  private func draw(
    _ field: EditorLayout,
    in rect: Rect,
    width: Int,
    on canvas: inout Canvas
  ) {
    guard !rect.isEmpty else { return }
    let shown = field.visible(rows: rect.height)
    canvas.target(rect, .field(0, firstLine: shown.first, width: width))
    draw(shown.lines.map { (text: $0[...], style: Theme.text) }, in: rect, on: &canvas)
    canvas.restyle(rect) { $0.with(.underline) }
    let x = min(rect.x + shown.cursor.x, max(rect.x, rect.maxX - 1))
    canvas.cursor = Point(x: x, y: min(rect.y + shown.cursor.y, size.rows - 1))
  }

  /// What stands beside the field: what is wrong, what was found, or what to type.
  private func promptNotes(_ prompt: PromptState, width: Int) -> Lines {
    func lines(_ text: String, _ style: Style) -> Lines {
      Wrap.lines(Sanitizer.line(text, limit: 600), width: width).prefix(4).map { ($0, style) }
    }
    if let error = prompt.error { return lines("✗ " + error, Theme.bad) }
    if case .later = prompt.purpose {
      let note = laterNote(prompt.field.text)
      return lines(note.text, note.isProblem ? Theme.warning : Theme.accent)
    }
    if prompt.isBusy { return lines("Sending …", Theme.quiet) }
    if !prompt.choices.isEmpty {
      return lines(prompt.choices.prefix(24).joined(separator: "  "), Theme.accent)
    }
    let help = prompt.help.map { lines($0, Theme.quiet) } ?? []
    guard case .attach = prompt.purpose else { return help }
    return lines(captionNote, Theme.text) + help
  }
}
