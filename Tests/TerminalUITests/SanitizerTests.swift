// Hostile and emoji-rich text becomes drawable text of a known width.
import Glibc
import Testing

@testable import TerminalUI

@Suite struct SanitizerTests {
  @Test func whatIsCopiedCantSteerAShell() {
    #expect(Sanitizer.unsteered("rm\u{1B}[2J \u{202E}x\r\n\n") == "rm[2J x")
    #expect(Sanitizer.unsteered("two\nlines 👍🏽\tok") == "two\nlines 👍🏽 ok")
  }

  /// Every one of them, beside its neighbours and beside others.
  @Test func whatStandsAloneIsACharacterAndStays() {
    let scalars = (0..<0x20000).compactMap(Unicode.Scalar.init).filter(\.standsAlone)
    let far = zip(scalars, scalars.reversed()).flatMap { [$0, $1] }
    for text in [scalars, scalars.reversed(), far].map({ String(String.UnicodeScalarView($0)) }) {
      #expect(text.count == text.unicodeScalars.count)
      var pass = SanitizerPass(keepsLines: true, limit: .max)
      #expect(text.unicodeScalars.allSatisfy { pass.take($0) })
      #expect(pass.finished() == text)
    }
  }

  /// The short way round gives what the long one would.
  @Test(arguments: ["Søren Müller", "Мария Соколова", "田中 健太", "김서연", "Zoë – ok", "a\u{AD}b"])
  func lettersStayAsTheyAre(name: String) {
    var pass = SanitizerPass(keepsLines: false, limit: 100)
    for scalar in name.unicodeScalars { _ = pass.take(scalar) }
    #expect(Sanitizer.line(name) == pass.finished())
  }

  @Test func emojiHaveNames() {
    func text(_ emoji: String) -> String {
      var pass = SanitizerPass(keepsLines: false, limit: 100, emoji: .text)
      for scalar in emoji.unicodeScalars { _ = pass.take(scalar) }
      return pass.finished()
    }
    #expect(text("ok 💪🏽!") == "ok :flexed_biceps:!")
    #expect(text("👩‍👩‍👧‍👦 🩷❤️") == ":woman: :pink_heart::heavy_black_heart:")
    #expect(text("1️⃣ é 漢 🇩🇪") == "1 é 漢 DE")
  }

  @Test(arguments: [
    ("plain", "plain"),
    ("👨‍👩‍👧‍👦!", "👨!"),
    ("👍🏽 ok", "👍 ok"),
    ("❤️", "❤"),
    ("1️⃣", "1"),
    ("🏳️‍🌈", "🏳"),
    ("🇩🇪🇫🇷", "DEFR"),
    ("a\u{200D}", "a"),
    ("क\u{94D}\u{200D}ष", "क\u{94D}ष"),
    ("\u{1B}[31mred\u{7}\u{9B}2J", "[31mred2J"),
    ("\u{202E}gpj.exe\u{2066}", "gpj.exe"),
    ("\u{E0041}x\u{E007F}", "x"),
    ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "e\u{301}\u{302}\u{303}\u{304}"),
    ("\u{301}a", "a"),
    ("\u{1FA77}", "\u{1FA77}"),
    ("\u{10FFFE}", "\u{25A1}"),
    ("soft\u{AD}hyphen", "softhyphen"),
    ("a\r\n\tb\n\nc", "a b c"),
  ])
  func line(text: String, shown: String) {
    #expect(Sanitizer.line(text).unicodeScalars.elementsEqual(shown.unicodeScalars))
  }

  @Test func paragraphKeepsLines() {
    #expect(Sanitizer.paragraph("a\r\nb\rc\u{2028}\u{2028}d\te") == "a\nb\nc\n\nd    e")
  }

  @Test func limitCutsWithAnEllipsis() {
    #expect(Sanitizer.line("abcdef", limit: 3) == "abc…")
    #expect(Sanitizer.line("äbc", limit: 3) == "äbc")
  }

  @Test func aSecondPassChangesNothing() {
    var random = SampleText(seed: 1)
    for _ in 0..<2_000 {
      let once = Sanitizer.paragraph(random.text())
      #expect(Sanitizer.paragraph(once) == once)
    }
  }

  @Test func nothingThatSteersSurvives() {
    var random = SampleText(seed: 2)
    for _ in 0..<2_000 {
      for scalar in Sanitizer.line(random.text()).unicodeScalars {
        let value = scalar.value
        #expect(value >= 0x20 && !(0x7F..<0xA0).contains(value) && value != 0x200D)
        #expect(!(0x202A...0x202E).contains(value) && !(0x2066...0x2069).contains(value))
      }
    }
  }

  @Test func threeMebibytesTakeLinearTime() {
    // The processor's time for this thread: a busy machine adds nothing to it.
    func time(_ text: String) -> Duration {
      func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
      }
      let start = now()
      #expect(!Sanitizer.paragraph(text).isEmpty)
      return now() - start
    }
    let small = String(repeating: "e\u{301}👍🏽\u{1B}", count: 20_000)
    let large = String(repeating: "e\u{301}👍🏽\u{1B}", count: 240_000)
    #expect(large.utf8.count >= 2_800_000)
    #expect(time(large) < time(small) * 60 + .milliseconds(200))
  }
}
