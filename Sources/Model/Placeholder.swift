// `{first_name}`-like gaps of a text: filled by the composer, refused by the send policy while they stand open.

/// A gap: a brace pair around at most 40 letters, digits and underscores.
package struct Placeholder: Equatable, Sendable {
  /// With its braces.
  package var range: Range<String.Index>
  /// Without them.
  package var name: String

  /// As long as a name may be.
  private static let longest = 40

  /// The gap that begins at `place`; nil when none does.
  package init?(in text: String, at place: String.Index) {
    guard place < text.endIndex, text[place] == "{" else { return nil }
    let start = text.index(after: place)
    let most = text.index(start, offsetBy: Self.longest, limitedBy: text.endIndex) ?? text.endIndex
    let end =
      text[start..<most].firstIndex { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? most
    guard end > start, end < text.endIndex, text[end] == "}" else { return nil }
    range = place..<text.index(after: end)
    name = String(text[start..<end])
  }

  /// The first gap that begins at `place` or behind it; asked for at every frame, so only braces are
  /// looked at closely.
  package static func first(in text: String, from place: String.Index) -> Placeholder? {
    var place = place
    while let brace = text.firstBrace(from: place) {
      // A brace that is a part of another character is none.
      if let start = String.Index(brace, within: text), let gap = Self(in: text, at: start) {
        return gap
      }
      place = text.utf8.index(after: brace)
    }
    return nil
  }

  /// The gaps of a text, in order.
  package static func all(in text: String) -> [Placeholder] {
    var found: [Placeholder] = []
    while let gap = first(in: text, from: found.last?.range.upperBound ?? text.startIndex) {
      found.append(gap)
    }
    return found
  }
}

extension String {
  fileprivate func firstBrace(from place: Index) -> Index? {
    let start = utf8.distance(from: startIndex, to: place)
    var text = self
    let found = text.withUTF8 { bytes in
      var offset = start
      while offset < bytes.count, bytes[offset] != 0x7B { offset += 1 }
      return offset
    }
    return found < utf8.count ? utf8.index(startIndex, offsetBy: found) : nil
  }
}
