// How the text being typed is shown: wrapped lines of harmless text and the cursor's place. Pure;
// made by the view from the editor, and by the editor to move up and down.

/// An editor's text in `width` columns.
package struct EditorLayout: Equatable, Sendable {
  /// The cursor's column and line, always inside the width.
  package let cursor: Point
  private let text: String
  private let width: Int
  private let isMasked: Bool
  private let ranges: [Range<Int>]

  /// The last column stays free for the cursor.
  package init(_ editor: TextEditor, width: Int) {
    text = editor.text
    self.width = width
    isMasked = editor.kind == .masked
    let place = editor.text.utf8.distance(from: editor.text.startIndex, to: editor.cursor)
    let line: Int
    if editor.kind == .multiLine {
      let table = editor.memo.table(of: text, width: max(1, width - 1))
      ranges = table.lines
      line = table.line(at: place)
    } else {
      let window = Self.window(editor, columns: max(0, width - 1), isMasked: isMasked)
      ranges = [
        text.utf8.distance(
          from: text.startIndex,
          to: window.lowerBound
        )..<text.utf8.distance(from: text.startIndex, to: window.upperBound)
      ]
      line = 0
    }
    var index = text.utf8.index(text.startIndex, offsetBy: ranges[line].lowerBound)
    var column = 0
    while index < editor.cursor, column < width {
      column += Width.of(Self.shown(text[index], isMasked: isMasked))
      index = text.index(after: index)
    }
    cursor = Point(x: min(column, max(0, width - 1)), y: line)
  }

  /// How many there are, at least one.
  package var lineCount: Int { ranges.count }

  /// All lines as shown.
  package var lines: [String] { ranges.map(shown) }

  /// The lines that fit into `rows`, scrolled so that the cursor is among them.
  package func visible(rows: Int) -> (first: Int, lines: [String], cursor: Point) {
    let rows = max(1, rows)
    let first = min(max(0, cursor.y - rows + 1), max(0, ranges.count - rows))
    let lines = ranges[first..<min(ranges.count, first + rows)].map(shown)
    return (first, lines, Point(x: cursor.x, y: cursor.y - first))
  }

  /// The place nearest to `column` in `line`; nil when there is no such line.
  func index(column: Int, line: Int) -> String.Index? {
    guard ranges.indices.contains(line) else { return nil }
    // The end of a softly broken line is the next line's start: stay before it.
    let isSoft = line + 1 < ranges.count && ranges[line + 1].lowerBound == ranges[line].upperBound
    var index = text.utf8.index(text.startIndex, offsetBy: ranges[line].lowerBound)
    let end = text.utf8.index(text.startIndex, offsetBy: ranges[line].upperBound)
    var used = 0
    while index < end {
      let next = text.index(after: index)
      used += Width.of(Self.shown(text[index], isMasked: false))
      if used > column || (isSoft && next == end) { break }
      index = next
    }
    return index
  }

  /// The part of a single line that ends at the cursor at the latest, or starts the line.
  private static func window(
    _ editor: TextEditor,
    columns: Int,
    isMasked: Bool
  ) -> Range<String.Index> {
    let text = editor.text
    var start = editor.cursor
    var used = 0
    while start > text.startIndex {
      let before = text.index(before: start)
      used += Width.of(shown(text[before], isMasked: isMasked))
      if used > columns { break }
      start = before
    }
    var end = start
    used = 0
    while end < text.endIndex {
      used += Width.of(shown(text[end], isMasked: isMasked))
      if used > columns + 1 { break }
      end = text.index(after: end)
    }
    return start..<max(end, editor.cursor)
  }

  /// A line up to the width: the blanks it was broken at may hang far over its edge.
  private func shown(_ range: Range<Int>) -> String {
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    let end = text.utf8.index(text.startIndex, offsetBy: range.upperBound)
    var line = ""
    var columns = 0
    for character in text[start..<end] {
      let next = Self.shown(character, isMasked: isMasked)
      columns += Width.of(next)
      if columns > width, !line.isEmpty { break }
      line += next
    }
    return line
  }

  /// One grapheme as the screen shows it: the text keeps what was typed.
  static func shown(_ character: Character, isMasked: Bool) -> String {
    if isMasked { return "•" }
    return Sanitizer.line(String(character))
  }
}

extension TextEditor {
  package func layout(width: Int) -> EditorLayout { EditorLayout(self, width: width) }

  /// How many lines `layout` has.
  package func lineCount(width: Int) -> Int { layout(width: width).lineCount }
}
