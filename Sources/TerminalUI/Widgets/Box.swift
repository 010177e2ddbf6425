// Frames: a bordered box for what lies over the panes, a title line for a pane.

extension Canvas {
  /// Blanks `rect`, draws a border with a title, and returns what is inside.
  package mutating func box(
    _ rect: Rect,
    title: [Span],
    footer: String = "",
    footerStyle: Style = .plain,
    style: Style
  )
    -> Rect
  {
    fill(rect, style: .plain)
    guard rect.width >= 4, rect.height >= 3 else { return rect }
    let middle = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
    fill(middle, style: style, glyph: "─")
    fill(middle.moved(down: rect.height - 1), style: style, glyph: "─")
    for y in rect.y + 1..<rect.maxY - 1 {
      text("│", at: Point(x: rect.x, y: y), width: 1, style: style)
      text("│", at: Point(x: rect.maxX - 1, y: y), width: 1, style: style)
    }
    corner("╭", x: rect.x, y: rect.y, style: style)
    corner("╮", x: rect.maxX - 1, y: rect.y, style: style)
    corner("╰", x: rect.x, y: rect.maxY - 1, style: style)
    corner("╯", x: rect.maxX - 1, y: rect.maxY - 1, style: style)
    if !title.isEmpty {
      caption(middle) { canvas, point, width in canvas.spans(title, at: point, width: width) }
    }
    if !footer.isEmpty {
      caption(middle.moved(down: rect.height - 1)) { canvas, point, width in
        canvas.hints(footer, at: point, width: width, style: footerStyle)
      }
    }
    return rect.inset(left: 2, top: 1, right: 2, bottom: 1)
  }

  /// A pane's title on a rule that fills the line: `─ Inbox · 41 ────── 6 waiting ─`.
  package mutating func titleLine(
    _ title: [Span],
    right: [Span] = [],
    in rect: Rect,
    rule: Span
  ) {
    fill(rect, style: rule.style, glyph: rule.text)
    let side = right.reduce(0) { $0 + $1.width }
    let room = rect.width - 4
    let hasSide = side > 0 && side + 12 <= room
    let used = spans(
      title,
      at: Point(x: rect.x + 2, y: rect.y),
      width: hasSide ? room - side - 3 : room
    )
    blank(Rect(x: rect.x + 1, y: rect.y, width: 1, height: 1))
    blank(Rect(x: rect.x + 2 + used, y: rect.y, width: 1, height: 1))
    guard hasSide else { return }
    let start = rect.maxX - 2 - side
    blank(Rect(x: start - 1, y: rect.y, width: side + 2, height: 1))
    spans(right, at: Point(x: start, y: rect.y), width: side)
  }

  /// Words on the border with a blank on either side; `draw` returns the columns it used.
  private mutating func caption(
    _ rect: Rect,
    draw: (inout Canvas, _ at: Point, _ width: Int) -> Int
  ) {
    guard rect.width > 4 else { return }
    let used = draw(&self, Point(x: rect.x + 2, y: rect.y), rect.width - 4)
    blank(Rect(x: rect.x + 1, y: rect.y, width: 1, height: 1))
    blank(Rect(x: rect.x + 2 + used, y: rect.y, width: 1, height: 1))
  }

  private mutating func corner(_ glyph: String, x: Int, y: Int, style: Style) {
    text(glyph, at: Point(x: x, y: y), width: 1, style: style)
  }

  private mutating func blank(_ rect: Rect) { fill(rect, style: .plain) }
}

extension Rect {
  /// The same, `down` rows lower.
  package func moved(down: Int) -> Rect { Rect(x: x, y: y + down, width: width, height: height) }

  /// A block of at most this size in the middle, a little above the centre.
  package func centered(width wantedWidth: Int, height wantedHeight: Int) -> Rect {
    let width = min(wantedWidth, self.width)
    let height = min(wantedHeight, self.height)
    return Rect(
      x: x + (self.width - width) / 2,
      y: y + (self.height - height) * 2 / 5,
      width: width,
      height: height
    )
  }
}
