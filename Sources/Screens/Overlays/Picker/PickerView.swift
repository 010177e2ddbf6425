// Draws a picker: numbered choices, the present one marked, a preview for saved replies.
import TerminalUI

extension AppState {
  /// A preview is cut after these lines.
  private static let previewLines = 6

  func drawPicker(_ picker: PickerState, on canvas: inout Canvas) {
    let items = picker.matching
    let hasPreview = picker.showsPreview && size.rows >= 16
    let width = overlayWidth(picker.showsPreview ? 64 : 48)
    func preview(_ item: PickerState.Item) -> [(text: String, style: Style)] {
      Wrap.lines(item.detail, width: max(1, width - 4)).map { (String($0), Theme.text) }
    }
    // Of all items, so that a filter doesn't move the box.
    let longest = hasPreview ? picker.items.reduce(0) { max($0, preview($1).count) } : 0
    let previewRows = longest == 0 ? 0 : 1 + min(Self.previewLines, longest)
    let inside = overlayBox(
      width: width,
      height: min(max(items.count, 1), size.rows) + 4 + previewRows,
      most: picker.items.count + 4 + previewRows,
      title: boxTitle(picker.title, about: whom(picker), picker.noun, width: width),
      footer: digits(picker) + "Enter pick · type to filter · "
        + (picker.search.isEmpty ? "Esc close" : "Esc clear"),
      on: &canvas
    )
    var rest = drawSearch(picker.search, prompt: "› ", in: inside, on: &canvas)
    if rest.height > items.count + previewRows { rest = rest.inset(top: 1) }
    guard !items.isEmpty else {
      canvas.text(
        "Nothing found",
        at: Point(x: rest.x, y: rest.y),
        width: rest.width,
        style: Theme.quiet
      )
      return
    }
    let cursor = min(picker.cursor, items.count - 1)
    let lines = hasPreview ? preview(items[cursor]) : []
    // Where not all fits, the preview leaves the lines that it doesn't need to the list.
    let isTight = rest.height < items.count + previewRows
    let wanted = isTight ? min(previewRows, lines.count + 1) : previewRows
    let (list, below) = rest.splitBottom(
      hasPreview ? min(wanted, max(0, rest.height - min(items.count, 3))) : 0
    )
    let window = ListWindow(count: items.count, cursor: cursor, in: list)
    drawList(window, cursor: cursor, on: &canvas) { index, line, canvas in
      let item = items[index]
      let digit = picker.takesDigits && index < 9 ? "\(index + 1) " : "  "
      // On a narrow screen the title comes first.
      let room = line.width - 6 - min(Width.of(item.detail), 16)
      let hasRoom = room >= min(Width.of(item.title), 20)
      let detail = picker.showsPreview || !hasRoom ? "" : item.detail
      canvas.line(
        [
          Span(digit, Theme.quiet), Span(item.isCurrent ? "✓ " : "  ", Theme.good),
          Span(item.title),
        ],
        right: detail.isEmpty ? [] : [Span(detail, Theme.quiet)],
        at: Point(x: line.x, y: line.y),
        width: line.width
      )
    }
    drawBelow(lines, in: below, on: &canvas)
  }

  private func whom(_ picker: PickerState) -> String? {
    picker.marked.map { counted($0.count, "lead") } ?? picker.subject.map(leadName)
  }

  /// `1-3 or ` for three rows: the digits that pick one now.
  private func digits(_ picker: PickerState) -> String {
    let most = min(9, picker.matching.count)
    return picker.takesDigits && most > 1 ? "1-\(most) or " : ""
  }
}
