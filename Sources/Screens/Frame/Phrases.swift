// Times, ages and counts as people read them, without Foundation and without a locale.
import Model

/// How long `from` lies back, in one short word: `now`, `4m`, `3h`, `2d`, `5w`, `1y`.
func shortAge(from: Timestamp, to now: Timestamp) -> String {
  let minutes = max(0, now - from) / .minute
  switch minutes {
  case ..<1: return "now"
  case ..<60: return "\(minutes)m"
  case ..<1440: return "\(minutes / 60)h"
  case ..<10_080: return "\(minutes / 1440)d"
  case ..<525_600: return "\(minutes / 10_080)w"
  default: return "\(minutes / 525_600)y"
  }
}

/// The same in words: `4 min`, `3 h`, `2 days`.
package func longAge(from: Timestamp, to now: Timestamp) -> String {
  let minutes = max(0, now - from) / .minute
  switch minutes {
  case ..<1: return "less than a minute"
  case ..<60: return "\(minutes) min"
  case ..<1440: return "\(minutes / 60) h"
  default: return counted(Int(minutes / 1440), "day")
  }
}

/// `1 lead`, `2 leads`.
package func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}

/// How urgent a wait is: the gym answers within 5 minutes, at worst within 15.
enum Wait {
  case fresh, aging, late

  init(since: Timestamp, now: Timestamp) {
    let waited = now - since
    self = waited <= 5 * .minute ? .fresh : waited <= 15 * .minute ? .aging : .late
  }

  /// Fills up as the wait gets longer, so that it reads without colour too.
  var marker: String {
    switch self {
    case .fresh: "○"
    case .aging: "◐"
    case .late: "●"
    }
  }
}

private let weekdays = [
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
]
private let months = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December",
]

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// `09:05` in the gym's zone.
package func clockTime(_ time: Timestamp, zone: ZoneRules) -> String {
  let civil = zone.civil(time)
  return twoDigits(civil.hour) + ":" + twoDigits(civil.minute)
}

/// `Today`, `Yesterday`, `Friday, 14 November`, with the year when it is another.
package func dayTitle(_ time: Timestamp, now: Timestamp, zone: ZoneRules) -> String {
  let day = zone.civil(time)
  let today = zone.civil(now)
  switch today.dayNumber - day.dayNumber {
  case 0: return "Today"
  case 1: return "Yesterday"
  default: break
  }
  let date = "\(weekdays[day.weekday - 1]), \(day.day) \(months[day.month - 1])"
  return day.year == today.year ? date : date + " \(day.year)"
}

/// `Fri 27 Nov`.
func shortDay(_ day: CivilTime) -> String {
  "\(weekdays[day.weekday - 1].prefix(3)) \(day.day) \(months[day.month - 1].prefix(3))"
}

/// `14 Nov 2025, 10:41`.
func dateAndTime(_ time: Timestamp, zone: ZoneRules) -> String {
  let civil = zone.civil(time)
  return "\(civil.day) \(months[civil.month - 1].prefix(3)) \(civil.year), "
    + clockTime(time, zone: zone)
}

/// The first letters of the first and last word: `AB` for Ana Berger.
func initials(_ name: String) -> String {
  let words = name.split(separator: " ")
  guard let first = words.first?.first else { return "" }
  guard words.count > 1, let last = words.last?.first else {
    return String(first).uppercased()
  }
  return (String(first) + String(last)).uppercased()
}
