// Drawing: clipping, wide glyphs and what is left of them when something overwrites half.
import Testing

@testable import TerminalUI

@Suite struct CanvasTests {
  private func canvas(_ columns: Int = 8) -> Canvas {
    Canvas(size: Size(columns: columns, rows: 1))
  }

  @Test func drawsAndCutsText() {
    var canvas = canvas()
    let used = canvas.text("abcdef", at: Point(x: 1, y: 0), width: 4, style: .plain)
    #expect(used == 4)
    #expect(canvas.textLines() == [" abcd"])
  }

  @Test func wideGlyphsTakeTwoCellsOrNone() {
    var canvas = canvas(5)
    #expect(canvas.text("漢字か", at: Point(x: 0, y: 0), width: 5, style: .plain) == 4)
    #expect(canvas.textLines() == ["漢字"])
    #expect(canvas[1, 0].isContinuation && !canvas[4, 0].isContinuation)
  }

  @Test func anOverwrittenHalfBecomesBlank() {
    var canvas = canvas()
    canvas.text("漢字", at: Point(x: 0, y: 0), width: 8, style: .plain)
    canvas.text("x", at: Point(x: 1, y: 0), width: 1, style: .plain)
    #expect(canvas.textLines() == [" x字"])
    canvas.text("y", at: Point(x: 2, y: 0), width: 1, style: .plain)
    #expect(canvas.textLines() == [" xy"])
  }

  @Test func clippedHalvesBecomeBlank() {
    var canvas = canvas(3)
    canvas.text("漢b", at: Point(x: -1, y: 0), width: 9, style: .plain)
    #expect(canvas.textLines() == [" b"])
    canvas.text("字", at: Point(x: 2, y: 0), width: 9, style: .plain)
    #expect(canvas.textLines() == [" b"])
  }

  @Test func marksStayWithTheirBase() {
    var canvas = canvas(3)
    #expect(canvas.text("e\u{301}x", at: Point(x: 0, y: 0), width: 3, style: .plain) == 2)
    #expect(canvas[0, 0].glyph == "e\u{301}")
    #expect(canvas[1, 0].glyph == "x")
  }

  @Test func controlsAreNeverDrawn() {
    var canvas = canvas(4)
    canvas.text("a\u{1B}b\u{9B}é", at: Point(x: 0, y: 0), width: 4, style: .plain)
    #expect(canvas.textLines() == ["abé"])
  }

  @Test func randomDrawingLeavesNoHalfGlyph() {
    var random = SampleText(seed: 4)
    var canvas = Canvas(size: Size(columns: 20, rows: 3))
    for _ in 0..<3_000 {
      let point = Point(x: random.number(in: -4..<22), y: random.number(in: -1..<4))
      let width = random.number(in: 0..<24)
      if random.number(in: 0..<4) == 0 {
        let rect = Rect(x: point.x, y: point.y, width: width, height: 2)
        canvas.fill(rect, style: .plain)
      } else {
        canvas.text(random.text(), at: point, width: width, style: .plain)
      }
      for y in 0..<3 { expectWhole(canvas, row: y) }
    }
  }

  private func expectWhole(_ canvas: Canvas, row y: Int) {
    var x = 0
    while x < canvas.size.columns {
      let columns = canvas[x, y].content.columns
      #expect(columns > 0)
      if columns == 2 { #expect(x + 1 < 20 && canvas[x + 1, y].isContinuation) }
      x += max(1, columns)
    }
  }
}
