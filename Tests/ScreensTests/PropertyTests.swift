// Random keys, sizes and events: nothing traps, the cursor stays on screen, nothing hostile gets
// out, no draft is lost to a resize.
import Model
import TerminalUI
import TestSupport
import Testing

@testable import Screens

/// Repeatable randomness.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite(.ownThreads) struct PropertyTests {
  private static let keys: [Key] =
    "jkgGhlriecsaAtfqyuUmMpR+<>[]:?1234%é漢/nN vT*".map { .character($0) } + [
      .enter, .enter, .escape, .escape, .tab, .backTab, .backspace, .up, .down, .left, .right,
      .home, .end, .pageUp, .pageDown, .ctrl("d"), .ctrl("u"), .ctrl("t"), .ctrl("j"),
      .ctrl("p"), .ctrl("_"), .ctrl("c"), .ctrl("w"), .altEnter, .alt("b"), .delete,
    ]

  @Test(arguments: 0..<12)
  func anythingMayHappen(seed: UInt64) {
    var dice = Dice(state: seed)
    var session = Session.desk()
    for _ in 0..<400 {
      session.now = session.now + Int64.random(in: 0...900, using: &dice)
      step(&session, &dice)
      check(session)
      if let due = nextDeadline(session.state) { #expect(due > session.state.now) }
    }
  }

  /// A new screen joins by its row in the table of pictures.
  @Test(arguments: GoldenScreensTests.screens.map(\.name))
  func everyScreenHoldsAtAnySize(name: String) throws {
    let screen = try #require(GoldenScreensTests.screens.first { $0.name == name })
    var dice = Dice(state: name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
    var session = screen.start(Size(columns: 120, rows: 40))
    screen.act(&session)
    let typed = session.state.opened?.composer.text.text
    var sizes = [(1, 1), (200, 1), (1, 80), (19, 5), (20, 6), (200, 80)]
    for _ in 0..<60 {
      sizes.append((Int.random(in: 1...200, using: &dice), Int.random(in: 1...80, using: &dice)))
    }
    for (columns, rows) in sizes {
      session.send(.terminal(.resize(Size(columns: columns, rows: rows))))
      check(session)
    }
    #expect(session.state.opened?.composer.text.text == typed)
  }

  /// Nothing outside, nothing half, nothing hostile, and whose conversation it is.
  private func check(_ session: Session) {
    let state = session.state
    let canvas = view(state)
    #expect(canvas.size == state.size)
    if let cursor = canvas.cursor { #expect(canvas.bounds.contains(cursor)) }
    for y in 0..<canvas.size.rows {
      for x in 0..<canvas.size.columns where canvas[x, y] != .blank { check(canvas, x, y) }
    }
    guard state.phase == .desk, state.tour == nil, state.overlays.isEmpty,
      let opened = state.opened,
      state.layout.thread != nil, state.notice == nil || state.size.rows >= 10
    else { return }
    let name = state.leadName(opened.summary).prefix(3)
    let isNamed = canvas.textLines().contains { $0.contains(name) }
    #expect(isNamed, "\(name) is not named at \(state.size)")
  }

  private func check(_ canvas: Canvas, _ x: Int, _ y: Int) {
    let cell = canvas[x, y]
    let isSafe = cell.glyph.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x202E
    }
    if !isSafe { Issue.record("a control character is on screen") }
    let isWide = Width.of(cell.glyph) == 2
    let hasRest = x + 1 < canvas.size.columns && canvas[x + 1, y].isContinuation
    if isWide != hasRest { Issue.record("half a wide character at \(x),\(y)") }
    if x == 0, cell.isContinuation { Issue.record("half a wide character at 0,\(y)") }
  }

  private func step(_ session: inout Session, _ dice: inout Dice) {
    switch Int.random(in: 0..<20, using: &dice) {
    case 0:
      let size = Size(
        columns: Int.random(in: 1...200, using: &dice),
        rows: Int.random(in: 1...80, using: &dice)
      )
      session.send(.terminal(.resize(size)))
    case 1: session.load(.inbox(randomPage(session, &dice)))
    case 2:
      if let lead = session.state.opened?.id {
        session.load(.thread(Sample.thread(randomMessages(&dice), lead: lead.rawValue)))
      }
    case 3: session.load(.lead(Sample.detail))
    case 4: session.send(.storeChanged)
    case 5: session.load(.dashboard(Sample.dashboard))
    case 6: session.send(.terminal(.paste("pasted\nü\u{1B}[2J\u{202E}text")))
    case 7:
      let at = Point(
        x: Int.random(in: 0...200, using: &dice),
        y: Int.random(in: 0...80, using: &dice)
      )
      let actions: [Mouse.Action] = [.press, .drag, .release, .wheelUp, .wheelDown]
      let action = actions.randomElement(using: &dice) ?? .press
      session.send(.terminal(.mouse(Mouse(action: action, at: at))))
    case 8:
      session.send(.tick)
      let company = Company(
        lead: session.state.opened?.id ?? LeadID(1),
        draft: "x",
        others: [Company.Other(user: Sample.tom.id, name: Sample.tom.name, typedAt: session.now)]
      )
      session.load(.company(company))
    default:
      guard let key = Self.keys.randomElement(using: &dice) else { return }
      session.send(.terminal(.key(key)))
    }
  }

  private func randomPage(_ session: Session, _ dice: inout Dice) -> InboxPage {
    let count = Int.random(in: 0...Sample.leads.count, using: &dice)
    let rows = Array(Sample.leads.shuffled(using: &dice).prefix(count))
    var page = Sample.page(rows, filter: session.state.inbox.filter)
    page.query.search = session.state.searchTerms?.text
    return page
  }

  private func randomMessages(_ dice: inout Dice) -> [Message] {
    Array(Sample.messages.prefix(Int.random(in: 0...Sample.messages.count, using: &dice)))
  }

  @Test func resizingKeepsDraftAndOpenedLead() {
    var dice = Dice(state: 7)
    var session = Session.desk()
    session.openFirst()
    session.type("rкое-что важное 💪")
    for _ in 0..<200 {
      let size = Size(
        columns: Int.random(in: 1...200, using: &dice),
        rows: Int.random(in: 1...80, using: &dice)
      )
      session.send(.terminal(.resize(size)))
      _ = view(session.state)
    }
    session.send(.terminal(.resize(Size(columns: 120, rows: 40))))
    #expect(session.state.opened?.composer.text.text == "кое-что важное 💪")
    #expect(session.text.contains("Мария Соколова · WhatsApp"))
    #expect(session.text.contains("кое-что важное 💪"))
  }

  /// The opened lead is named wherever its conversation is shown.
  @Test(arguments: [20, 33, 46, 60, 100, 140])
  func theOpenedLeadIsNamed(columns: Int) {
    for rows in [6, 9, 12, 20, 44] {
      var session = Session.desk(columns: columns, rows: rows)
      session.openFirst()
      #expect(session.text.contains("Мария Соколова"), "\(columns)x\(rows)")
      session.type("r")
      #expect(session.text.contains("Мария Соколова"), "\(columns)x\(rows) typing")
    }
  }
}
