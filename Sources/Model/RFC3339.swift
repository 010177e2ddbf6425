// Times as machines exchange them (RFC 3339), without Foundation: logs, the feed, JSON output.

extension Timestamp {
  /// UTC with milliseconds, such as `2026-08-01T09:30:00.250Z`.
  package var rfc3339: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    appendRFC3339(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same, written behind what `bytes` hold.
  package func appendRFC3339(to bytes: inout [UInt8]) {
    let seconds = milliseconds.flooredDivision(by: 1000)
    let fields = CivilTime(localSeconds: seconds)
    func digits(_ value: Int, _ width: Int) {
      var divisor = 1
      for _ in 1..<width { divisor *= 10 }
      while divisor > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
        divisor /= 10
      }
    }
    digits(fields.year, 4)
    bytes.append(UInt8(ascii: "-"))
    digits(fields.month, 2)
    bytes.append(UInt8(ascii: "-"))
    digits(fields.day, 2)
    bytes.append(UInt8(ascii: "T"))
    digits(fields.hour, 2)
    bytes.append(UInt8(ascii: ":"))
    digits(fields.minute, 2)
    bytes.append(UInt8(ascii: ":"))
    digits(fields.second, 2)
    bytes.append(UInt8(ascii: "."))
    digits(Int(milliseconds - seconds * 1000), 3)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// Reads a date and time with `Z` or an offset; a fraction is cut to milliseconds.
  ///
  /// Offsets may lack their colon, as Meta's Graph API writes them (`+0000`).
  package init?(rfc3339 text: String) {
    var reader = RFC3339Reader(bytes: Array(text.utf8))
    guard let value = reader.read() else { return nil }
    self = value
  }
}

private struct RFC3339Reader {
  let bytes: [UInt8]
  var position = 0

  mutating func read() -> Timestamp? {
    guard let year = number(4), take("-"), let month = number(2), (1...12).contains(month),
      take("-"), let day = number(2), (1...31).contains(day), take("T") || take("t") || take(" "),
      let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60,
      take(":"), let second = number(2), second <= 60
    else { return nil }
    let fraction = milliseconds()
    guard let fraction, let offset = offset(), position == bytes.count else { return nil }
    let days = Int64(CivilTime.dayNumber(year: year, month: month, day: day))
    let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
    return Timestamp(milliseconds: seconds * 1000 + Int64(fraction))
  }

  private mutating func milliseconds() -> Int? {
    guard take(".") else { return 0 }
    var value = 0
    var count = 0
    while let digit = digit() {
      if count < 3 { value = value * 10 + digit }
      count += 1
    }
    guard count > 0 else { return nil }
    while count < 3 {
      value *= 10
      count += 1
    }
    return value
  }

  /// Seconds east of UTC.
  private mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let sign = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hours = number(2), hours < 24 else { return nil }
    _ = take(":")
    guard let minutes = number(2), minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  private mutating func number(_ width: Int) -> Int? {
    var value = 0
    for _ in 0..<width {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  private mutating func digit() -> Int? {
    guard position < bytes.count, (48...57).contains(bytes[position]) else { return nil }
    defer { position += 1 }
    return Int(bytes[position] - 48)
  }

  private mutating func take(_ character: Character) -> Bool {
    guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
    position += 1
    return true
  }
}
