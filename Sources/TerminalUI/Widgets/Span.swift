// A line made of differently styled pieces, drawn from the left, the right or both ends.

/// A piece of a line; its text is harmless already.
package struct Span: Equatable, Sendable {
  package var text: String
  package var style: Style

  package init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }

  package var width: Int { Width.of(text) }
}

extension Canvas {
  /// Draws spans one after the other and cuts the last that fits with `…`; returns the columns.
  @discardableResult
  package mutating func spans(_ spans: [Span], at point: Point, width: Int) -> Int {
    var used = 0
    for span in spans where used < width {
      let shown = Wrap.truncate(span.text, to: width - used)
      used += text(
        shown,
        at: Point(x: point.x + used, y: point.y),
        width: width - used,
        style: span.style
      )
      if shown.utf8.count != span.text.utf8.count { break }
    }
    return used
  }

  /// Draws `right` at the line's end, and `left` in what remains, one column apart.
  package mutating func line(_ left: [Span], right: [Span] = [], at point: Point, width: Int) {
    let wanted = right.reduce(0) { $0 + $1.width }
    let taken = min(wanted, width)
    spans(right, at: Point(x: point.x + width - taken, y: point.y), width: taken)
    spans(left, at: point, width: width - taken - (taken > 0 ? 1 : 0))
  }
}
