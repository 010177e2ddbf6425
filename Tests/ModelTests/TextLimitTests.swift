// Cutting long texts: nothing is lost, nothing is too long, no character is cut in two.
import Model
import Testing

@Suite struct TextLimitTests {
  @Test func shortTextsStayWhole() {
    #expect(TextLimit.instagram.parts("Hi there") == ["Hi there"])
    #expect(TextLimit.instagram.parts("  ") == [])
  }

  @Test func cutsAfterASentence() {
    let limit = TextLimit(most: 24, unit: .characters)
    #expect(
      limit.parts("Come on Friday at six. We are open until ten. Bring a towel!")
        == ["Come on Friday at six.", "We are open until ten.", "Bring a towel!"]
    )
  }

  @Test func prefersAParagraphAndFallsBackToWords() {
    let limit = TextLimit(most: 20, unit: .characters)
    #expect(limit.parts("One. Two three.\nFour five six") == ["One. Two three.", "Four five six"])
    #expect(
      limit.parts("monday tuesday wednesday thursday") == ["monday tuesday", "wednesday thursday"]
    )
  }

  @Test func countsBytesAndKeepsCharactersWhole() {
    let limit = TextLimit(most: 30, unit: .bytes)
    let family = "👨‍👩‍👧‍👦"
    let parts = limit.parts(String(repeating: family, count: 5))
    // 25 bytes each: one a part, though 30 would take the beginning of another.
    #expect(parts == Array(repeating: family, count: 5))
  }

  @Test func aCharacterLongerThanAMessageIsCutAllTheSame() {
    let limit = TextLimit(most: 10, unit: .bytes)
    let zalgo = "e" + String(repeating: "\u{301}", count: 40)
    let parts = limit.parts(zalgo)
    #expect(parts.allSatisfy { limit.allows($0) })
    #expect(parts.joined().unicodeScalars.count == 41)
  }

  @Test func holdsForAnything() {
    var random = SystemRandomNumberGenerator()
    let pieces = ["a", " ", "\n", ". ", "é", "👍🏽", "🇩🇪", "word", "長い文。", "\u{200D}", "! ", "مرحبا"]
    for _ in 0..<200 {
      let count = Int.random(in: 0...400, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let limit = TextLimit(
        most: Int.random(in: 30...120, using: &random),
        unit: Bool.random(using: &random) ? .bytes : .characters
      )
      let parts = limit.parts(text)
      #expect(parts.allSatisfy { limit.allows($0) && !$0.isEmpty })
      // A joiner after a space belongs to the space, and is cut with it.
      func seen(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "\u{200D}" }
      }
      #expect(seen(parts.joined()) == seen(text))
    }
  }
}
