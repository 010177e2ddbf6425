// How `TextEditor` changes its text: splicing by grapheme, killing, undo, word and line edges.

/// Edits of one kind in a row are undone together.
enum EditKind: Equatable, Sendable {
  case none, typing, deleting, killing, other
}

/// What was put in the place of what: enough to take an edit back.
struct Replacement: Equatable, Sendable {
  /// Where it stands now, in bytes.
  var added: Range<Int>
  var removed: String
  /// Where the cursor was.
  let cursor: Int

  /// Makes one of this edit and the next, in which `count` bytes take the place of `range` in `text`.
  mutating func join(_ range: Range<Int>, count: Int, in text: String) {
    let start = min(added.lowerBound, range.lowerBound)
    let end = max(added.upperBound, range.upperBound)
    removed = text[text.range(start..<added.lowerBound)] + removed
    removed += text[text.range(added.upperBound..<end)]
    added = start..<end - range.count + count
  }
}

extension TextEditor {
  /// Enough to get a mistake back, little enough to forget.
  private static let undoDepth = 200
  /// Bytes that may be taken back, but for the last edit's: any number of whole texts would be many.
  private static let undoBytes = 4 << 20

  /// Replaces `range` and leaves the cursor behind what was put in.
  mutating func splice(_ range: Range<String.Index>, with added: String, as edit: EditKind) {
    let bytes = text.offset(range.lowerBound)..<text.offset(range.upperBound)
    remember(edit, replaced: bytes, added: added.utf8.count)
    splice(bytes, with: added)
    cursor = boundary(at: bytes.lowerBound + added.utf8.count)
  }

  private mutating func splice(_ range: Range<Int>, with added: String) {
    text.replaceSubrange(text.range(range), with: added)
  }

  /// The first place between graphemes at or after a byte offset: an accent may have joined the
  /// letter before or after.
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
    splice(min(place, cursor)..<max(place, cursor), with: "", as: .deleting)
    return .changed
  }

  /// Deletes and keeps what was deleted for Ctrl-Y; kills in a row add up.
  mutating func kill(to place: String.Index) -> EditResult {
    guard place != cursor else { return .ignored }
    let range = min(place, cursor)..<max(place, cursor)
    let cut = String(text[range])
    let continues = lastEdit == .killing
    if kind != .masked {
      let isBackward = place < cursor
      let kept = continues ? killed : ""
      killed = isBackward ? cut + kept : kept + cut
    }
    splice(range, with: "", as: .killing)
    return .changed
  }

  private mutating func remember(_ edit: EditKind, replaced: Range<Int>, added: Int) {
    let continues = edit == lastEdit && (edit == .typing || edit == .deleting)
    lastEdit = edit
    if continues, !undoStack.isEmpty {
      return undoStack[undoStack.count - 1].join(replaced, count: added, in: text)
    }
    undoStack.append(
      Replacement(
        added: replaced.lowerBound..<replaced.lowerBound + added,
        removed: String(text[text.range(replaced)]),
        cursor: text.offset(cursor)
      )
    )
    var kept = undoStack.reduce(0) { $0 + $1.removed.utf8.count }
    while undoStack.count > Self.undoDepth || (kept > Self.undoBytes && undoStack.count > 1) {
      kept -= undoStack.removeFirst().removed.utf8.count
    }
  }

  mutating func undo() -> EditResult {
    guard let last = undoStack.popLast() else { return .ignored }
    splice(last.added, with: last.removed)
    cursor = boundary(at: last.cursor)
    lastEdit = .none
    return .changed
  }

  /// One grapheme on or back, the same place at the text's edge.
  func step(_ count: Int) -> String.Index {
    if count < 0 { return cursor > text.startIndex ? text.index(before: cursor) : cursor }
    return cursor < text.endIndex ? text.index(after: cursor) : cursor
  }

  /// Looked for in the bytes: a paragraph may be long, and no newline is a part of another character
  /// but the one after a carriage return, where the cursor never stands between.
  var lineStart: String.Index {
    var text = text
    let place = text.offset(cursor)
    return self.text.index(text.withUTF8 { $0.lastNewline(before: place) })
  }

  var lineEnd: String.Index {
    var text = text
    let place = text.offset(cursor)
    return self.text.index(text.withUTF8 { $0.firstNewline(from: place) })
  }

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

extension UnsafeBufferPointer<UInt8> {
  /// Where the last line that begins at `end` or before does.
  fileprivate func lastNewline(before end: Int) -> Int {
    var offset = end
    while offset > 0, !endsNewline(offset - 1) { offset -= 1 }
    return offset
  }

  /// Where the next newline stands, else the end.
  fileprivate func firstNewline(from start: Int) -> Int {
    var offset = start
    while offset < count, !endsNewline(offset) { offset += 1 }
    guard offset < count, self[offset] >= 0x80 else { return offset }
    return offset - (self[offset] == 0x85 ? 1 : 2)
  }

  /// LF, VT, FF, CR, NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR.
  private func endsNewline(_ offset: Int) -> Bool {
    switch self[offset] {
    case 0x0A, 0x0B, 0x0C, 0x0D: true
    case 0x85: offset > 0 && self[offset - 1] == 0xC2
    case 0xA8, 0xA9: offset > 1 && self[offset - 1] == 0x80 && self[offset - 2] == 0xE2
    default: false
    }
  }
}
