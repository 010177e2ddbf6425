// What is searched for, and where a text has it.
import Model
import Testing

@Suite struct SearchTermsTests {
  private func marked(_ query: String, _ text: String, asName: Bool = false) -> String {
    var result = text
    for range in SearchTerms(query).ranges(in: text, asName: asName).reversed() {
      result.replaceSubrange(range, with: "[" + text[range] + "]")
    }
    return result
  }

  @Test func wordsAreFoundWithoutCapitalsAndAccents() {
    #expect(marked("getranke", "Gibt es GETRÄNKE?") == "Gibt es [GETRÄNKE]?")
    #expect(marked("ines", "Ine\u{301}s war da") == "[Ine\u{301}s] war da")
    #expect(marked("über", "uber Uber ÜBER") == "[uber] [Uber] [ÜBER]")
    #expect(marked("мария", "Мария Соколова") == "[Мария] Соколова")
  }

  @Test func theLastWordMayGoOn() {
    #expect(marked("trial fri", "trial Friday, trials") == "[trial] [Friday], trials")
    #expect(marked("fri ", "fri Friday") == "[fri] Friday")
    #expect(marked("so ana", "Ana Souza", asName: true) == "[Ana] [Souza]")
  }

  @Test func everyWordIsNeeded() {
    #expect(SearchTerms("trial friday").match("on Friday a trial"))
    #expect(!SearchTerms("trial friday").match("a trial"))
    #expect(!SearchTerms("💪 !!").match("💪"))
  }

  @Test func numbersAreReadAsTheyAreDialled() {
    #expect(SearchTerms("0151 123-45").digits == "15112345")
    #expect(SearchTerms("+49 (151)").digits == "49151")
    #expect(SearchTerms("0049151").digits == "49151")
    #expect(SearchTerms("12").digits == nil)
    #expect(SearchTerms("room 123").digits == nil)
  }

  @Test func aSnippetBeginsNearTheWord() {
    let text = "One two three four five six seven eight nine ten\neleven twelve"
    #expect(SearchTerms("eleven").snippet(of: text) == "…seven eight nine ten eleven twelve")
    #expect(SearchTerms("two").snippet(of: text, limit: 13) == "One two three")
  }
}
