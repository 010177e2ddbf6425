// Times to come as people type them, on a gym's wall clock.
import Model
import Testing

@Suite struct LaterTimeTests {
  /// Wednesday, 25 November 2026, 14:30 in Berlin.
  static let zone = ZoneRules(named: "Europe/Berlin") ?? .utc
  static let now = zone.moment(day: day(2026, 11, 25), hour: 14, minute: 30)

  static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    CivilTime.dayNumber(year: year, month: month, day: day)
  }

  private func read(_ text: String, now: Timestamp = now) -> String? {
    let outcome = LaterTime.parse(text, now: now, zone: Self.zone)
    guard case .at(let moment) = outcome else { return nil }
    let civil = Self.zone.civil(moment)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(civil.year)-\(two(civil.month))-\(two(civil.day)) "
      + two(civil.hour) + ":" + two(civil.minute)
  }

  @Test(arguments: [
    ("fri 9:00", "2026-11-27 09:00"), ("Friday 9", "2026-11-27 09:00"),
    ("9:30 fri", "2026-11-27 09:30"), ("fri", "2026-11-27 09:00"),
    ("wed 18:00", "2026-11-25 18:00"), ("wed 9:00", "2026-12-02 09:00"),
    ("18:30", "2026-11-25 18:30"), ("9:00", "2026-11-26 09:00"), ("9", "2026-11-26 09:00"),
    ("tomorrow", "2026-11-26 09:00"), ("tomorrow at 6 pm", "2026-11-26 18:00"),
    ("6:15pm", "2026-11-25 18:15"), ("12am", "2026-11-26 00:00"),
    ("noon tomorrow", "2026-11-26 12:00"),
    ("tonight", "2026-11-25 19:00"), ("2h", "2026-11-25 16:30"), ("in 90 min", "2026-11-25 16:00"),
    ("in 3 days", "2026-11-28 14:30"), ("27 nov", "2026-11-27 09:00"),
    ("nov 27 18h", "2026-11-27 18:00"), ("27.11. 8:05", "2026-11-27 08:05"),
    ("3.2.", "2027-02-03 09:00"), ("2026-12-01 09:00", "2026-12-01 09:00"),
    ("01/12/2026 9:00", "2026-12-01 09:00"), ("next week", "2026-11-30 09:00"),
    ("next mon 10:00", "2026-11-30 10:00"),
  ])
  func understands(_ text: String, as wanted: String) {
    #expect(read(text) == wanted, "\(text)")
  }

  @Test(arguments: [
    "", "soon", "25:00", "fri 9:75", "31 nov", "today 9:00", "2026-11-24 9:00", "13pm", "fri sat",
    "2031-01-01", "9:00 10:00", "9999999999999999999h", "{time}",
  ])
  func refuses(_ text: String) {
    guard case .refused(let reason) = LaterTime.parse(text, now: Self.now, zone: Self.zone) else {
      Issue.record("\(text) was understood")
      return
    }
    #expect(!reason.isEmpty)
  }

  // 29 March 2026: 02:00 becomes 03:00. 25 October: 03:00 becomes 02:00.
  @Test func keepsTheWallClockWhenItIsMoved() {
    let saturday = Self.zone.moment(day: Self.day(2026, 3, 28), hour: 12, minute: 0)
    #expect(read("tomorrow 9:00", now: saturday) == "2026-03-29 09:00")
    #expect(read("tomorrow 2:30", now: saturday) == "2026-03-29 03:30")
    let autumn = Self.zone.moment(day: Self.day(2026, 10, 24), hour: 12, minute: 0)
    let first = Self.zone.moment(day: Self.day(2026, 10, 25), hour: 2, minute: 30)
    #expect(LaterTime.parse("tomorrow 2:30", now: autumn, zone: Self.zone) == .at(first))
    #expect(Self.zone.offset(at: first) == 7200)
  }
}
