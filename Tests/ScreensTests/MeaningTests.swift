// Nothing is told by colour alone: states that mean different things differ in their characters.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct MeaningTests {
  private func list(_ lead: LeadSummary) -> [String] {
    var session = Session.desk(columns: 80, rows: 24)
    session.load(.inbox(Sample.page([lead])))
    return session.screen
  }

  private func chat(_ status: MessageStatus) -> [String] {
    var session = Session.desk(columns: 80, rows: 24)
    session.openFirst()
    var message = Sample.messages[0]
    message.direction = .outbound
    message.status = status
    session.load(.thread(Sample.thread([message])))
    return session.screen
  }

  private func bars(_ link: WorkerHealth.Link) -> [String] {
    var session = Session.desk(columns: 80, rows: 24)
    session.send(.health(WorkerHealth(link: link)))
    return session.screen
  }

  private func expectDifferent(_ screens: [[String]], _ what: String) {
    for (index, screen) in screens.enumerated() {
      for other in screens[(index + 1)...] { #expect(screen != other, "\(what)") }
    }
  }

  @Test func waitsReadWithoutColour() {
    // The age itself says it too; the marker says it at a glance.
    let markers = [2, 9, 40].map { Wait(since: Sample.ago(minutes: $0), now: Sample.now).marker }
    #expect(Set(markers).count == 3)
    expectDifferent(
      [
        list(Sample.lead(1, "Lena", "hi", minutes: 3, waits: true)),
        list(Sample.lead(1, "Lena", "hi", minutes: 3)),
        list(Sample.lead(1, "Lena", "hi", minutes: 3, unread: 2)),
        list(Sample.lead(1, "Lena", "hi", minutes: 3, draft: true)),
      ],
      "rows of the list"
    )
  }

  @Test func deliveryReadsWithoutColour() {
    expectDifferent(
      [.queued, .sending, .sent, .delivered, .read, .failed, .unconfirmed].map(chat),
      "states of a message"
    )
  }

  @Test func theLinkReadsWithoutColour() {
    expectDifferent(
      [
        bars(.standby), bars(.connecting), bars(.connected),
        bars(.down(reason: "no route", since: Sample.ago(minutes: 1))),
      ],
      "states of the link"
    )
  }

  @Test func theCursorAndTheFocusReadWithoutColour() {
    var session = Session.desk(columns: 120, rows: 40)
    session.openFirst()
    var screens = [session.screen]
    session.type("1")
    screens.append(session.screen)
    session.type("j")
    screens.append(session.screen)
    expectDifferent(screens, "cursor and focus")
  }

  /// What roles look like, at every depth, as a picture: mono differs in attributes only.
  @Test func everyRoleHasALookInEveryScheme() throws {
    var lines: [String] = []
    for scheme in ColorScheme.builtIn {
      for (name, depth) in [("mono", ColorDepth.mono), ("16", .sixteen), ("256", .indexed)] {
        for isLight in [false, true] {
          var palette = Palette(depth: depth, scheme: scheme)
          palette.isLight = isLight
          lines.append("\(scheme.name), \(name) colours, \(isLight ? "light" : "dark")")
          lines += Role.allCases.map { "  \($0.name): \(palette.description(of: Style($0)))" }
        }
      }
    }
    try Golden.expect(lines, "roles")
  }
}
