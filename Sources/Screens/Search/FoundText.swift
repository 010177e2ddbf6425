// Marks the words that were searched for, in the list and in the chat.
import Model
import TerminalUI

extension SearchTerms {
  /// An already harmless line with its words marked.
  func spans(_ line: String, _ style: Style, asName: Bool = false) -> [Span] {
    let found = ranges(in: line, asName: asName)
    guard !found.isEmpty else { return [Span(line, style)] }
    var spans: [Span] = []
    var place = line.startIndex
    for range in found {
      if place < range.lowerBound {
        spans.append(Span(String(line[place..<range.lowerBound]), style))
      }
      spans.append(Span(String(line[range]), Theme.found))
      place = range.upperBound
    }
    if place < line.endIndex { spans.append(Span(String(line[place...]), style)) }
    return spans
  }
}
