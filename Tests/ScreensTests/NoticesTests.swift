// The notices about the gym's accounts, as a person meets them.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct NoticesTests {
  private func notices(columns: Int = 120, rows: Int = 40) -> Session {
    var session = Session.desk(columns: columns, rows: rows)
    session.load(.unreadNotices(2))
    session.type("gn")
    session.load(.notices(Sample.notices))
    _ = session.took()
    return session
  }

  @Test func goingThereAsksForThem() {
    var session = Session.desk()
    session.type("gn")
    #expect(session.took() == [.loadNotices])
    #expect(session.text.contains("Loading"))
    session.load(.notices([]))
    #expect(session.text.contains("No notice yet"))
  }

  @Test func unreadOnesRaiseABadgeUntilTheyAreRead() {
    var session = Session.desk()
    session.load(.unreadNotices(2))
    #expect(session.text.contains("2 notices · g n"))
    session.load(.unreadNotices(0))
    #expect(!session.text.contains("g n"))
  }

  @Test func aLineSaysHowBadItIsWhatWhereAndWhen() throws {
    let line = try #require(
      notices().text.split(separator: "\n").first { $0.contains("Your account is banned") }
    )
    #expect(line.contains("● ✗ critical"))
    #expect(line.contains("wa-main"))
    #expect(line.contains("5m"))
  }

  @Test func enterOpensOneAndEscComesBack() {
    var session = notices()
    session.type("<Enter>")
    #expect(session.text.contains("Appeal in Meta Business Suite"))
    #expect(session.text.contains("Unread"))
    session.type("<Esc>")
    #expect(!session.text.contains("Appeal in Meta Business Suite"))
    session.type("<Esc>")
    #expect(session.state.focus == .inbox)
  }

  @Test func oneKeyMarksOneAsReadAndAnotherAll() {
    var session = notices()
    session.type("jrA")
    #expect(session.took() == [.readNotices(NoticeID(2)), .readNotices(nil)])
    session.type("jr")
    #expect(session.took().isEmpty)
    #expect(session.text.contains("This notice is read"))
    session.load(.unreadNotices(0))
    session.type("A")
    #expect(session.took().isEmpty)
    #expect(session.text.contains("No notice is unread"))
  }

  @Test func whatIsOpenStaysOpenWhileOthersComeIn() {
    var session = notices()
    session.type("<Enter>")
    var list = Sample.notices
    list[0].id = NoticeID(4)
    list[0].notice.title = "A newer one"
    session.load(.notices(list + Sample.notices))
    #expect(session.text.contains("Appeal in Meta Business Suite"))
    #expect(session.state.notices.subject?.id == NoticeID(3))
  }

  @Test(arguments: [(120, 40), (80, 24), (46, 19), (20, 8)])
  func itCanBeReadAtAnySize(columns: Int, rows: Int) {
    var session = notices(columns: columns, rows: rows)
    #expect(session.text.contains("Your acc"))
    session.type("<Enter>")
    #expect(session.text.contains("critical"))
    for _ in 0..<40 { session.type("j") }
    #expect(session.text.contains("Unread"))
  }

  @Test func hostileTextStaysText() {
    var session = notices()
    var list = Sample.notices
    list[0].notice.title = "\u{1B}]0;x\u{7}\u{202E}evil"
    list[0].channel = "\u{1B}[2J"
    session.load(.notices(list))
    #expect(!session.text.contains("\u{1B}") && !session.text.contains("\u{202E}"))
  }
}

extension Sample {
  static let notices = [
    notice(
      3,
      .critical,
      "Your account is banned",
      detail: "Nothing can be sent on it. Appeal in Meta Business Suite.",
      at: ago(minutes: 5)
    ),
    notice(2, .warning, "The template trial_reminder was paused", at: ago(hours: 2)),
    notice(
      1,
      .info,
      "Quality is green again",
      channel: nil,
      at: ago(days: 3),
      readAt: ago(days: 2)
    ),
  ]

  private static func notice(
    _ id: Int64,
    _ severity: AccountNotice.Severity,
    _ title: String,
    detail: String = "",
    channel: String? = "wa-main",
    at: Timestamp,
    readAt: Timestamp? = nil
  ) -> AdminNotice {
    AdminNotice(
      id: NoticeID(id),
      notice: AccountNotice(
        kind: "account_update",
        severity: severity,
        title: title,
        detail: detail,
        at: at
      ),
      channel: channel,
      account: "1029384756",
      readAt: readAt,
      readBy: readAt == nil ? nil : "Ben"
    )
  }
}
