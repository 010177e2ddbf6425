// Is this text fit to be sent? Length by the provider's own measure, something in it, and no
// placeholder left open. Pure.
import Model

extension SendPolicy {
  /// `open(until: nil)`, or why the text can't go.
  package static func textVerdict(kind: ChannelKind, text: String) -> SendVerdict {
    guard text.contains(where: { !$0.isWhitespace }) else {
      return .closed(rule: "empty", text: "The message is empty: write something first")
    }
    if let gap = Placeholder.all(in: text).first {
      return .closed(rule: "placeholder", text: "{\(gap.name)} is not filled in: replace it first")
    }
    guard let limit = TextLimit.of(kind), !limit.allows(text) else { return .open(until: nil) }
    return .closed(
      rule: "too_long",
      text: "\(limit.measure(text)) \(limit.unit.rawValue), \(kind.title) takes \(limit.most): "
        + "shorten it, or send it in parts"
    )
  }
}
