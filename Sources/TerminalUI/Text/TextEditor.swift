// Text being typed, edited by grapheme with readline's keys: composer, form fields, palette. Pure;
// screens keep one in their state and hand keys to it.

/// What a key did to the text.
package enum EditResult: Equatable, Sendable {
  /// Not a key of the editor, or there was nothing to do at the text's edge.
  case ignored
  case moved
  case changed
}

/// A text with a cursor.
package struct TextEditor: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case multiLine
    case singleLine
    /// One line shown as dots; never copied to the kill buffer.
    case masked
  }

  package let kind: Kind
  package internal(set) var text: String
  /// Where the cursor stands, always between two graphemes.
  package internal(set) var cursor: String.Index
  var killed = ""
  var lastEdit = EditKind.none
  /// The column that moving up and down keeps to.
  var goalColumn: Int?
  var undoStack: [Replacement] = []
  let memo = LineMemo()

  /// The cursor starts at the end.
  package init(kind: Kind = .multiLine, text: String = "") {
    self.kind = kind
    self.text = kind == .multiLine ? text : Self.oneLine(text)
    cursor = self.text.endIndex
  }

  package var isEmpty: Bool { text.isEmpty }

  /// There is an edit to take back.
  package var canUndo: Bool { !undoStack.isEmpty }

  /// Replaces everything; undo brings the old text back.
  package mutating func replace(with text: String) {
    replace(self.text.startIndex..<self.text.endIndex, with: text)
    goalColumn = nil
  }

  /// Replaces a part of the text; the cursor goes behind what was put in.
  package mutating func replace(_ range: Range<String.Index>, with added: String) {
    splice(range, with: kind == .multiLine ? added : Self.oneLine(added), as: .other)
  }

  /// Puts the cursor at a place between two graphemes.
  package mutating func moveCursor(to place: String.Index) {
    cursor = min(place, text.endIndex)
    goalColumn = nil
    lastEdit = .none
  }

  /// Inserts typed or pasted text at the cursor; a single line takes line breaks as blanks.
  package mutating func insert(_ added: String) {
    guard !added.isEmpty else { return }
    let isOne = added.index(after: added.startIndex) == added.endIndex
    let isWord = isOne && added != " " && added != "\n"
    let added = kind == .multiLine ? added : Self.oneLine(added)
    splice(cursor..<cursor, with: added, as: isWord ? .typing : .other)
  }

  /// `width` is the columns that `layout` is shown in: up and down move by shown lines.
  @discardableResult
  package mutating func handle(_ key: Key, width: Int = .max) -> EditResult {
    let isVertical = key == .up || key == .down
    if !isVertical { goalColumn = nil }
    if let result = edit(key) { return result }
    let before = cursor
    guard move(key, width: width) else { return .ignored }
    lastEdit = .none
    return cursor == before ? .ignored : .moved
  }

  /// Nil when `key` isn't one that edits.
  private mutating func edit(_ key: Key) -> EditResult? {
    switch key {
    case .character(let character): insert(String(character))
    case .ctrl("j"), .altEnter:
      guard kind == .multiLine else { return .ignored }
      insert("\n")
    case .backspace: return delete(to: step(-1))
    case .delete, .ctrl("d"): return delete(to: step(1))
    case .ctrl("w"): return kill(to: wordStart(isBlankDelimited: true))
    case .alt("d"): return kill(to: wordEnd())
    case .ctrl("u"):
      let start = lineStart
      return kill(to: start == cursor ? step(-1) : start)
    case .ctrl("k"):
      let end = lineEnd
      return kill(to: end == cursor ? step(1) : end)
    case .ctrl("y"):
      guard !killed.isEmpty else { return .ignored }
      insert(killed)
    case .ctrl("_"): return undo()
    default: return nil
    }
    return .changed
  }

  /// False when `key` isn't one that moves.
  private mutating func move(_ key: Key, width: Int) -> Bool {
    switch key {
    case .left, .ctrl("b"): cursor = step(-1)
    case .right, .ctrl("f"): cursor = step(1)
    case .ctrlLeft, .alt("b"): cursor = wordStart(isBlankDelimited: false)
    case .ctrlRight, .alt("f"): cursor = wordEnd()
    case .home, .ctrl("a"): cursor = lineStart
    case .end, .ctrl("e"): cursor = lineEnd
    case .up: moveVertically(-1, width: width)
    case .down: moveVertically(1, width: width)
    default: return false
    }
    return true
  }

  private mutating func moveVertically(_ lines: Int, width: Int) {
    guard kind == .multiLine else { return }
    let layout = EditorLayout(self, width: width)
    let goal = goalColumn ?? layout.cursor.x
    guard let target = layout.index(column: goal, line: layout.cursor.y + lines) else { return }
    goalColumn = goal
    cursor = target
  }

  private static func oneLine(_ text: String) -> String {
    guard text.contains(where: \.isNewline) else { return text }
    return String(text.map { $0.isNewline ? " " : $0 })
  }
}
