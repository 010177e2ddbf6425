// What an answer's headers say about Meta's rate limits: how much of them is used, and how long to
// keep away. Any numeric key is read as a percentage; the headers' shapes differ by API.
import Model

extension HTTPResponse {
  /// The highest percentage of any limit, from `X-App-Usage`, `X-Page-Usage`, `X-Ad-Account-Usage`
  /// and `X-Business-Use-Case-Usage`; nil when none of them came.
  package var usagePercent: Int? {
    let flat = ["X-App-Usage", "X-Page-Usage", "X-Ad-Account-Usage"].flatMap { name in
      Self.json(header(name)).members.compactMap(Self.percentage)
    }
    let nested = businessUsage.flatMap { $0.members.compactMap(Self.percentage) }
    return (flat + nested).max()
  }

  /// Milliseconds that the answer asks us to hold off: `Retry-After` in seconds or as a date, or the
  /// longest `estimated_time_to_regain_access` (minutes).
  package var advisedWait: Int64? {
    // A day bounds what a broken header can do.
    func bounded(_ number: Int64, _ unit: Int64) -> Int64? {
      number > 0 ? min(number, .day / unit) * unit : nil
    }
    let after = header("Retry-After")?.nonBlank
    let seconds = after.flatMap { Int64($0) }.flatMap { bounded($0, .second) }
    let date = after.flatMap(HTTPDate.parse).flatMap { then -> Int64? in
      guard let sent = header("Date").flatMap(HTTPDate.parse) else { return nil }
      return bounded(then - sent, 1)
    }
    let minutes = businessUsage.compactMap { $0["estimated_time_to_regain_access"].int64 }.max()
    return [seconds, date, minutes.flatMap { bounded($0, .minute) }].compactMap { $0 }.max()
  }

  private var businessUsage: [JSONValue] {
    Self.json(header("X-Business-Use-Case-Usage")).members.flatMap(\.value.array)
  }

  private static func json(_ text: String?) -> JSONValue {
    text.flatMap { try? JSONValue.parse($0) } ?? .null
  }

  private static func percentage(_ member: JSONValue.Member) -> Int? {
    member.key == "estimated_time_to_regain_access"
      ? nil : member.value.int64.map { Int(min(max($0, 0), 1000)) }
  }
}

/// Dates in HTTP headers (RFC 9110, IMF-fixdate): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func parse(_ text: String) -> Timestamp? {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: words[2]),
      let day = Int(words[1]), let year = Int(words[3]), (1970...9999).contains(year)
    else { return nil }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return Timestamp(rfc3339: "\(year)-\(two(month + 1))-\(two(day))T\(words[4])Z")
  }
}
