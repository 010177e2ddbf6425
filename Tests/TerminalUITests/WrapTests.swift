// Wrapping and cutting, by example and by property.
import Testing

@testable import TerminalUI

@Suite struct WrapTests {
  private func wrap(_ text: String, _ width: Int) -> [String] {
    Wrap.lines(text, width: width).map(String.init)
  }

  @Test func breaksAtBlanks() {
    #expect(wrap("the quick brown fox", 10) == ["the quick", "brown fox"])
    #expect(wrap("one two", 3) == ["one", "two"])
    #expect(wrap("one     two", 4) == ["one", "two"])
    #expect(wrap("", 5) == [""])
    #expect(wrap("a\n\nb\n", 5) == ["a", "", "b", ""])
  }

  @Test func breaksLongWordsAndKeepsLeadingBlanks() {
    #expect(wrap("abcdefgh", 3) == ["abc", "def", "gh"])
    #expect(wrap("x abcdefgh", 4) == ["x", "abcd", "efgh"])
    #expect(wrap("  - item one", 8) == ["  - item", "one"])
  }

  @Test func neverSplitsWideCharacters() {
    #expect(wrap("漢字かな", 5) == ["漢字", "かな"])
    #expect(wrap("a漢字", 4) == ["a漢", "字"])
    #expect(wrap("ab漢", 1) == ["a", "b", "漢"])
  }

  @Test func linesFitAndLoseOnlyBlanks() {
    var random = SampleText(seed: 3)
    for _ in 0..<3_000 {
      let text = Sanitizer.paragraph(random.text())
      let width = random.number(in: 4..<30)
      let lines = Wrap.lines(text, width: width)
      #expect(lines.allSatisfy { Width.of($0) <= width }, "\(text.debugDescription) in \(width)")
      let kept = lines.joined().filter { $0 != " " }
      #expect(kept == text.filter { $0 != " " && $0 != "\n" })
    }
  }

  /// A mark at its end sends a text the long way round.
  @Test(arguments: [
    "más tarde 💪 voy a la clase de yoga, ¿vale?", "안녕하세요 – 5 €\nzwei Zeilen", "漢字 und 🙂🙂🙂🙂",
  ])
  func theShortWayBreaksLikeTheLongOne(text: String) {
    for width in 1..<30 {
      let long = Wrap.lines(text + "\ne\u{301}", width: width).dropLast()
      #expect(Wrap.lines(text, width: width) == Array(long), "in \(width)")
    }
  }

  @Test func truncates() {
    #expect(Wrap.truncate("hello", to: 5) == "hello")
    #expect(Wrap.truncate("hello", to: 4) == "hel…")
    #expect(Wrap.truncate("漢字かな", to: 5) == "漢字…")
    #expect(Wrap.truncate("漢字かな", to: 4) == "漢…")
    #expect(Wrap.truncate("漢字", to: 4) == "漢字")
    #expect(Wrap.truncate("ab", to: 1) == "…")
    #expect(Wrap.truncate("ab", to: 0) == "")
  }
}
