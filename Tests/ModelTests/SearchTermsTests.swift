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

  @Test func wordsWithoutSpacesBetweenThemAreFoundInside() {
    #expect(marked("預約", "我想預約,明天預約") == "我想[預約],明天[預約]")
    #expect(marked("課", "瑜伽課多少錢") == "瑜伽[課]多少錢")
    #expect(marked("yoga課", "想上Yoga課程") == "想上[Yoga課]程")
    #expect(marked("体験 ", "無料体験はありますか") == "無料[体験]はありますか")
    #expect(marked("สมัคร", "อยากสมัครสมาชิก") == "อยาก[สมัคร]สมาชิก")
    #expect(marked("小明", "王小明", asName: true) == "王[小明]")
    #expect(SearchTerms("預約 明天").match("明天可以預約嗎"))
    #expect(!SearchTerms("預約 後天").match("明天可以預約嗎"))
    // Korean has its spaces.
    #expect(marked("예약", "예약하고 재예약") == "[예약하고] 재예약")
  }

  @Test func thePartThatIsLookedForIsTheLongest() {
    #expect(SearchTerms("yoga課 預約時間").unspacedPart == "預約時間")
    #expect(SearchTerms("yoga 예약").unspacedPart == nil)
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
