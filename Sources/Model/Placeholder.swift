// `{first_name}`-like gaps of a text: filled by the composer, refused by the send policy while they stand open.

/// A gap: a brace pair around at most 40 letters, digits and underscores.
package struct Placeholder: Equatable, Sendable {
  /// With its braces.
  package var range: Range<String.Index>
  /// Without them.
  package var name: String

  /// As long as a name may be.
  private static let longest = 40

  /// The gaps of a text, in order; asked for at every key, so only braces are looked at closely.
  package static func all(in text: some StringProtocol) -> [Placeholder] {
    var found: [Placeholder] = []
    var rest = text.startIndex
    while let open = text.utf8[rest...].firstIndex(of: UInt8(ascii: "{")) {
      rest = text.utf8.index(after: open)
      guard text[open] == "{", let name = name(in: text, after: open) else { continue }
      rest = text.index(after: name.upperBound)
      found.append(Placeholder(range: open..<rest, name: String(text[name])))
    }
    return found
  }

  /// The name between a brace and the one that closes it.
  private static func name(
    in text: some StringProtocol,
    after open: String.Index
  ) -> Range<String.Index>? {
    let start = text.index(after: open)
    var index = start
    for _ in 0...longest where index < text.endIndex {
      let character = text[index]
      if character == "}" { return index > start ? start..<index : nil }
      guard character.isLetter || character.isNumber || character == "_" else { return nil }
      index = text.index(after: index)
    }
    return nil
  }
}
