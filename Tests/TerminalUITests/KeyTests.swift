// Key notation both ways, and sequences of keys.
import Testing

@testable import TerminalUI

@Suite struct KeyNotationTests {
  @Test(arguments: [
    ("j", Key.character("j")), ("G", .character("G")), ("<C-d>", .ctrl("d")), ("<A-b>", .alt("b")),
    ("<Enter>", .enter), ("<Esc>", .escape), ("<S-Tab>", .backTab), ("<Space>", .character(" ")),
    ("<lt>", .character("<")), ("<C-Left>", .ctrlLeft), ("<C-_>", .ctrl("_")),
    ("?", .character("?")),
    ("<PgDn>", .pageDown), ("é", .character("é")),
  ])
  func readsAndWrites(notation: String, key: Key) {
    #expect(Key(notation: notation) == key)
    #expect(key.notation == notation)
  }

  @Test func refusesWhatIsNoKey() {
    for text in ["", " ", "ab", "<>", "<C->", "<Nope>", "<X-a>"] {
      #expect(Key(notation: text) == nil, "\(text)")
    }
    #expect(KeySequence(notation: "g <Nope>") == nil)
    #expect(KeySequence(notation: "  ") == nil)
  }

  @Test func labelsForPeople() {
    #expect(KeySequence(notation: "g <C-d>")?.label == "g Ctrl-D")
    #expect(KeySequence(notation: "g i")?.notation == "g i")
  }
}

@Suite struct KeyMapTests {
  private func map() throws -> KeyMap<String> {
    var map = KeyMap<String>()
    for (keys, action) in [
      ("j", "down"), ("g g", "top"), ("g i", "inbox"), ("<C-x> <C-e>", "edit"),
    ] {
      map.bind(try #require(KeySequence(notation: keys)), to: action)
    }
    return map
  }

  @Test func followsSequences() throws {
    let map = try map()
    var reader = KeyReader()
    #expect(reader.press(.character("j"), in: map) == .action("down"))
    #expect(reader.press(.character("g"), in: map) == .pending)
    #expect(reader.pending == [.character("g")])
    #expect(reader.press(.character("i"), in: map) == .action("inbox"))
    #expect(reader.pending.isEmpty)
    #expect(reader.press(.character("x"), in: map) == .unbound)
  }

  @Test func givesUpOnEscapeAndOnStrangers() throws {
    let map = try map()
    var reader = KeyReader()
    _ = reader.press(.character("g"), in: map)
    #expect(reader.press(.escape, in: map) == .cancelled)
    _ = reader.press(.character("g"), in: map)
    #expect(reader.press(.character("x"), in: map) == .unbound)
    #expect(reader.press(.character("j"), in: map) == .action("down"))
    #expect(reader.press(.escape, in: map) == .unbound)
  }

  @Test func tellsWhatMayFollow() throws {
    let map = try map()
    let next = map.continuations(of: [.character("g")])
    #expect(next.map(\.action) == ["top", "inbox"])
    #expect(next.map(\.sequence.notation) == ["g g", "g i"])
    #expect(map.shadowed.isEmpty)
  }

  @Test func findsBindingsThatCannotBeReached() throws {
    var map = try map()
    map.bind(try #require(KeySequence(notation: "g")), to: "go")
    #expect(Set(map.shadowed.map(\.notation)) == ["g g", "g i"])
  }
}
