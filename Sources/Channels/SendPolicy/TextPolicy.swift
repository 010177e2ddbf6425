// Is this text fit to be sent? Length by the provider's own measure, something in it, and no
// placeholder left open. Pure.
import Model

extension SendPolicy {
  /// `open(until: nil)`, or why the text can't go.
  package static func textVerdict(kind: ChannelKind, text: String) -> SendVerdict {
    guard text.contains(where: { !$0.isWhitespace }) else {
      return .closed(rule: "empty", text: "The message is empty: write something first")
    }
    if let placeholder = placeholders(in: text).first {
      return .closed(rule: "placeholder", text: "\(placeholder) is not filled in: replace it first")
    }
    guard let limit = TextLimit.of(kind), !limit.allows(text) else { return .open(until: nil) }
    return .closed(
      rule: "too_long",
      text: "\(limit.measure(text)) \(limit.unit.rawValue), \(kind.title) takes \(limit.most): "
        + "shorten it, or send it in parts"
    )
  }

  /// Placeholders such as `{name}` or `{{1}}` that still stand in a text, in order.
  package static func placeholders(in text: String) -> [String] {
    var found: [String] = []
    var start: String.Index?
    for index in text.indices {
      let character = text[index]
      if character == "{" {
        start = index
      } else if character == "}", let open = start {
        let name = text[text.index(after: open)..<index]
        if !name.isEmpty, name.count <= 40 { found.append(String(text[open...index])) }
        start = nil
      } else if !character.isLetter, !character.isNumber, character != "_" {
        start = nil
      }
    }
    return found
  }
}
