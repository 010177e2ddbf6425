// A picture as rows of block characters: what chafa draws, read strictly. Its output is never passed
// on: whatever isn't a block character or a colour makes the whole of it nothing.

package struct MediaPreview: Equatable, Sendable {
  /// Neighbouring cells that look alike.
  package struct Run: Equatable, Sendable {
    package var text: String
    /// One of the 256 fixed colours; nil is the terminal's own.
    package var foreground: UInt8?
    package var background: UInt8?

    package init(text: String, foreground: UInt8? = nil, background: UInt8? = nil) {
      self.text = text
      self.foreground = foreground
      self.background = background
    }
  }

  package var rows: [[Run]]
  package var columns: Int

  /// Reads `chafa --format symbols --symbols block+space --colors 256`.
  ///
  /// Nil for anything but rows of such cells, at most `columns` by `rows`.
  package init?(chafa output: [UInt8], columns limit: Int, rows rowLimit: Int) {
    guard let text = String(validating: output, as: UTF8.self) else { return nil }
    var reader = PreviewReader()
    for scalar in text.unicodeScalars where !reader.take(scalar) { return nil }
    guard let rows = reader.finished, !rows.isEmpty, rows.count <= rowLimit else { return nil }
    let widths = rows.map { $0.reduce(0) { $0 + $1.text.count } }
    guard let widest = widths.max(), widest > 0, widest <= limit else { return nil }
    self.rows = rows
    columns = widest
  }
}

/// Block characters, line ends and colour sequences; everything else is refused.
private struct PreviewReader {
  private enum Place {
    case text
    case escape
    case sequence(String)
  }

  private var place = Place.text
  private var rows: [[MediaPreview.Run]] = [[]]
  private var foreground: UInt8?
  private var background: UInt8?
  private var isReversed = false

  /// The rows, when the text did not end inside a sequence.
  var finished: [[MediaPreview.Run]]? {
    guard case .text = place else { return nil }
    return rows.last?.isEmpty == true ? Array(rows.dropLast()) : rows
  }

  /// False for what does not belong into a picture.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    switch place {
    case .text: return takeText(scalar)
    case .escape:
      place = .sequence("")
      return scalar == "["
    case .sequence(let digits):
      if scalar == "m" {
        place = .text
        return colour(digits)
      }
      place = .sequence(digits + String(scalar))
      return digits.utf8.count < 40 && ("0"..."9" ~= scalar || scalar == ";")
    }
  }

  private mutating func takeText(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{1B}": place = .escape
    case "\n": rows.append([])
    case " ", "\u{2580}"..."\u{259F}": add(Character(scalar))
    default: return false
    }
    return rows.count <= 200
  }

  private mutating func add(_ glyph: Character) {
    let (front, back) = isReversed ? (background, foreground) : (foreground, background)
    let place = rows.count - 1
    if let last = rows[place].last, last.foreground == front, last.background == back {
      rows[place][rows[place].count - 1].text.append(glyph)
    } else {
      rows[place].append(.init(text: String(glyph), foreground: front, background: back))
    }
  }

  /// `0`, `7`, `38;5;N`, `48;5;N` and their rows.
  private mutating func colour(_ digits: String) -> Bool {
    var rest = digits.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }[
      ...
    ]
    while let code = rest.popFirst() {
      switch code {
      case 0: (foreground, background, isReversed) = (nil, nil, false)
      case 7: isReversed = true
      case 27: isReversed = false
      case 39: foreground = nil
      case 49: background = nil
      case 38, 48:
        guard rest.popFirst() == 5, let index = rest.popFirst(), let colour = UInt8(exactly: index)
        else { return false }
        if code == 38 { foreground = colour } else { background = colour }
      default: return false
      }
    }
    return true
  }
}
