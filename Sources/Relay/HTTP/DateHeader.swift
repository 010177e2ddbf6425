// The Date field of an answer, written once a second. Any thread.
import Glibc
import Model
import Synchronization

/// The last date that was asked for.
final class DateHeader: Sendable {
  private let last = Mutex((second: Int64.min, text: ""))

  /// Such as `Sun, 22 Nov 2026 17:00:00 GMT` (RFC 9110 5.6.7).
  func text(at time: Timestamp) -> String {
    let second = time.milliseconds / 1000
    return last.withLock { last in
      if last.second != second { last = (second, Self.write(second)) }
      return last.text
    }
  }

  private static func write(_ second: Int64) -> String {
    var (clock, parts) = (time_t(second), tm())
    gmtime_r(&clock, &parts)
    // The program never calls setlocale, so the names are the English ones.
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { buffer in
      let count = strftime(buffer.baseAddress, 40, "%a, %d %b %Y %H:%M:%S GMT", &parts)
      return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
