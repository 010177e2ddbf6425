// `{first_name}`-like gaps of a text: filled by the composer, refused by the send policy while they stand open.

/// A gap: a brace pair around at most 40 letters, digits and underscores.
package struct Placeholder: Equatable, Sendable {
  /// With its braces.
  package var range: Range<String.Index>
  /// Without them.
  package var name: String

  /// The gaps of a text, in order.
  package static func all(in text: some StringProtocol) -> [Placeholder] {
    var found: [Placeholder] = []
    var start: String.Index?
    for index in text.indices {
      let character = text[index]
      if character == "{" {
        start = index
      } else if character == "}", let open = start {
        let name = text[text.index(after: open)..<index]
        if !name.isEmpty, name.count <= 40 {
          found.append(Placeholder(range: open..<text.index(after: index), name: String(name)))
        }
        start = nil
      } else if !character.isLetter, !character.isNumber, character != "_" {
        start = nil
      }
    }
    return found
  }
}
