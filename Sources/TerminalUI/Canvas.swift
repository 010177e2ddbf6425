// A grid of cells that a view fills and the terminal shows. Pure: tests print it as text.

/// What one frame shows.
///
/// Drawing outside is clipped; half a wide glyph becomes a blank.
package struct Canvas: Equatable, Sendable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// Where the terminal's cursor stands; nil hides it.
  package var cursor: Point?
  /// What clicks mean, the topmost last.
  package internal(set) var targets: [ClickTarget] = []

  package init(size: Size) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
  }

  package var bounds: Rect { Rect(x: 0, y: 0, width: size.columns, height: size.rows) }

  package subscript(x: Int, y: Int) -> Cell {
    get { cells[y * size.columns + x] }
    set { cells[y * size.columns + x] = newValue }
  }

  /// Fills `rect` with `glyph`, one column wide, in `style`.
  package mutating func fill(_ rect: Rect, style: Style, glyph: String = " ") {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    let cell = Cell(glyph: glyph, style: style)
    for y in area.y..<area.maxY {
      loosen(from: area.x, to: area.maxX, y: y)
      let row = y * size.columns
      for index in row + area.x..<row + area.maxX { cells[index] = cell }
    }
  }

  /// Gives the cells of `rect` another style and leaves their glyphs.
  package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = rect.intersection(bounds)
    for y in area.y..<area.maxY {
      for x in area.x..<area.maxX { self[x, y].style = change(self[x, y].style) }
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
    guard point.y >= 0, point.y < size.rows, width > 0 else { return 0 }
    var line = Line(x: point.x, y: point.y, end: point.x + width, style: style)
    let isDone = text.utf8.withContiguousStorageIfAvailable { bytes in
      ascii(bytes, on: &line)
    }
    if isDone == true { return line.x - point.x }
    // The fast way stopped at the first character that isn't ASCII, having drawn nothing.
    for scalar in text.unicodeScalars {
      guard add(scalar, to: &line) else { break }
    }
    finish(&line)
    return line.x - point.x
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

/// A line of text under way.
private struct Line {
  var x: Int
  let y: Int
  let end: Int
  let style: Style
  /// A glyph whose marks may still come.
  var pending: Glyph?
}

extension Canvas {
  /// Draws a whole ASCII text; false, and nothing drawn, when there is anything else in it.
  private mutating func ascii(_ bytes: UnsafeBufferPointer<UInt8>, on line: inout Line) -> Bool {
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return false }
    for byte in bytes where byte >= 0x20 && byte != 0x7F {
      guard line.x < line.end else { break }
      put(Glyph(base: UInt32(byte)), columns: 1, on: &line)
    }
    return true
  }

  /// False when the next glyph no longer fits.
  private mutating func add(_ scalar: Unicode.Scalar, to line: inout Line) -> Bool {
    let columns = Width.of(scalar)
    if columns == 0 {
      line.pending?.add(mark: scalar)
      return true
    }
    finish(&line)
    guard line.x + columns <= line.end else { return false }
    line.pending = Glyph(base: scalar.value)
    return true
  }

  private mutating func finish(_ line: inout Line) {
    guard let glyph = line.pending else { return }
    line.pending = nil
    put(glyph, columns: glyph.columns, on: &line)
  }

  private mutating func put(_ glyph: Glyph, columns: Int, on line: inout Line) {
    defer { line.x += columns }
    let left = max(0, line.x)
    let right = min(size.columns, line.x + columns)
    guard left < right else { return }
    loosen(from: left, to: right, y: line.y)
    let row = line.y * size.columns
    if right - left < columns {
      cells[row + left] = Cell(content: .blank, style: line.style)
      return
    }
    cells[row + left] = Cell(content: glyph, style: line.style)
    if columns == 2 { cells[row + left + 1] = Cell(content: .continuation, style: line.style) }
  }

  /// Blanks the other halves of wide glyphs that an overwrite of these columns would cut.
  private mutating func loosen(from left: Int, to right: Int, y: Int) {
    let row = y * size.columns
    if left > 0, cells[row + left].isContinuation { cells[row + left - 1].content = .blank }
    if right < size.columns, cells[row + right].isContinuation {
      cells[row + right].content = .blank
    }
  }
}
