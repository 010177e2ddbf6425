// Widths against the golden rows that terminals agree on.
import Testing

@testable import TerminalUI

@Suite struct WidthTests {
  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("か", 2), ("한", 2), ("😀", 2), ("\u{1FA77}", 2),
    ("\u{1FAEA}", 2), ("❤", 1), ("…", 1), ("│", 1), ("\u{25A1}", 1), ("\u{200D}", 0), ("\t", 0),
    ("\u{1100}\u{1161}\u{11A8}", 2), ("नेहा", 3), ("शर्मा", 4), ("ア", 2), ("ｱ", 1), ("\r\n", 0),
  ])
  func golden(text: String, columns: Int) {
    #expect(Width.of(text) == columns)
    #expect(text.reduce(0) { $0 + Width.of($1) } == columns)
  }

  @Test func sumsSubstringsAndMixedText() {
    #expect(Width.of("Ana 漢字 😀") == 11)
    #expect(Width.of("xxAna".dropFirst(2)) == 3)
    #expect(Width.of("") == 0)
  }
}
