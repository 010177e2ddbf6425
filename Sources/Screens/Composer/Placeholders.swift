// The gaps of saved replies: filled from what is known, named when they are not.
import Model

enum Placeholders {
  /// Replaces each known `{name}`; unknown ones stay for a person to fill.
  static func fill(_ body: String, with values: [String: String]) -> String {
    var result = ""
    var rest = body.startIndex
    for gap in Placeholder.all(in: body) {
      result += body[rest..<gap.range.lowerBound]
      result += values[gap.name] ?? String(body[gap.range])
      rest = gap.range.upperBound
    }
    return result + body[rest...]
  }

  /// The first gap that begins at `place` or later, else the first of all.
  static func gap(in text: String, from place: String.Index) -> Range<String.Index>? {
    let gap =
      Placeholder.first(in: text, from: place) ?? Placeholder.first(in: text, from: text.startIndex)
    return gap?.range
  }
}
