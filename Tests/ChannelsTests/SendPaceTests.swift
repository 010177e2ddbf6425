// Rate limits: buckets to the millisecond, what a provider's usage headers do to them, and when a
// paused channel is tried.
import Model
import Testing

@testable import Channels

@Suite struct SendPaceTests {
  private let start = Timestamp(seconds: 1_793_000_000)

  @Test func aBucketGivesItsBurstAndThenDrips() {
    var bucket = TokenBucket(burst: 3, interval: 100, now: start)
    for _ in 0..<3 { #expect(bucket.take(now: start) == nil) }
    #expect(bucket.take(now: start) == start + 100)
    #expect(bucket.take(now: start + 99) == start + 100)
    #expect(bucket.take(now: start + 100) == nil)
    #expect(bucket.take(now: start + 100) != nil)
    #expect(!bucket.isFull(now: start + 399))
    #expect(bucket.isFull(now: start + 400))
  }

  @Test func aClockThatGoesBackGivesNothing() {
    var bucket = TokenBucket(burst: 1, interval: 100, now: start)
    #expect(bucket.take(now: start) == nil)
    #expect(bucket.take(now: start - .day) == start - .day + 100)
    #expect(bucket.take(now: start - .day + 100) == nil)
  }

  /// The times at which sends to ever new people would leave, asked again when told.
  private func times(_ count: Int, _ limits: SendLimits, usage: Int = 0) -> [Timestamp] {
    var pace = SendPace()
    pace.note(usage: usage, of: "wa", now: start)
    var now = start
    var times: [Timestamp] = []
    while times.count < count {
      let thread = ThreadID(Int64(times.count))
      switch pace.ask(
        channel: "wa",
        limits: limits,
        thread: thread,
        now: now,
        tick: now,
        recent: { _ in [] }
      )
      {
      case .now: times.append(now)
      case .account(let wait): now = now + wait
      case .pair(let until): now = until
      }
    }
    return times
  }

  @Test(arguments: [
    (SendLimits(.whatsapp), 80), (SendLimits(.whatsapp, sharedWithPhoneApp: true), 20),
    (SendLimits(.instagram), 100), (SendLimits(.messenger), 300),
  ])
  func noSecondHoldsMoreThanIsAllowedAndLittleIsLost(limits: SendLimits, perSecond: Int) {
    let times = times(1000, limits)
    for (index, time) in times.enumerated() where index + perSecond < times.count {
      #expect(times[index + perSecond] - time >= 1000, "from \(index)")
    }
    let spent = Double((times.last ?? start) - start) / 1000
    #expect(spent < 1000 / Double(perSecond) * 1.12)
  }

  @Test func nearTheProvidersLimitItSlowsDown() {
    let limits = SendLimits(.whatsapp)
    func spent(_ usage: Int) -> Int64 { (times(100, limits, usage: usage).last ?? start) - start }
    #expect(spent(74) == spent(0))
    #expect(spent(80) > spent(0))
    #expect(spent(95) > 3 * spent(80))
    #expect(spent(100) > 10 * spent(0))
  }

  @Test func onePersonGetsABurstAndThenOneInSixSeconds() {
    var pace = SendPace()
    var now = start
    let limits = SendLimits(.whatsapp)
    var sent = 0
    var waited: Timestamp?
    while waited == nil {
      switch pace.ask(
        channel: "wa",
        limits: limits,
        thread: ThreadID(1),
        now: now,
        tick: now,
        recent: { _ in [] }
      ) {
      case .now: sent += 1
      case .account(let wait): now = now + wait
      case .pair(let until): waited = until
      }
    }
    #expect(sent == 45)
    #expect(waited.map { $0 > now && $0 - start <= 6000 } == true)
    let other = pace.ask(
      channel: "wa",
      limits: limits,
      thread: ThreadID(2),
      now: now + 100,
      tick: now + 100,
      recent: { _ in [] }
    )
    #expect(other == .now, "others don't wait")
  }

  @Test func whatWasSentBeforeCounts() {
    var pace = SendPace()
    let before = (1...45).map { start - Int64($0) }.sorted()
    let answer = pace.ask(
      channel: "wa",
      limits: SendLimits(.whatsapp),
      thread: ThreadID(1),
      now: start,
      tick: start,
      recent: { since in
        #expect(since == start - 270_000)
        return before
      }
    )
    guard case .pair = answer else {
      Issue.record("the burst is used up: \(answer)")
      return
    }
  }

  @Test func headersTellTheHighestUse() {
    func percent(_ headers: [HTTPHeader]) -> Int? {
      HTTPResponse(status: 200, headers: headers).usagePercent
    }
    #expect(percent([]) == nil)
    #expect(
      percent([
        HTTPHeader("x-app-usage", #"{"call_count":28,"total_time":91,"total_cputime":25}"#)
      ]) == 91
    )
    #expect(percent([HTTPHeader("X-App-Usage", #"{"call_volume":7,"cpu_time":0}"#)]) == 7)
    let business =
      #"{"1":[{"type":"messaging","call_count":80,"estimated_time_to_regain_access":9}]}"#
    #expect(percent([HTTPHeader("X-Business-Use-Case-Usage", business)]) == 80)
    #expect(percent([HTTPHeader("X-App-Usage", "nonsense")]) == nil)
  }

  @Test func waitsAreReadInEveryForm() {
    func wait(_ headers: [HTTPHeader]) -> Int64? {
      HTTPResponse(status: 429, headers: headers).advisedWait
    }
    #expect(wait([HTTPHeader("Retry-After", "17")]) == 17_000)
    let date = [
      HTTPHeader("Date", "Sun, 06 Nov 1994 08:49:37 GMT"),
      HTTPHeader("Retry-After", "Sun, 06 Nov 1994 08:50:37 GMT"),
    ]
    #expect(wait(date) == 60_000)
    #expect(wait([HTTPHeader("Retry-After", "soon")]) == nil)
    #expect(wait([HTTPHeader("Retry-After", "99999999999")]) == .day)
  }

  @Test func aPausedChannelIsTriedOftenAndThenSeldom() {
    #expect(ProbeSchedule.isDue(since: start, last: nil, now: start))
    var tries: [Int64] = []
    var last = start
    for second in 1...1200 {
      let now = start + Int64(second) * .second
      if ProbeSchedule.isDue(since: start, last: last, now: now) {
        tries.append(now - start)
        last = now
      }
    }
    #expect(tries.prefix(20) == (1...20).map { Int64($0) * 15_000 }.prefix(20))
    #expect(Array(tries.dropFirst(20)) == [600_000, 900_000, 1_200_000])
  }
}
