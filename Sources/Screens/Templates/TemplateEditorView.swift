// Draws the template editor: a label and a field for each part.
import Model
import TerminalUI

extension AppState {
  private static let dropping = "Esc again drops what is typed"

  func drawTemplateEditor(_ editor: TemplateEditorState, on canvas: inout Canvas) {
    let rows = editor.fields.reduce(0) { $0 + 1 + $1.rows }
    let isLast = editor.cursor + 1 == editor.fields.count
    let keys =
      isLast ? "Enter save · Tab next · Esc back" : "Enter next or save · Tab next · Esc back"
    let inside = overlayBox(
      width: 80,
      height: min(size.rows, rows + 3),
      title: [Span(Sanitizer.line(editor.title, limit: 80), Theme.strong)],
      footer: editor.isBusy ? "Asking WhatsApp …" : keys,
      on: &canvas
    )
    let problem = editor.error.map { (text: "✗ " + $0, style: Theme.bad) }
    let note = editor.isLeaving ? (text: "! " + Self.dropping, style: Theme.warning) : problem
    let (line, below) = inside.splitTop(note == nil ? 0 : 1)
    if let note {
      canvas.text(
        note.text,
        at: Point(x: line.x, y: line.y),
        width: line.width,
        style: note.style
      )
    }
    var rest = below
    // Fields before the chosen one leave when there is no room for all.
    var first = 0
    func height(_ range: Range<Int>) -> Int {
      editor.fields[range].reduce(0) { $0 + 1 + $1.rows }
    }
    while first < editor.cursor, height(first..<editor.cursor + 1) > rest.height { first += 1 }
    for (index, field) in editor.fields.enumerated().dropFirst(first) {
      guard rest.height > 1 else { break }
      rest = drawField(
        field.label,
        field.editor,
        number: index,
        isChosen: index == editor.cursor,
        rows: field.rows,
        in: rest,
        on: &canvas
      )
    }
  }
}
