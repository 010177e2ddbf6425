// Colour steps, the mailbox and base64: the parts of the terminal that need none.
import Synchronization
import Testing

@testable import TerminalUI

@Suite struct PaletteTests {
  @Test func depthFollowsNoColorThenTheTerminal() {
    #expect(ColorDepth(colors: 256, noColor: "1") == .mono)
    #expect(ColorDepth(colors: 256, noColor: "") == .indexed)
    #expect(ColorDepth(colors: 0x100_0000, noColor: nil) == .direct)
    #expect(ColorDepth(colors: 16, noColor: nil) == .sixteen)
    #expect(ColorDepth(colors: 8, noColor: nil) == .eight)
    #expect(ColorDepth(colors: 0, noColor: nil) == .mono)
  }

  private func resolve(_ color: Color, _ depth: ColorDepth) -> ResolvedStyle {
    Palette(depth: depth).resolve(Style(foreground: color))
  }

  @Test func stepsColoursDown() {
    let red = Color.rgb(red: 250, green: 10, blue: 10)
    #expect(resolve(red, .direct).foreground == 0xFA0A0A)
    #expect(resolve(.rgb(red: 0, green: 0, blue: 90), .direct).foreground == 0x15A)
    #expect(resolve(red, .indexed).foreground == 196)
    #expect(resolve(red, .sixteen).foreground == 9)
    #expect(resolve(red, .eight).foreground == 1)
    #expect(resolve(red, .eight).attributes == .bold)
    #expect(resolve(red, .mono).foreground == -1)
    #expect(resolve(.rgb(red: 128, green: 128, blue: 128), .indexed).foreground == 244)
    #expect(resolve(.indexed(21), .sixteen).foreground == 12)
    #expect(resolve(.terminal, .indexed).foreground == -1)
    #expect(resolve(.ansi(3), .eight).foreground == 3)
  }

  @Test func attributesSurviveWithoutColour() {
    let style = Style(foreground: .ansi(1), attributes: [.reverse, .bold])
    #expect(Palette(depth: .mono).resolve(style).attributes == [.reverse, .bold])
  }
}

@Suite struct MailboxTests {
  @Test func keepsOrderAndWakes() async {
    let wakes = Mutex(0)
    let mailbox = Mailbox<Int>(wake: { wakes.withLock { $0 += 1 } })
    await withTaskGroup(of: Void.self) { group in
      for sender in 0..<8 {
        group.addTask { for number in 0..<100 { mailbox.post(sender * 1_000 + number) } }
      }
    }
    let all = mailbox.drain()
    #expect(all.count == 800 && wakes.withLock { $0 } == 800)
    for sender in 0..<8 {
      let own = all.filter { $0 / 1_000 == sender }
      #expect(own == own.sorted())
    }
    #expect(mailbox.drain().isEmpty)
  }
}

@Suite struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
  ])
  func encodes(text: String, encoded: String) {
    #expect(Base64.encode(Array(text.utf8)) == encoded)
  }
}
