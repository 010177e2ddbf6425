// The forgiving reading that every provider needs: times in three notations, ids that are missing,
// texts that must fit one line.
import Model

extension Timestamp {
  /// A provider's time: seconds or milliseconds as a number or string, or ISO 8601 text.
  ///
  /// Nil for anything else, and for times outside 1970 to 9999.
  init?(lenient value: JSONValue) {
    if let number = value.int64 {
      self.init(epoch: number)
    } else if let text = value.text {
      self.init(iso: text)
    } else {
      return nil
    }
  }

  /// Seconds, or milliseconds when the number is too large for seconds (past the year 5138).
  private init?(epoch number: Int64) {
    let isMilliseconds = number >= 100_000_000_000
    guard number > 0, number < (isMilliseconds ? Self.end * 1000 : Self.end) else { return nil }
    self = isMilliseconds ? Timestamp(milliseconds: number) : Timestamp(seconds: number)
  }

  /// Seconds from 1970 to the year 10000.
  private static let end: Int64 = 253_402_300_800

  /// `2026-03-01T17:04:05`, then optionally a fraction and `Z`, `+0100` or `+01:00`.
  private init?(iso text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let year = bytes.digits(0, 4), let month = bytes.digits(5, 2), let day = bytes.digits(8, 2),
      let hour = bytes.digits(11, 2), let minute = bytes.digits(14, 2),
      let second = bytes.digits(17, 2), (1970...9999).contains(year), (1...12).contains(month),
      (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    let days = Int64(CivilTime.dayNumber(year: year, month: month, day: day))
    let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    self.init(seconds: seconds - Int64(Self.zoneOffset(bytes.dropFirst(19))))
  }

  /// Seconds east of UTC that the end of an ISO time says.
  private static func zoneOffset(_ rest: ArraySlice<UInt8>) -> Int {
    guard let sign = rest.lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") })
    else { return 0 }
    let zone = rest[(sign + 1)...].filter { $0 != UInt8(ascii: ":") }
    guard let hours = zone.digits(0, 2), let minutes = zone.digits(2, 2) else { return 0 }
    let offset = hours * 3600 + minutes * 60
    return rest[sign] == UInt8(ascii: "-") ? -offset : offset
  }
}

extension [UInt8] {
  /// The number that `count` digits from `start` make.
  fileprivate func digits(_ start: Int, _ count: Int) -> Int? {
    guard self.count >= start + count else { return nil }
    var number = 0
    for byte in self[start..<start + count] {
      guard (48...57).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    return number
  }
}

extension String {
  /// An id for an event that has none: the same content gives the same id at every replay.
  ///
  /// Two 64-bit FNV-1a hashes over the event's compact JSON.
  static func derivedID(_ account: ProviderAccount, _ event: JSONValue) -> String {
    var low: UInt64 = 0xcbf2_9ce4_8422_2325
    var high: UInt64 = 0x6c62_272e_07bb_0142
    for byte in Array(account.id.utf8) + event.encodedBytes() {
      low = (low ^ UInt64(byte)) &* 0x100_0000_01b3
      high = (high ^ UInt64(byte ^ 0x5A)) &* 0x100_0000_01b3
    }
    return "derived:" + String(high, radix: 16) + "-" + String(low, radix: 16)
  }

  /// The text on one line, cut at `limit` characters.
  func singleLine(limit: Int) -> String {
    let words = split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
    return words.count <= limit ? words : words.prefix(limit - 1) + "…"
  }

  /// Without white space around it; nil when nothing is left.
  var nonBlank: String? {
    let rest = drop(while: \.isWhitespace)
    guard let end = rest.lastIndex(where: { !$0.isWhitespace }) else { return nil }
    return String(rest[...end])
  }

  /// `self` and, where there is one, `detail` behind a space.
  func with(_ detail: String?) -> String { detail.map { self + " " + $0 } ?? self }
}
