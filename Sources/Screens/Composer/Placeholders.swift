// `{first_name}`-like gaps of saved replies: filled from what is known, named when they are not.

enum Placeholders {
  /// Replaces each known `{name}`; unknown ones stay for a person to fill.
  static func fill(_ body: String, with values: [String: String]) -> String {
    var result = ""
    var rest = Substring(body)
    while let gap = next(in: rest) {
      result += rest[..<gap.range.lowerBound]
      result += values[gap.name] ?? String(rest[gap.range])
      rest = rest[gap.range.upperBound...]
    }
    return result + rest
  }

  /// The gaps left in a text, in order.
  static func unresolved(in text: String) -> [String] {
    var names: [String] = []
    var rest = Substring(text)
    while let gap = next(in: rest) {
      names.append(gap.name)
      rest = rest[gap.range.upperBound...]
    }
    return names
  }

  /// The first gap that begins at `place` or later, else the first of all.
  static func gap(in text: String, from place: String.Index) -> Range<String.Index>? {
    next(in: text[place...])?.range ?? next(in: Substring(text))?.range
  }

  /// A gap is a brace pair around lower-case letters, digits and underscores.
  private static func next(
    in text: Substring
  ) -> (name: String, range: Range<Substring.Index>)? {
    var search = text
    while let open = search.firstIndex(of: "{") {
      let inner = text[text.index(after: open)...]
      let name = inner.prefix { character in
        character == "_" || character.isNumber || (character.isLowercase && character.isASCII)
      }
      if !name.isEmpty, name.endIndex < text.endIndex, text[name.endIndex] == "}" {
        return (String(name), open..<text.index(after: name.endIndex))
      }
      search = inner
    }
    return nil
  }
}
