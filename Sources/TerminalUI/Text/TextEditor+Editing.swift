// How `TextEditor` changes its text: splicing by grapheme, killing, undo, word and line edges.

/// Edits of one kind in a row are undone together.
enum EditKind: Equatable, Sendable {
  case none, typing, deleting, killing, other
}

struct Snapshot: Equatable, Sendable {
  var text: String
  var cursor: Int
}

extension TextEditor {
  /// Enough to get a mistake back, little enough to forget.
  private static let undoDepth = 200
  /// In all: each keeps the whole text.
  private static let undoBytes = 8 << 20

  /// Replaces `range` and leaves the cursor behind what was put in.
  ///
  /// An accent may join the letter before or after: the cursor goes to the next whole grapheme.
  mutating func splice(_ range: Range<String.Index>, with added: String) {
    let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    text.replaceSubrange(range, with: added)
    cursor = boundary(at: start + added.utf8.count)
  }

  /// The first place between graphemes at or after a byte offset.
  private func boundary(at offset: Int) -> String.Index {
    let utf8 = text.utf8
    let limit = utf8.endIndex
    var index = utf8.index(utf8.startIndex, offsetBy: offset, limitedBy: limit) ?? limit
    while index < limit, String.Index(index, within: text) == nil {
      index = utf8.index(after: index)
    }
    return index
  }

  mutating func delete(to place: String.Index) -> EditResult {
    guard place != cursor else { return .ignored }
    remember(.deleting)
    splice(min(place, cursor)..<max(place, cursor), with: "")
    return .changed
  }

  /// Deletes and keeps what was deleted for Ctrl-Y; kills in a row add up.
  mutating func kill(to place: String.Index) -> EditResult {
    guard place != cursor else { return .ignored }
    let range = min(place, cursor)..<max(place, cursor)
    let cut = String(text[range])
    let continues = lastEdit == .killing
    remember(.killing)
    if kind != .masked {
      let isBackward = place < cursor
      let kept = continues ? killed : ""
      killed = isBackward ? cut + kept : kept + cut
    }
    splice(range, with: "")
    return .changed
  }

  mutating func remember(_ edit: EditKind) {
    defer { lastEdit = edit }
    if edit == lastEdit && (edit == .typing || edit == .deleting) { return }
    if undoStack.count >= Self.undoDepth { undoStack.removeFirst() }
    var kept = undoStack.reduce(text.utf8.count) { $0 + $1.text.utf8.count }
    while kept > Self.undoBytes, let oldest = undoStack.first {
      kept -= oldest.text.utf8.count
      undoStack.removeFirst()
    }
    let offset = text.utf8.distance(from: text.startIndex, to: cursor)
    undoStack.append(Snapshot(text: text, cursor: offset))
  }

  mutating func undo() -> EditResult {
    guard let before = undoStack.popLast() else { return .ignored }
    text = before.text
    cursor = boundary(at: before.cursor)
    lastEdit = .none
    return .changed
  }

  /// One grapheme on or back, the same place at the text's edge.
  func step(_ count: Int) -> String.Index {
    if count < 0 { return cursor > text.startIndex ? text.index(before: cursor) : cursor }
    return cursor < text.endIndex ? text.index(after: cursor) : cursor
  }

  var lineStart: String.Index {
    text[..<cursor].lastIndex(where: \.isNewline).map { text.index(after: $0) } ?? text.startIndex
  }

  var lineEnd: String.Index { text[cursor...].firstIndex(where: \.isNewline) ?? text.endIndex }

  func wordStart(isBlankDelimited: Bool) -> String.Index {
    // What a hidden text's words are is nobody's business: the whole line is one.
    if kind == .masked { return text.startIndex }
    var index = cursor
    var isInWord = false
    while index > text.startIndex {
      let before = text.index(before: index)
      let isPart = Self.isWordPart(text[before], isBlankDelimited)
      if isInWord && !isPart { break }
      isInWord = isInWord || isPart
      index = before
    }
    return index
  }

  func wordEnd() -> String.Index {
    if kind == .masked { return text.endIndex }
    var index = cursor
    var isInWord = false
    while index < text.endIndex {
      let isPart = Self.isWordPart(text[index], false)
      if isInWord && !isPart { break }
      isInWord = isInWord || isPart
      index = text.index(after: index)
    }
    return index
  }

  private static func isWordPart(_ character: Character, _ isBlankDelimited: Bool) -> Bool {
    isBlankDelimited
      ? !character.isWhitespace
      : character.isLetter || character.isNumber || character == "_"
  }
}
