// Calendar arithmetic in a gym's zone without Foundation: days for separators and "today".

/// A date and time of day in some zone.
package struct CivilTime: Equatable, Sendable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int
  /// 1 is Monday, 7 is Sunday.
  package var weekday: Int
  /// Days since 1970-01-01 in that zone; equal numbers are the same day.
  package var dayNumber: Int

  /// Fields of `seconds` since 1970-01-01 00:00 in the same zone.
  package init(localSeconds seconds: Int64) {
    let days = seconds.flooredDivision(by: 86_400)
    let rest = Int(seconds - days * 86_400)
    hour = rest / 3600
    minute = rest % 3600 / 60
    second = rest % 60
    dayNumber = Int(days)
    weekday = Int((days + 3).flooredRemainder(by: 7)) + 1
    // Days to civil: shift to 0000-03-01 eras of 400 years (146 097 days).
    let shifted = days + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthShifted = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * monthShifted + 2) / 5 + 1)
    month = Int(monthShifted < 10 ? monthShifted + 3 : monthShifted - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01 of a date.
  package static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = Int64(shiftedYear).flooredDivision(by: 400)
    let yearOfEra = Int64(shiftedYear) - era * 400
    let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int(era * 146_097 + dayOfEra - 719_468)
  }
}

extension Int64 {
  /// Division that rounds down, for times before 1970 too.
  package func flooredDivision(by divisor: Int64) -> Int64 {
    self / divisor - (self % divisor < 0 ? 1 : 0)
  }

  func flooredRemainder(by divisor: Int64) -> Int64 {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
