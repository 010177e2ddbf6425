// What somebody searches for, in words, and where a text has them. The store's index finds by the
// same rules; this marks what was found and reads what is not indexed yet. Pure.

/// A search as it was typed.
package struct SearchTerms: Equatable, Sendable {
  package let text: String
  /// Folded: without capitals and accents.
  let words: [[UInt32]]
  /// The last word may go on: it stands for every word that begins so.
  let isLastOpen: Bool

  /// A whole message pasted into a search says enough by its first words; SQLite takes 256.
  private static let mostWords = 16

  package init(_ text: String) {
    self.text = text
    var words: [[UInt32]] = []
    Self.eachWord(of: text) { word, _ in words.append(word) }
    self.words = Array(words.prefix(Self.mostWords))
    isLastOpen =
      words.count <= Self.mostWords
      && text.unicodeScalars.last.map(LetterFolding.isWordPart) ?? false
  }

  /// Nothing that could be found.
  package var isEmpty: Bool { words.isEmpty }

  /// The words as text, for an index's query.
  package var plainWords: [String] {
    words.map { word in
      String(String.UnicodeScalarView(word.compactMap { Unicode.Scalar($0) }))
    }
  }

  /// Whether the last word is the beginning of one.
  package var endsOpen: Bool { isLastOpen }

  /// The longest run of letters of a script without spaces, as it stands in what is found; nil without.
  ///
  /// The index takes all that stands between two commas there for one word: such a
  /// part is looked for in the texts themselves.
  package var unspacedPart: String? {
    let runs = words.flatMap { word in word.split { !LetterFolding.isUnspaced($0) } }
    guard let longest = runs.max(by: { $0.count < $1.count }) else { return nil }
    return String(String.UnicodeScalarView(longest.compactMap { Unicode.Scalar($0) }))
  }

  /// What a phone number may contain, when it could be one: at least three digits and no letters.
  package var digits: String? {
    let allowed = Set<Character>("0123456789 +-()/.")
    guard text.allSatisfy(allowed.contains) else { return nil }
    var digits = text.filter(\.isNumber)
    // As it is dialled abroad or at home; the store has E.164.
    if digits.hasPrefix("00") {
      digits.removeFirst(2)
    } else if digits.hasPrefix("0") {
      digits.removeFirst()
    }
    return digits.count >= 3 ? digits : nil
  }

  /// A part of a user name or an address: three characters or more.
  package var name: String? {
    // Nor control characters: SQLite ends a text at a NUL.
    let trimmed = String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.value > 0x20 && !$0.properties.isWhitespace }
      )
    )
    let bare = trimmed.hasPrefix("@") ? String(trimmed.dropFirst()) : trimmed
    return bare.count >= 3 && words.count <= 4 ? bare.lowercased() : nil
  }

  /// Whether every word is in the text; a name's words may all be beginnings.
  package func match(_ text: String, asName: Bool = false) -> Bool {
    guard !words.isEmpty else { return false }
    var missing = Set(words.indices)
    Self.eachWord(of: text) { word, _ in
      for index in missing where place(of: index, in: word, asName: asName) != nil {
        missing.remove(index)
      }
    }
    return missing.isEmpty
  }

  /// Where the words stand in a text, in order.
  package func ranges(in text: String, asName: Bool = false) -> [Range<String.Index>] {
    guard !words.isEmpty else { return [] }
    var found: [Range<String.Index>] = []
    Self.eachWord(of: text) { word, range in
      let places = words.indices.compactMap { place(of: $0, in: word, asName: asName) }
      if places.contains(word.indices) {
        found.append(range)
      } else if let first = places.min(by: { $0.lowerBound < $1.lowerBound }) {
        found.append(Self.part(first, of: text, range))
      }
    }
    return found
  }

  /// About a line of the text with the first word found in it.
  package func snippet(of text: String, limit: Int = 160) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    guard let first = ranges(in: line).first else { return String(line.prefix(limit)) }
    // Some words before it say what it is about.
    let lead = 24
    var start = line.startIndex
    if line.distance(from: start, to: first.lowerBound) > lead {
      start = line.index(first.lowerBound, offsetBy: -lead)
      start = line[start...].firstIndex(of: " ").map { line.index(after: $0) } ?? start
      start = min(start, first.lowerBound)
    }
    let cut = String(line[start...].prefix(limit))
    return start == line.startIndex ? cut : "…" + cut
  }

  /// What of a text's word one that is looked for stands for: all of it, or where words have no spaces
  /// between them, the place inside; nil when it isn't that word.
  private func place(of index: Int, in word: [UInt32], asName: Bool) -> Range<Int>? {
    let wanted = words[index]
    if wanted.contains(where: LetterFolding.isUnspaced) {
      return word.firstRange(of: wanted)
    }
    let isOpen = asName || (isLastOpen && index == words.count - 1)
    return (isOpen ? word.starts(with: wanted) : word == wanted) ? word.indices : nil
  }

  /// The part of a word's range that its letters `places` take.
  private static func part(
    _ places: Range<Int>,
    of text: String,
    _ range: Range<String.Index>
  ) -> Range<String.Index> {
    let scalars = text.unicodeScalars[range]
    let letters = scalars.indices.filter { LetterFolding.fold(scalars[$0]) != nil }
    let end = places.upperBound < letters.count ? letters[places.upperBound] : range.upperBound
    return letters[places.lowerBound]..<end
  }

  private static func eachWord(
    of text: String,
    _ body: (_ word: [UInt32], Range<String.Index>) -> Void
  ) {
    let scalars = text.unicodeScalars
    var word: [UInt32] = []
    var start: String.Index?
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      if LetterFolding.isWordPart(scalar) {
        if start == nil { start = index }
        if let letter = LetterFolding.fold(scalar) { word.append(letter) }
      } else if let begin = start {
        if !word.isEmpty { body(word, begin..<index) }
        word = []
        start = nil
      }
      index = scalars.index(after: index)
    }
    if let begin = start, !word.isEmpty { body(word, begin..<scalars.endIndex) }
  }
}
