// Text without what stands around it by accident.

extension StringProtocol {
  /// Without white space at either end.
  package var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace ?? false { rest.removeFirst() }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return String(rest)
  }

  /// As a message leaves: without white space at its end and newlines at its start, where blanks are meant.
  package var trimmedMessage: String {
    var rest = self[...]
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    while rest.first?.isNewline ?? false { rest.removeFirst() }
    return String(rest)
  }
}
