// How long a text may be on each channel, by the provider's own measure, and where a longer one is cut. The
// composer counts by it while somebody types; the gate refuses by it.

package struct TextLimit: Sendable {
  package enum Unit: String, Sendable {
    case characters, bytes
  }

  package var most: Int
  package var unit: Unit

  /// Characters in a WhatsApp text (Meta, "Text messages" page, 2026).
  package static let whatsApp = TextLimit(most: 4096, unit: .characters)
  /// Bytes of UTF-8 in an Instagram text (Meta, Instagram "Send messages" page, 2026).
  package static let instagram = TextLimit(most: 1000, unit: .bytes)
  /// Characters in a Messenger text (Meta, Messenger Send API, 2026).
  package static let messenger = TextLimit(most: 2000, unit: .characters)

  /// Nil where there is none.
  package static func of(_ kind: ChannelKind) -> TextLimit? {
    switch kind {
    case .whatsapp: whatsApp
    case .instagram: instagram
    case .messenger: messenger
    case .leadAds, .email, .sms: nil
    }
  }

  package init(most: Int, unit: Unit) {
    self.most = most
    self.unit = unit
  }

  package func measure(_ text: some StringProtocol) -> Int {
    switch unit {
    case .characters: text.unicodeScalars.count
    case .bytes: text.utf8.count
    }
  }

  package func allows(_ text: String) -> Bool { measure(text) <= most }

  /// The text in parts that fit, cut after a paragraph, else a sentence, else a word, never inside
  /// what a reader takes for one character.
  ///
  /// Nothing but blanks at the cuts is lost. A single character that is longer than a whole message
  /// (thousands of combining marks) is cut between its scalars: it is no word of anybody's.
  package func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var rest = text[...].trimmedBlanks
    while measure(rest) > most {
      let end = cut(rest)
      let part = rest[..<end].trimmedBlanks
      if !part.isEmpty { parts.append(String(part)) }
      rest = rest[end...].trimmedBlanks
    }
    if !rest.isEmpty { parts.append(String(rest)) }
    return parts
  }

  /// Where the first part of `text` ends; always past its start.
  private func cut(_ text: Substring) -> Substring.Index {
    var used = 0
    var end = text.startIndex
    var paragraph: Substring.Index?
    var sentence: Substring.Index?
    var word: Substring.Index?
    var previous: Character?
    for index in text.indices {
      let character = text[index]
      let size = measure(text[index...index])
      guard used + size <= most else { break }
      used += size
      let next = text.index(after: index)
      if character.isNewline { paragraph = next }
      if character.isWhitespace {
        word = next
        if let previous, ".!?…。！？".contains(previous) { sentence = next }
      } else if "。！？".contains(character) {
        sentence = next
      }
      previous = character
      end = next
    }
    guard end > text.startIndex else { return cutScalars(text) }
    // A cut in the first half would make a very short part; then the finer cut is the better one.
    let half = text.index(text.startIndex, offsetBy: text[..<end].count / 2)
    return [paragraph, sentence, word].compactMap { $0 }.first { $0 > half } ?? word ?? end
  }

  private func cutScalars(_ text: Substring) -> Substring.Index {
    var used = 0
    for index in text.unicodeScalars.indices {
      let next = text.unicodeScalars.index(after: index)
      used += measure(text[index..<next])
      if used > most { return index > text.startIndex ? index : next }
    }
    return text.endIndex
  }
}

extension Substring {
  fileprivate var trimmedBlanks: Substring {
    var rest = self
    while rest.first?.isWhitespace ?? false { rest.removeFirst() }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return rest
  }
}
