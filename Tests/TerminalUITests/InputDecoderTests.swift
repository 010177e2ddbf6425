// Bytes as terminals send them, whole and cut, and what must never come through as text.
import Testing

@testable import TerminalUI

@Suite struct InputDecoderTests {
  private func events(_ text: String) -> [TerminalEvent] {
    var decoder = InputDecoder()
    return decoder.feed(text.utf8)
  }

  @Test(arguments: [
    ("\u{1B}[A", Key.up), ("\u{1B}OA", .up), ("\u{1B}OB", .down), ("\u{1B}[C", .right),
    ("\u{1B}[H", .home), ("\u{1B}[7~", .home), ("\u{1B}OF", .end), ("\u{1B}[4~", .end),
    ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[3~", .delete),
    ("\u{1B}[Z", .backTab),
    ("\u{1B}[1;5D", .ctrlLeft), ("\u{1B}[1;3C", .ctrlRight), ("\u{1B}[1;2A", .up),
    ("\u{1B}b", .alt("b")), ("\u{1B}é", .alt("é")), ("\u{1B}\r", .altEnter),
    ("\u{1B}\u{7F}", .ctrl("w")), ("\u{1B}[13;2u", .altEnter), ("\u{1B}[27;5;13~", .altEnter),
    ("\u{1B}[100;5u", .ctrl("d")), ("\r", .enter), ("\n", .ctrl("j")), ("\t", .tab),
    ("\u{7F}", .backspace), ("\u{8}", .backspace), ("\u{4}", .ctrl("d")), ("\u{1F}", .ctrl("_")),
    ("\0", .ctrl(" ")), ("x", .character("x")), ("漢", .character("漢")),
    ("👨‍👩‍👧", .character("👨‍👩‍👧")),
  ])
  func readsKeys(text: String, key: Key) {
    #expect(events(text) == [.key(key)])
  }

  @Test(arguments: [
    "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", "\u{1B}]11;rgb:0/0/0\u{7}", "\u{1B}[?64;1;2c",
    "\u{1B}[?2026;2$y", "\u{1B}[24;80R", "\u{1B}[99~", "\u{1B}[15~", "\u{1B}OP", "\u{1B}[[A",
    "\u{1B}P1$r0m\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}[M !!", "\u{1B}[<35;10;5M",
    "\u{1B}[<2;10;5M", "\u{1B}[57399u", "\u{1B}[>0;276;0c",
  ])
  func swallowsTheUnknown(text: String) {
    #expect(events(text + "k") == [.key(.character("k"))])
  }

  @Test func readsMouseAndFocus() {
    let at = Point(x: 249, y: 4)
    #expect(events("\u{1B}[<0;250;5M") == [.mouse(Mouse(action: .press, at: at))])
    #expect(events("\u{1B}[<0;250;5m") == [.mouse(Mouse(action: .release, at: at))])
    #expect(events("\u{1B}[<32;250;5M") == [.mouse(Mouse(action: .drag, at: at))])
    #expect(events("\u{1B}[<65;250;5M") == [.mouse(Mouse(action: .wheelDown, at: at))])
    #expect(events("\u{1B}[<4;250;5M") == [.mouse(Mouse(action: .press, at: at))])
    #expect(events("\u{1B}[I\u{1B}[O") == [.focus(true), .focus(false)])
  }

  @Test func readsPastes() {
    let text = "\u{1B}[200~a\r\nb\rc\u{7}\u{1B}[31m\t👍🏽\u{1B}[201~x"
    #expect(events(text) == [.paste("a\nb\nc[31m    👍🏽"), .key(.character("x"))])
    #expect(events("\u{1B}[200~lost\u{3}x") == [.paste("lost"), .key(.character("x"))])
  }

  @Test func escapeWaitsForTheClock() {
    var decoder = InputDecoder()
    #expect(decoder.feed([0x1B]).isEmpty)
    #expect(decoder.pending == .escape)
    #expect(decoder.expire() == [.key(.escape)])
    #expect(decoder.pending == .nothing && decoder.expire().isEmpty)
    #expect(decoder.feed([0x1B, 0x1B, 0x5B, 0x41]) == [.key(.escape), .key(.up)])
    #expect(decoder.feed([0x1B, 0x5D]).isEmpty && decoder.pending == .sequence)
    #expect(decoder.expire() == [.key(.alt("]"))])
    #expect(decoder.feed("\u{1B}[1;".utf8).isEmpty && decoder.expire().isEmpty)
    #expect(decoder.feed("j".utf8) == [.key(.character("j"))])
  }

  @Test func anyCutGivesTheSameEvents() {
    let stream = "jé漢\u{1B}[A\u{1B}[<0;9;9M\u{1B}[200~p\r\nq😀\u{1B}[201~\u{1B}bz\u{1B}]11;x\u{7}\r"
    let bytes = Array(stream.utf8)
    let whole = events(stream)
    for cut in 1..<bytes.count {
      var decoder = InputDecoder()
      let parts = decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...])
      #expect(parts == whole, "cut at \(cut)")
    }
  }

  @Test func brokenBytesNeverBecomeKeys() {
    var decoder = InputDecoder()
    #expect(decoder.feed([0xFF, 0xC3, 0x6A, 0xC2, 0x9B]) == [.key(.character("j"))])
  }

  @Test func severalLinesAtOnceAreAPasteWhereNothingMarksOne() {
    var decoder = InputDecoder(pastesByBatch: true)
    #expect(decoder.feed("one\rtwo\r".utf8) == [.paste("one\ntwo\n")])
    #expect(decoder.feed("one\r".utf8).last == .key(.enter))
    #expect(decoder.feed("\r\r".utf8) == [.key(.enter), .key(.enter)])
    #expect(events("o\rt").count == 3)
  }

  @Test func terminfoKeysJoinIn() {
    var decoder = InputDecoder(extraKeys: [Array("[2~".utf8): .end])
    #expect(decoder.feed("\u{1B}[2~".utf8) == [.key(.end)])
  }

  @Test func randomBytesNeverTrap() {
    var random = SampleText(seed: 6)
    var decoder = InputDecoder()
    let special: [UInt8] = [0x1B, 0x5B, 0x4F, 0x5D, 0x3C, 0x3B, 0x30, 0x4D, 0x7E, 0x07, 0xC3, 0xF0]
    for _ in 0..<20_000 {
      let isSpecial = random.number(in: 0..<2) == 0
      let byte = isSpecial ? special[random.number(in: 0..<12)] : UInt8(random.number(in: 0..<256))
      for case .key(.character(let character)) in decoder.feed([byte]) {
        #expect(character.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      }
    }
  }
}
