// The editor by example and by property: no text lost, the cursor always between graphemes.
import Testing

@testable import TerminalUI

@Suite struct TextEditorTests {
  private func typed(_ text: String, kind: TextEditor.Kind = .multiLine) -> TextEditor {
    TextEditor(kind: kind, text: text)
  }

  private func press(_ editor: inout TextEditor, _ keys: Key..., width: Int = 80) {
    for key in keys { editor.handle(key, width: width) }
  }

  @Test func typesAndDeletesWholeGraphemes() {
    var editor = typed("a👨‍👩‍👧e\u{301}")
    press(&editor, .backspace)
    #expect(editor.text == "a👨‍👩‍👧")
    press(&editor, .backspace, .character("b"))
    #expect(editor.text == "ab")
    press(&editor, .home, .delete)
    #expect(editor.text == "b")
    #expect(editor.handle(.backspace) == .ignored)
  }

  @Test func anAccentJoinsTheLetterBefore() {
    var editor = typed("ex")
    press(&editor, .left, .character("\u{301}"))
    #expect(editor.text == "e\u{301}x")
    #expect(editor.text[editor.cursor...] == "x")
  }

  @Test func movesAndKillsByWordAndLine() {
    var editor = typed("one two-three\nfour")
    press(&editor, .up, .ctrl("e"), .alt("b"))
    #expect(editor.text[editor.cursor...].hasPrefix("three"))
    press(&editor, .ctrl("w"))
    #expect(editor.text == "one three\nfour")
    press(&editor, .ctrl("k"), .ctrl("k"))
    #expect(editor.text == "one four")
    press(&editor, .end, .ctrl("y"))
    #expect(editor.text == "one fourtwo-three\n")
    press(&editor, .ctrl("_"), .ctrl("a"), .alt("d"), .delete)
    #expect(editor.text == "four")
  }

  @Test func killsInARowComeBackTogether() {
    var editor = typed("alpha beta gamma")
    press(&editor, .ctrl("w"), .ctrl("w"), .ctrl("y"))
    #expect(editor.text == "alpha beta gamma")
  }

  @Test func undoTakesBackAWordAtATime() {
    var editor = TextEditor()
    for character in "hello you" { press(&editor, .character(character)) }
    press(&editor, .ctrl("_"))
    #expect(editor.text == "hello ")
    press(&editor, .ctrl("_"), .ctrl("_"))
    #expect(editor.text == "")
    #expect(editor.handle(.ctrl("_")) == .ignored)
  }

  @Test func clearedTextComesBackByUndo() {
    var editor = typed("a draft")
    editor.replace(with: "")
    press(&editor, .ctrl("_"))
    #expect(editor.text == "a draft")
  }

  @Test func verticalMovesKeepTheColumn() {
    var editor = typed("abcdef\nx\nabcdef")
    press(&editor, .left, .left, .up)
    #expect(editor.layout(width: 80).cursor == Point(x: 1, y: 1))
    press(&editor, .up)
    #expect(editor.layout(width: 80).cursor == Point(x: 4, y: 0))
    #expect(editor.handle(.up, width: 80) == .ignored)
  }

  @Test func verticalMovesFollowShownLines() {
    var editor = typed("one two three four")
    #expect(editor.layout(width: 9).lines == ["one two ", "three ", "four"])
    press(&editor, .up, width: 9)
    #expect(editor.layout(width: 9).cursor == Point(x: 4, y: 1))
    press(&editor, .down, width: 9)
    #expect(editor.layout(width: 9).cursor == Point(x: 4, y: 2))
  }

  @Test func pasteKeepsLinesOnlyWhereThereAreLines() {
    var many = TextEditor()
    many.insert("a\nb")
    #expect(many.text == "a\nb")
    var one = TextEditor(kind: .singleLine)
    one.insert("a\nb")
    #expect(one.text == "a b")
    #expect(one.handle(.altEnter) == .ignored && one.handle(.enter) == .ignored)
  }

  @Test func masksAndNeverKeepsAPassword() {
    var editor = typed("s3cret word", kind: .masked)
    #expect(editor.layout(width: 40).lines == ["•••••••••••"])
    press(&editor, .ctrl("w"))
    #expect(editor.isEmpty)
    #expect(editor.handle(.ctrl("y")) == .ignored)
  }

  @Test func aSingleLineScrollsToItsCursor() {
    var editor = typed("abcdefgh", kind: .singleLine)
    #expect(editor.layout(width: 4).lines == ["fgh"])
    #expect(editor.layout(width: 4).cursor == Point(x: 3, y: 0))
    press(&editor, .home)
    #expect(editor.layout(width: 4).lines == ["abcd"])
    #expect(editor.layout(width: 4).cursor == Point(x: 0, y: 0))
  }

  @Test func showsTheLinesAroundTheCursor() {
    var editor = typed("a\nb\nc\nd")
    #expect(editor.layout(width: 9).visible(rows: 2).lines == ["c", "d"])
    press(&editor, .up, .up, .up)
    let visible = editor.layout(width: 9).visible(rows: 2)
    #expect(visible.lines == ["a", "b"] && visible.cursor == Point(x: 1, y: 0))
  }

  @Test func randomEditingKeepsItsPromises() {
    var random = SampleText(seed: 5)
    let keys: [Key] = [
      .left, .right, .up, .down, .home, .end, .ctrlLeft, .ctrlRight, .backspace, .delete,
      .ctrl("w"), .ctrl("k"), .ctrl("u"), .ctrl("y"), .ctrl("_"), .ctrl("j"), .alt("d"),
    ]
    for _ in 0..<300 {
      var editor = TextEditor(kind: random.number(in: 0..<2) == 0 ? .multiLine : .singleLine)
      let width = random.number(in: 3..<24)
      for _ in 0..<25 {
        if random.number(in: 0..<2) == 0 {
          insertExactly(random.piece(), into: &editor)
        } else {
          editor.handle(keys[random.number(in: 0..<keys.count)], width: width)
        }
        expectSound(editor, width: width)
      }
    }
  }

  /// Inserting adds the piece at the cursor and loses nothing around it.
  private func insertExactly(_ piece: String, into editor: inout TextEditor) {
    let before = Array(editor.text[..<editor.cursor].utf8)
    let after = Array(editor.text[editor.cursor...].utf8)
    editor.insert(piece)
    let all = Array(editor.text.utf8)
    #expect(all.starts(with: before) && all.suffix(after.count).elementsEqual(after))
    if editor.kind == .multiLine {
      #expect(all.count == before.count + piece.utf8.count + after.count)
    }
  }

  private func expectSound(_ editor: TextEditor, width: Int) {
    #expect(editor.cursor == editor.text.endIndex || editor.text.indices.contains(editor.cursor))
    let layout = editor.layout(width: width)
    #expect((0..<width).contains(layout.cursor.x))
    #expect(layout.lines.indices.contains(layout.cursor.y))
    for line in layout.lines {
      var shown = line[...]
      while shown.last == " " { shown.removeLast() }
      #expect(Width.of(shown) <= width)
    }
  }
  @Test func linesAreCountedAsTheyAreLaidOut() {
    for text in [
      "", "a", "one two three four", "é漢字👍", "a\nb", "tail\n", "\u{2028}x", "12345", "123456",
    ] {
      for width in [1, 2, 5, 6, 7, 20] {
        let editor = TextEditor(text: text)
        #expect(
          editor.lineCount(width: width) == editor.layout(width: width).lines.count,
          "\(text)"
        )
      }
    }
  }

  /// An editor breaks only the lines around an edit anew: they are those of the text as a whole.
  @Test func linesAfterAnEditAreThoseOfTheWholeText() {
    var random = SampleText(seed: 11)
    for _ in 0..<400 {
      let widths = [2, 3, random.number(in: 4..<12), random.number(in: 12..<80)]
      var editor = TextEditor(text: random.text(0..<60))
      for _ in 0..<12 {
        change(&editor, &random)
        let width = widths[random.number(in: 0..<widths.count)]
        let fresh = TextEditor(text: editor.text)
        expectSame(editor.layout(width: width), fresh.layout(width: width), editor.text, width)
      }
    }
  }

  private func change(_ editor: inout TextEditor, _ random: inout SampleText) {
    let indices = Array(editor.text.indices) + [editor.text.endIndex]
    editor.moveCursor(to: indices[random.number(in: 0..<indices.count)])
    switch random.number(in: 0..<6) {
    case 0: editor.handle(.ctrl("k"))
    case 1: editor.handle(.ctrl("w"))
    case 2: editor.handle(.backspace)
    case 3: editor.handle(.ctrl("_"))
    case 4: editor.insert(["\u{301}", "\u{1F1E9}", "\u{200D}", "\r"][random.number(in: 0..<4)])
    default: editor.insert(random.text(1..<4))
    }
  }

  private func expectSame(
    _ layout: EditorLayout,
    _ fresh: EditorLayout,
    _ text: String,
    _ width: Int
  ) {
    #expect(layout.lines == fresh.lines, "\(text.debugDescription) in \(width) columns")
  }

  @Test func undoGoesBackTheWholeWay() {
    var random = SampleText(seed: 13)
    for _ in 0..<200 {
      let text = random.text(0..<40)
      var editor = TextEditor(text: text)
      for _ in 0..<60 where editor.undoStack.count < 150 { change(&editor, &random) }
      while editor.canUndo { press(&editor, .ctrl("_")) }
      #expect(Array(editor.text.utf8) == Array(text.utf8), "\(text.debugDescription)")
    }
  }

  @Test func whatUndoKeepsIsBounded() {
    let text = String(repeating: "a draft of many words ", count: 20_000)
    var editor = typed(text)
    for _ in 0..<60 {
      editor.replace(with: "")
      editor.replace(with: text)
    }
    #expect(editor.undoStack.reduce(0) { $0 + $1.removed.utf8.count } <= 4 << 20)
    press(&editor, .ctrl("_"))
    #expect(editor.isEmpty)
    press(&editor, .ctrl("_"))
    #expect(editor.text == text)
  }

  @Test func homeAndEndStopAtEveryKindOfNewline() {
    var random = SampleText(seed: 14)
    for _ in 0..<300 {
      let breaks = ["\n", "\r\n", "\r", "\u{0B}", "\u{85}", "\u{2028}", "\u{2029}", "…", "¨"]
      let text =
        random.text(0..<5) + breaks[random.number(in: 0..<breaks.count)] + random.text(0..<5)
      let places = Array(text.indices) + [text.endIndex]
      var editor = typed(text)
      editor.moveCursor(to: places[random.number(in: 0..<places.count)])
      let before = text[..<editor.cursor].lastIndex(where: \.isNewline)
      #expect(editor.lineStart == before.map { text.index(after: $0) } ?? text.startIndex)
      let end = text[editor.cursor...].firstIndex(where: \.isNewline) ?? text.endIndex
      #expect(editor.lineEnd == end)
    }
  }
}
