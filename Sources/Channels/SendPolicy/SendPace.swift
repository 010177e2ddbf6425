// How fast the gym may send: a bucket for each account, one for each conversation where the provider
// counts them, less while the provider says that its limits are near. Pure.
import Model

/// What a provider allows.
package struct SendLimits: Equatable, Sendable {
  /// Sends a second from one account.
  package var perSecond: Int
  /// Sends to one person: so many at once, then one every so many milliseconds.
  package var pair: (burst: Int, interval: Int64)?

  /// What Meta's pages say.
  ///
  /// WhatsApp: 80 messages a second and number, 20 where the number is shared with the phone app;
  /// one in 6 s to the same person, of which 45 may be borrowed (Meta, "Throughput", 2026).
  /// Instagram: 100 a second and account, 300 by a page (Meta, Instagram rate limits, 2026).
  package init(_ kind: ChannelKind, sharedWithPhoneApp: Bool = false) {
    switch kind {
    case .whatsapp:
      perSecond = sharedWithPhoneApp ? 20 : 80
      pair = (45, 6 * .second)
    case .messenger: perSecond = 300
    case .instagram, .leadAds, .email, .sms: perSecond = 100
    }
  }

  package static func == (left: SendLimits, right: SendLimits) -> Bool {
    left.perSecond == right.perSecond && left.pair?.burst == right.pair?.burst
      && left.pair?.interval == right.pair?.interval
  }
}

/// The buckets of one worker.
package struct SendPace: Sendable {
  package enum Answer: Equatable, Sendable {
    case now
    /// The account has sent enough for so many milliseconds.
    case account(wait: Int64)
    /// This person has been written to enough for the moment.
    case pair(until: Timestamp)
  }

  private var accounts: [String: TokenBucket] = [:]
  private var pairs: [ThreadID: TokenBucket] = [:]
  private var shares: [String: (share: Double, until: Timestamp)] = [:]

  /// Pairs whose bucket is full again are forgotten beyond this many.
  private static let pairsKept = 1000
  /// What the provider says of its limits holds for so long; its windows are an hour.
  private static let usageLifetime: Int64 = 5 * .minute

  package init() {}

  /// Whether one more may go now; if so it is counted.
  ///
  /// `tick` is a clock that nobody sets, for the account's milliseconds; `now` the one that tells
  /// when messages were sent.
  /// `recent` is asked at the first send to somebody: when we wrote to them lately.
  package mutating func ask(
    channel: String,
    limits: SendLimits,
    thread: ThreadID,
    now: Timestamp,
    tick: Timestamp,
    recent: (_ since: Timestamp) throws -> [Timestamp]
  ) rethrows -> Answer {
    var pair: TokenBucket?
    if let limit = limits.pair {
      var bucket = try pairs[thread] ?? Self.bucket(limit, now: now, recent: recent)
      if let until = bucket.take(now: now) {
        pairs[thread] = bucket
        return .pair(until: until)
      }
      pair = bucket
    }
    var account = accounts[channel] ?? Self.account(limits, now: tick)
    let until = account.take(now: tick, share: share(of: channel, now: now))
    accounts[channel] = account
    if let until { return .account(wait: until - tick) }
    if let pair { keep(pair, of: thread, now: now) }
    return .now
  }

  /// The provider counts us at `percent` of a limit: from 75 on we slow down (Meta, "Rate limits":
  /// throttled at 100).
  package mutating func note(usage percent: Int, of channel: String, now: Timestamp) {
    guard percent >= Self.slowFrom else {
      shares[channel] = nil
      return
    }
    let share = max(0.02, Double(100 - percent) / Double(100 - Self.slowFrom + 1))
    shares[channel] = (share, now + Self.usageLifetime)
  }

  private static let slowFrom = 75

  private func share(of channel: String, now: Timestamp) -> Double {
    guard let known = shares[channel], known.until > now else { return 1 }
    return known.share
  }

  /// A little under the limit, with a short burst, so that no second holds more than is allowed.
  private static func account(_ limits: SendLimits, now: Timestamp) -> TokenBucket {
    let burst = max(1, limits.perSecond / 20)
    let rate = Double(limits.perSecond - burst)
    return TokenBucket(burst: burst, interval: 1000 / max(1, rate), now: now)
  }

  /// As it stands after what was sent before this worker began.
  private static func bucket(
    _ limit: (burst: Int, interval: Int64),
    now: Timestamp,
    recent: (Timestamp) throws -> [Timestamp]
  ) rethrows -> TokenBucket {
    let since = now - Int64(limit.burst) * limit.interval
    var bucket = TokenBucket(burst: limit.burst, interval: Double(limit.interval), now: since)
    for time in try recent(since) { _ = bucket.take(now: min(max(time, since), now)) }
    return bucket
  }

  private mutating func keep(_ bucket: TokenBucket, of thread: ThreadID, now: Timestamp) {
    if pairs.count >= Self.pairsKept { pairs = pairs.filter { !$0.value.isFull(now: now) } }
    pairs[thread] = bucket
  }
}
