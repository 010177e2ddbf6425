// A line of text being typed: a form's field, a search, a prompt. A value; its owner draws it.

/// Text with a cursor, edited readline style.
package struct Field: Equatable, Sendable {
  package private(set) var text: String
  /// Characters before the cursor.
  package private(set) var cursor: Int

  package init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }

  package var isEmpty: Bool { text.isEmpty }

  package mutating func insert(_ new: String) {
    let place = index(cursor)
    let head = text[..<place] + new
    let combined = head + text[place...]
    // A combining mark may join what stands before it: count what really is there.
    cursor = head.count
    text = String(combined)
    cursor = min(cursor, text.count)
  }

  /// True when the key was an editing key.
  package mutating func press(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace: remove(from: cursor - 1, to: cursor)
    case .delete, .ctrl("d"): remove(from: cursor, to: cursor + 1)
    case .left, .ctrl("b"): cursor = max(0, cursor - 1)
    case .right, .ctrl("f"): cursor = min(text.count, cursor + 1)
    case .home, .ctrl("a"): cursor = 0
    case .end, .ctrl("e"): cursor = text.count
    case .ctrl("u"): remove(from: 0, to: cursor)
    case .ctrl("k"): remove(from: cursor, to: text.count)
    case .ctrl("w"): remove(from: wordStart, to: cursor)
    default: return false
    }
    return true
  }

  /// The text's part that fits `width` columns with the cursor in it, and the cursor's column.
  package func visible(width: Int, isMasked: Bool = false) -> (text: String, column: Int) {
    let shown = isMasked ? String(repeating: "•", count: text.count) : text
    let all = Array(shown)
    var start = min(cursor, all.count)
    var column = 0
    while start > 0, column + Width.of(all[start - 1]) < width {
      start -= 1
      column += Width.of(all[start])
    }
    return (String(all[start...]), min(column, max(0, width - 1)))
  }

  private var wordStart: Int {
    let head = Array(text.prefix(cursor))
    var place = head.count
    while place > 0, head[place - 1] == " " { place -= 1 }
    while place > 0, head[place - 1] != " " { place -= 1 }
    return place
  }

  private mutating func remove(from: Int, to: Int) {
    let first = max(0, from)
    let last = min(to, text.count)
    guard first < last else { return }
    text.removeSubrange(index(first)..<index(last))
    cursor = min(first, text.count)
  }

  private func index(_ offset: Int) -> String.Index {
    text.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex) ?? text.endIndex
  }
}
