// A grid of cells that a view fills and the terminal shows. Pure: tests print it as text.

/// One cell.
///
/// A wide glyph fills its own cell and a `continuation` to the right of it.
package struct Cell: Equatable, Sendable {
  /// One grapheme cluster as it goes to the terminal; empty in a continuation.
  package var glyph: String
  package var style: Style

  package init(glyph: String = " ", style: Style = .plain) {
    self.glyph = glyph
    self.style = style
  }

  package static let blank = Cell()

  package var isContinuation: Bool { glyph.isEmpty }
}

/// What one frame shows.
///
/// Drawing outside is clipped; half a wide glyph becomes a blank.
package struct Canvas: Equatable, Sendable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// Where the terminal's cursor stands; nil hides it.
  package var cursor: Point?

  package init(size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  package var bounds: Rect { Rect(x: 0, y: 0, width: size.columns, height: size.rows) }

  package subscript(x: Int, y: Int) -> Cell {
    get { cells[y * size.columns + x] }
    set { cells[y * size.columns + x] = newValue }
  }

  /// Blanks `rect` in `style`.
  package mutating func fill(_ rect: Rect, style: Style, glyph: String = " ") {
    let area = rect.intersection(bounds)
    for y in area.y..<area.maxY {
      for x in area.x..<area.maxX { self[x, y] = Cell(glyph: glyph, style: style) }
    }
  }

  /// Writes one line of already harmless text from `point`, cut at `width` columns.
  ///
  /// Returns the columns used. Text from outside goes through `Sanitizer` first.
  @discardableResult
  package mutating func text(
    _ text: some StringProtocol,
    at point: Point,
    width: Int,
    style: Style
  ) -> Int {
    guard point.y >= 0, point.y < size.rows else { return 0 }
    var used = 0
    for character in text {
      let columns = Width.of(character)
      guard used + columns <= width else { break }
      guard columns > 0 else { continue }
      put(
        String(character),
        columns: columns,
        at: Point(x: point.x + used, y: point.y),
        style: style
      )
      used += columns
    }
    return used
  }

  private mutating func put(_ glyph: String, columns: Int, at point: Point, style: Style) {
    guard point.x >= 0, point.x + columns <= size.columns else { return }
    self[point.x, point.y] = Cell(glyph: glyph, style: style)
    if columns == 2 { self[point.x + 1, point.y] = Cell(glyph: "", style: style) }
  }

  /// The screen as lines of text, trailing blanks cut.
  package func textLines() -> [String] {
    (0..<size.rows).map { y in
      var line = ""
      for x in 0..<size.columns { line += self[x, y].glyph }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
