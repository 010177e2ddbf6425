// "fri 9:00": a moment to come, as people type it, on the gym's wall clock. Pure.

/// Reads a time in the future.
///
/// A day and a time of day in either order (`fri 9:00`, `9am tomorrow`, `27 nov`, `27.11. 18:30`,
/// `2026-11-27 09:00`), a time alone (the next such time), or a span (`2h`, `in 3 days`). A day alone
/// means 9:00.
package enum LaterTime {
  /// Where the day begins when no time is given.
  static let morning = (hour: 9, minute: 0)
  /// The furthest that is taken for meant: a year.
  static let furthest: Int64 = 366 * .day

  package enum Outcome: Equatable, Sendable {
    case at(Timestamp)
    /// Why it can't be understood, and an example.
    case refused(String)
  }

  package static func parse(_ text: String, now: Timestamp, zone: ZoneRules) -> Outcome {
    var words = text.lowercased().split { $0.isWhitespace || $0 == "," }.map(String.init)
    words.removeAll { $0 == "at" || $0 == "on" || $0 == "next" || $0 == "o'clock" }
    guard !words.isEmpty else { return .refused("When? Such as fri 9:00, tomorrow 18:30 or 2h") }
    if let span = span(words) { return checked(now + span, text: text, now: now) }
    let today = zone.civil(now).dayNumber
    var day: Day?
    var time: (hour: Int, minute: Int)?
    while !words.isEmpty {
      if time == nil, let found = takeTime(&words) {
        time = found
      } else if day == nil, let found = takeDay(&words, today: today) {
        day = found
      } else {
        return .refused("“\(words[0])” is no time: try fri 9:00, tomorrow 18:30, 27 nov or 2h")
      }
    }
    let clock = time ?? day?.time ?? morning
    var moment = zone.moment(day: day?.number ?? today, hour: clock.hour, minute: clock.minute)
    // A weekday or a time alone is the next one; a date is that date.
    if moment <= now, let again = day.map(\.repeats) ?? 1, again > 0 {
      moment = zone.moment(
        day: (day?.number ?? today) + again,
        hour: clock.hour,
        minute: clock.minute
      )
    }
    return checked(moment, text: text, now: now)
  }

  private static func checked(_ moment: Timestamp, text: String, now: Timestamp) -> Outcome {
    if moment <= now { return .refused("“\(text)” is over: name a time to come") }
    if moment - now > furthest { return .refused("“\(text)” is more than a year away") }
    return .at(moment)
  }

  private struct Day {
    var number: Int
    /// Days after which it comes again; nil for a date.
    var repeats: Int?
    var time: (hour: Int, minute: Int)?
  }

  private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// `2h`, `90 min`, `in 3 days`, `1 week`.
  private static func span(_ words: [String]) -> Int64? {
    var words = words
    let isMarked = words.first == "in"
    if isMarked { words.removeFirst() }
    let joined = words.joined()
    let digits = joined.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int64(digits), count > 0, count < 100_000 else { return nil }
    switch joined.dropFirst(digits.count) {
    case "m", "min", "mins", "minute", "minutes": return count * .minute
    case "h", "hour", "hours", "hr", "hrs": return count * .hour
    case "d", "day", "days": return count * .day
    case "w", "week", "weeks": return count * 7 * .day
    default: return nil
    }
  }

  /// `9:00`, `9.30`, `9am`, `9 pm`, `18h`, `noon`; a bare hour only where no day claims the number.
  private static func takeTime(_ words: inout [String]) -> (hour: Int, minute: Int)? {
    if words[0] == "noon" {
      words.removeFirst()
      return (12, 0)
    }
    var word = words[0]
    var taken = 1
    if words.count > 1, ["am", "pm"].contains(words[1]) {
      word += words[1]
      taken = 2
    }
    guard let time = time(word, isLast: words.count == taken) else { return nil }
    words.removeFirst(taken)
    return time
  }

  private static func time(_ word: String, isLast: Bool) -> (hour: Int, minute: Int)? {
    var text = Substring(word)
    var half: Int?
    if text.hasSuffix("am") || text.hasSuffix("pm") {
      half = text.hasSuffix("pm") ? 12 : 0
      text = text.dropLast(2)
    } else if text.hasSuffix("h") {
      text = text.dropLast()
    } else if !text.contains(":"), !(isLast && text.count <= 2) {
      // `9.30` reads as a date unless nothing else can be meant; `27` before `nov` is a day.
      return nil
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let hour = number(parts[0]) else { return nil }
    guard let minute = parts.count == 2 ? number(parts[1]) : 0, minute < 60 else { return nil }
    if let half {
      guard (1...12).contains(hour) else { return nil }
      return (hour % 12 + half, minute)
    }
    return hour < 24 ? (hour, minute) : nil
  }

  private static func takeDay(_ words: inout [String], today: Int) -> Day? {
    let word = words.removeFirst()
    switch word {
    case "today": return Day(number: today)
    case "tonight": return Day(number: today, time: (19, 0))
    case "tomorrow", "tom", "tmr": return Day(number: today + 1)
    case "week":
      // `next week`: Monday.
      return Day(number: today + 7 - (weekday(today) - 1))
    default: break
    }
    if let index = weekdays.firstIndex(where: { word.hasPrefix($0) }), word.allSatisfy(\.isLetter) {
      return Day(number: today + (index + 1 - weekday(today) + 7) % 7, repeats: 7)
    }
    if let date = date(word, &words, today: today) { return date }
    words.insert(word, at: 0)
    return nil
  }

  /// `2026-11-27`, `27.11.`, `27.11.2026`, `27 nov`, `nov 27`.
  private static func date(_ word: String, _ words: inout [String], today: Int) -> Day? {
    let parts = word.split(whereSeparator: { $0 == "-" || $0 == "." || $0 == "/" })
    let numbers = parts.compactMap(number)
    if numbers.count == parts.count, numbers.count == 3 {
      return word.contains("-")
        ? day(numbers[0], numbers[1], numbers[2]) : day(numbers[2], numbers[1], numbers[0])
    }
    if numbers.count == parts.count, numbers.count == 2, word.contains(".") {
      return coming(month: numbers[1], day: numbers[0], today: today)
    }
    guard parts.count == 1, let next = words.first else { return nil }
    if let day = numbers.first, let month = months.firstIndex(where: { next.hasPrefix($0) }) {
      words.removeFirst()
      return coming(month: month + 1, day: day, today: today)
    }
    if let month = months.firstIndex(where: { word.hasPrefix($0) }),
      let day = number(next.prefix { $0 != "." })
    {
      words.removeFirst()
      return coming(month: month + 1, day: day, today: today)
    }
    return nil
  }

  /// The date in this year, or in the next when it is over.
  private static func coming(month: Int, day: Int, today: Int) -> Day? {
    let year = CivilTime(localSeconds: Int64(today) * 86_400).year
    guard let date = self.day(year, month, day) else { return nil }
    return date.number >= today ? date : self.day(year + 1, month, day)
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day? {
    guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let number = CivilTime.dayNumber(year: year, month: month, day: day)
    // 31 November would be 1 December.
    let civil = CivilTime(localSeconds: Int64(number) * 86_400)
    return civil.month == month && civil.day == day ? Day(number: number) : nil
  }

  private static func weekday(_ day: Int) -> Int {
    CivilTime(localSeconds: Int64(day) * 86_400).weekday
  }

  private static func number(_ text: Substring) -> Int? {
    text.count <= 4 && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
  }
}

extension ZoneRules {
  /// The moment at which the wall clock shows this; the first of two in autumn, and in spring, when it
  /// jumps over it, as long after the jump.
  package func moment(day: Int, hour: Int, minute: Int) -> Timestamp {
    let local = Int64(day) * 86_400 + Int64(hour * 3600 + minute * 60)
    let before = offset(at: Timestamp(seconds: local - 86_400))
    let after = offset(at: Timestamp(seconds: local + 86_400))
    for offset in [before, after] {
      let moment = Timestamp(seconds: local - Int64(offset))
      if self.offset(at: moment) == offset { return moment }
    }
    return Timestamp(seconds: local - Int64(before))
  }
}
