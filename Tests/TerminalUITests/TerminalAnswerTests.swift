// What a terminal answers is heard and never typed.
import Testing

@testable import TerminalUI

@Suite struct TerminalAnswerTests {
  private func feed(_ text: String) -> (events: [TerminalEvent], answers: [TerminalAnswer]) {
    var decoder = InputDecoder()
    let events = decoder.feed(Array(text.utf8))
    return (events, decoder.takeAnswers())
  }

  @Test(arguments: [
    ("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\", true), ("\u{1B}]11;rgb:0000/0000/0000\u{7}", false),
    ("\u{1B}]11;rgb:fd/f6/e3\u{7}", true), ("\u{1B}]11;rgb:1/2/3\u{7}", false),
    ("\u{1B}]11;rgba:ffff/ffff/ffff/8000\u{7}", true),
  ])
  func hearsTheBackground(answer: String, isLight: Bool) {
    let heard = feed(answer)
    #expect(heard.answers == [.background(isLight: isLight)])
    #expect(heard.events.isEmpty)
  }

  @Test func hearsWhoItIsBetweenKeys() {
    let heard = feed("j\u{1B}[?62;22ck")
    #expect(heard.answers == [.identity])
    #expect(heard.events == [.key(.character("j")), .key(.character("k"))])
  }

  @Test(arguments: [
    "\u{1B}]11;rgb:zz/00/00\u{7}", "\u{1B}]11;rgb:ff/ff\u{7}", "\u{1B}]10;rgb:ff/ff/ff\u{7}",
    "\u{1B}]11;?\u{7}", "\u{1B}]52;c;aGk=\u{7}", "\u{1B}]11;rgb:fffff/0/0\u{7}",
  ])
  func everythingElseIsSwallowed(answer: String) {
    let heard = feed(answer)
    #expect(heard.answers.isEmpty && heard.events.isEmpty)
  }

  @Test func anAnswerMayComeInPieces() {
    var decoder = InputDecoder()
    for byte in Array("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\u{1B}[?1;2c".utf8) {
      #expect(decoder.feed([byte]).isEmpty)
    }
    #expect(decoder.takeAnswers() == [.background(isLight: true), .identity])
    #expect(decoder.takeAnswers().isEmpty)
  }
}

@Suite struct ColorSchemeTests {
  @Test func aSchemeOfOnesOwnChangesWhatItNames() {
    let own = ColorScheme("own", from: .terminal, changing: [.accent: Look(.ansi(5), .underline)])
    var palette = Palette(depth: .indexed, scheme: own)
    #expect(palette.description(of: Style(.accent)) == "5/-1 underline")
    #expect(palette.description(of: Style(.good)) == "2/-1")
    palette.isLight = true
    #expect(palette.description(of: Style(.accent)) == "5/-1 underline")
    #expect(palette.description(of: Style(.good)) == "28/-1")
  }

  @Test func aGroundOfItsOwnStandsOutWithoutColour() {
    for scheme in ColorScheme.builtIn {
      let palette = Palette(depth: .mono, scheme: scheme)
      #expect(palette.description(of: Style(.selected)).contains("reverse"), "\(scheme.name)")
      #expect(palette.description(of: Style(.pill)).contains("reverse"), "\(scheme.name)")
    }
  }

  @Test func whatAPlaceAddsStays() {
    let palette = Palette(depth: .indexed)
    let style = Style(.quiet).with(.underline).on(.indexed(24))
    #expect(palette.description(of: style) == "-1/24 dim underline")
  }

  @Test func contrastHasNothingDim() {
    for role in Role.allCases {
      let words = Palette(depth: .indexed, scheme: .highContrast).description(of: Style(role))
      #expect(!words.contains("dim") && !words.contains("-1"), "\(role.name): \(words)")
    }
  }

  @Test func settingsNameDepths() {
    #expect(
      ["none", "8", "16", "256", "true", "many"].map(ColorDepth.init(setting:))
        == [.mono, .eight, .sixteen, .indexed, .direct, nil]
    )
  }
}
