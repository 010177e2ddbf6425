// Only block characters and colours pass from chafa's output.
import Model
import Testing

@Suite struct MediaPreviewTests {
  private func read(_ text: String) -> MediaPreview? {
    MediaPreview(chafa: Array(text.utf8), columns: 8, rows: 4)
  }

  @Test func coloursAndBlocksBecomeRuns() throws {
    let preview = try #require(
      read("\u{1B}[0m\u{1B}[38;5;18;48;5;24m▀▀\u{1B}[7m▄\u{1B}[0m \n\u{1B}[38;5;9m█\u{1B}[0m\n")
    )
    #expect(
      preview.rows == [
        [
          .init(text: "▀▀", foreground: 18, background: 24),
          .init(text: "▄", foreground: 24, background: 18), .init(text: " "),
        ], [.init(text: "█", foreground: 9)],
      ]
    )
    #expect(preview.columns == 4)
  }

  @Test(arguments: [
    "", "\n", "hello", "▀\u{1B}]0;title\u{7}", "▀\u{1B}[2J", "▀\u{1B}[38;2;1;2;3m▀", "▀\u{1B}[",
    "▀\u{1B}[38;5;300m▀", "▀\r", "▀\u{202E}", "▀▀▀▀▀▀▀▀▀", "▀\n▀\n▀\n▀\n▀", "▀\u{9B}31m",
  ])
  func anythingElseIsNoPicture(text: String) {
    #expect(read(text) == nil)
  }
}
