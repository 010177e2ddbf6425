// CSV cells that a spreadsheet can't be talked into running.
import Model
import Testing

@Suite struct CSVTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("+4915112345678", "+4915112345678"), ("-5", "-5"),
    ("=1+1", "'=1+1"), ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"), ("@SUM(1)", "'@SUM(1)"),
    ("-2+3", "'-2+3"), (" =HYPERLINK(\"x\")", "\"' =HYPERLINK(\"\"x\"\")\""), ("\t=1", "'=1"),
    ("＝1", "'＝1"), ("bell\u{7}\u{1B}[2J\u{202E}x", "bell[2Jx"), ("-", "'-"),
    ("👍🏽 ok", "👍🏽 ok"), ("a\"\u{200D},=x", "\"a\"\"\u{200D},=x\""),
    ("a\"\u{301}", "\"a\"\"\u{301}\""), ("=\u{301}1+1", "'=\u{301}1+1"),
  ])
  func cell(text: String, written: String) {
    #expect(CSV.cell(text) == written)
  }

  @Test func aRecordEndsAsTheStandardSays() {
    #expect(CSV.line(["1", "a,b", "=x"]) == "1,\"a,b\",'=x\r\n")
  }
}
