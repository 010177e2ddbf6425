// Breaks harmless text into lines of a width, by grapheme: a wide character is never split, a word
// only when it is longer than the line. Called by views and by the text editor. Pure; any thread.

/// Word wrapping and cutting.
package enum Wrap {
  /// The lines of `text` in `width` columns, without the blanks a line was broken at.
  ///
  /// Leading blanks stay. An empty text is one empty line. A character wider than `width` stands
  /// alone on its line.
  package static func lines(_ text: String, width: Int) -> [Substring] {
    var breaker = LineBreaker(start: text.startIndex, width: width)
    if text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) {
      var index = text.startIndex
      for byte in text.utf8 {
        let next = text.utf8.index(after: index)
        breaker.add(from: index, to: next, kind: .init(ascii: byte))
        index = next
      }
    } else if text.unicodeScalars.allSatisfy({ $0.standsAlone || $0.value == 0x0A }) {
      let scalars = text.unicodeScalars
      var index = text.startIndex
      while index < text.endIndex {
        let next = scalars.index(after: index)
        breaker.add(from: index, to: next, kind: .init(scalars[index]))
        index = next
      }
    } else {
      var index = text.startIndex
      while index < text.endIndex {
        let next = text.index(after: index)
        breaker.add(from: index, to: next, kind: .init(text[index]))
        index = next
      }
    }
    return breaker.finished(at: text.endIndex).map { text[$0].droppingTrailingSpaces() }
  }

  /// `text` if it fits, else as much as fits with `…` at its end.
  package static func truncate(_ text: String, to columns: Int) -> String {
    guard columns > 0 else { return "" }
    // No code point takes more columns than bytes.
    if text.utf8.count <= columns { return text }
    if let end = asciiCut(text, at: columns) { return text[..<end] + "…" }
    var used = 0
    var cut = text.startIndex
    for index in text.indices {
      if used < columns { cut = index }
      let next = used + Width.of(text[index])
      if next > columns { return text[..<cut] + "…" }
      used = next
    }
    return text
  }
}

extension Wrap {
  /// Where to cut a text whose first `columns` bytes and the next are plain letters.
  ///
  /// Most are, and finding the edges of graphemes costs more than all the rest of a list.
  private static func asciiCut(_ text: String, at columns: Int) -> String.Index? {
    let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes[...columns].allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
    return isPlain == true ? text.utf8.index(text.startIndex, offsetBy: columns - 1) : nil
  }
}

extension String {
  /// The place of an offset in bytes.
  func index(_ offset: Int) -> Index { utf8.index(startIndex, offsetBy: offset) }

  func range(_ offsets: Range<Int>) -> Range<Index> {
    index(offsets.lowerBound)..<index(offsets.upperBound)
  }

  /// How many bytes stand before a place.
  func offset(_ place: Index) -> Int { utf8.distance(from: startIndex, to: place) }
}

extension Substring {
  fileprivate func droppingTrailingSpaces() -> Substring {
    var rest = self
    while rest.utf8.last == 0x20 { rest = rest[..<rest.utf8.index(before: rest.endIndex)] }
    return rest
  }
}
