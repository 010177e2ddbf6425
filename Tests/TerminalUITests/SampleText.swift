// Random text from a seed: Latin, marks, CJK, emoji sequences, flags, controls, blanks, breaks.
struct SampleText: RandomNumberGenerator {
  private static let pieces: [String] = [
    "a", "Z", "word", "antidisestablishment", " ", "  ", "\n", "\r\n", "\t", "e\u{301}", "漢", "字",
    "か", "한국", "😀", "👍🏽", "👨‍👩‍👧‍👦", "❤️", "1️⃣", "🇩🇪", "🇫", "\u{301}", "\u{200D}", "\u{1B}[2J",
    "\u{202E}", "क्षि", "مرحبا", "שלום", "\u{E0041}", "\u{9B}", "…", "\u{10FFFE}", "-", ".",
  ]
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// splitmix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func number(in range: Range<Int>) -> Int { .random(in: range, using: &self) }

  mutating func piece() -> String { Self.pieces[number(in: 0..<Self.pieces.count)] }

  mutating func text(_ pieces: Range<Int> = 0..<24) -> String {
    let count = number(in: pieces)
    return (0..<count).reduce(into: "") { text, _ in text += piece() }
  }
}
