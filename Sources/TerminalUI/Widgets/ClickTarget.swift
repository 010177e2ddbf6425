// What a click on a part of the frame means. Painted together with what is seen there, so that the
// mouse can't hit anything else than the eye.

/// A part of the frame that answers a click.
package struct ClickTarget: Equatable, Sendable {
  package enum Meaning: Equatable, Sendable {
    /// Nothing by itself: what lies below it isn't meant.
    case surface
    /// The row of a list.
    case row(Int)
    /// A tab of the header.
    case tab(Int)
    /// What these keys do.
    case keys(KeySequence)
    /// A field of a form with its text; `firstLine` of its layout in `width` columns is the topmost.
    case field(Int, firstLine: Int, width: Int)
  }

  package let rect: Rect
  package let meaning: Meaning
}

extension Canvas {
  /// What a click on `rect` means from now on; the target painted last wins.
  package mutating func target(_ rect: Rect, _ meaning: ClickTarget.Meaning) {
    let area = rect.intersection(bounds)
    if !area.isEmpty { targets.append(ClickTarget(rect: area, meaning: meaning)) }
  }

  package func target(at point: Point) -> ClickTarget? {
    targets.last { $0.rect.contains(point) }
  }

  /// Key hints such as `Enter run · Esc close`: a click on one presses its key.
  ///
  /// Whole hints leave from the right where there is no room, but for the first and the last, mostly
  /// Esc, which lose their words. Returns the columns used.
  @discardableResult
  package mutating func hints(_ hints: String, at point: Point, width: Int, style: Style) -> Int {
    let hints = Self.fitted(hints, to: width)
    let used = spans([Span(hints, style)], at: point, width: width)
    var x = point.x
    for part in hints.split(separator: "·", omittingEmptySubsequences: false) {
      let columns = Width.of(part)
      if let key = Self.key(named: part), x < point.x + used {
        let right = min(x + columns, point.x + used)
        target(Rect(x: x, y: point.y, width: right - x, height: 1), .keys(KeySequence([key])))
      }
      x += columns + 1
    }
    return used
  }

  private static func fitted(_ hints: String, to width: Int) -> String {
    let parts = hints.split(separator: " · ")
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return hints }
    let middles = (1...parts.count - 1).reversed().map { parts[1..<$0] }
    var choices = middles.map { [first] + $0 + [last] }
    if let key = key(named: last)?.label { choices.append([first, key[...]]) }
    let keys = [first, last].compactMap { key(named: $0)?.label[...] }
    if keys.count == 2 { choices.append(keys) }
    let whole = choices.map { $0.joined(separator: " · ") }
    return whole.first { Width.of($0) <= width } ?? String(first)
  }

  /// The key that a hint begins with, or the first that has a name of its own: `1-9 or Enter pick`.
  private static func key(named hint: Substring) -> Key? {
    let words = hint.split(separator: " ").map(String.init)
    guard let first = words.first else { return nil }
    return Key(label: first) ?? words.filter { $0.count > 1 }.compactMap(Key.init(label:)).first
  }
}

extension TextEditor {
  /// Puts the cursor where a click was, in columns and lines of the layout in `width` columns.
  package mutating func click(column: Int, line: Int, width: Int) {
    let layout = layout(width: width)
    let line = min(max(0, line), layout.lines.count - 1)
    guard let place = layout.index(column: max(0, column), line: line) else { return }
    moveCursor(to: place)
  }
}
