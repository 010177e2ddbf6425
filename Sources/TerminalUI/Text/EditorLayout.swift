// How the text being typed is shown: wrapped lines of harmless text and the cursor's place. Pure;
// made by the view from the editor, and by the editor to move up and down.

/// An editor's text in `width` columns.
package struct EditorLayout: Equatable, Sendable {
  /// All lines as shown, at least one.
  package let lines: [String]
  /// The cursor's column and line, always inside the width.
  package let cursor: Point
  private let text: String
  private let ranges: [Range<String.Index>]

  /// The last column stays free for the cursor.
  package init(_ editor: TextEditor, width: Int) {
    text = editor.text
    let isMasked = editor.kind == .masked
    if editor.kind == .multiLine {
      ranges = Self.wrapped(text, width: max(1, width - 1))
    } else {
      ranges = [Self.window(editor, columns: max(0, width - 1), isMasked: isMasked)]
    }
    let line = ranges.lastIndex { $0.lowerBound <= editor.cursor } ?? 0
    let before = text[ranges[line].lowerBound..<max(ranges[line].lowerBound, editor.cursor)]
    let column = before.reduce(0) { $0 + Width.of(Self.shown($1, isMasked: isMasked)) }
    cursor = Point(x: min(column, max(0, width - 1)), y: line)
    let text = text
    lines = ranges.map { range in
      text[range].reduce(into: "") { $0 += Self.shown($1, isMasked: isMasked) }
    }
  }

  /// The lines that fit into `rows`, scrolled so that the cursor is among them.
  package func visible(rows: Int) -> (lines: ArraySlice<String>, cursor: Point) {
    let rows = max(1, rows)
    let first = min(max(0, cursor.y - rows + 1), max(0, lines.count - rows))
    let last = min(lines.count, first + rows)
    return (lines[first..<last], Point(x: cursor.x, y: cursor.y - first))
  }

  /// The place nearest to `column` in `line`; nil when there is no such line.
  func index(column: Int, line: Int) -> String.Index? {
    guard ranges.indices.contains(line) else { return nil }
    let range = ranges[line]
    // The end of a softly broken line is the next line's start: stay before it.
    let isSoft = line + 1 < ranges.count && ranges[line + 1].lowerBound == range.upperBound
    var index = range.lowerBound
    var used = 0
    while index < range.upperBound {
      let next = text.index(after: index)
      used += Width.of(Self.shown(text[index], isMasked: false))
      if used > column || (isSoft && next == range.upperBound) { break }
      index = next
    }
    return index
  }

  private static func wrapped(_ text: String, width: Int) -> [Range<String.Index>] {
    var breaker = LineBreaker(start: text.startIndex, width: width)
    var index = text.startIndex
    while index < text.endIndex {
      let next = text.index(after: index)
      let character = text[index]
      if character.isNewline {
        breaker.add(from: index, to: next, kind: .newline)
      } else {
        let columns = Width.of(shown(character, isMasked: false))
        breaker.add(from: index, to: next, kind: .init(character, columns: columns))
      }
      index = next
    }
    return breaker.finished(at: text.endIndex)
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

  /// One grapheme as the screen shows it: the text keeps what was typed.
  private static func shown(_ character: Character, isMasked: Bool) -> String {
    if isMasked { return "•" }
    return Sanitizer.line(String(character))
  }
}

extension TextEditor {
  package func layout(width: Int) -> EditorLayout { EditorLayout(self, width: width) }

  /// How many lines `layout` has; asked for at every frame, so a short plain text isn't laid out for it.
  package func lineCount(width: Int) -> Int {
    guard kind == .multiLine else { return 1 }
    let isShort = text.utf8.count < width && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    return isShort ? 1 : layout(width: width).lines.count
  }
}
