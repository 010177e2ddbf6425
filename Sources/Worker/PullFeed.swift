// Reads the relay's feed into the journal: a page and the cursor in one transaction, then the ack.
import Channels
import Dispatch
import Logging
import Model
import RelayAPI
import Store

/// The pull loop.
///
/// Runs on its own queue until the worker stops.
struct PullFeed: Sendable {
  let context: WorkerContext
  let client: RelayClient
  /// Called after a page was kept.
  let kept: @Sendable () -> Void

  /// Events a page; the relay's limit is 1000 and 8 MiB.
  static let pageLimit = 500
  /// Seconds a poll waits at the relay, whose limit is 30: fewer requests while nothing happens.
  static let wait = 25
  /// Tries at 0.5, 1, 2, 4, 8, then every 15 s, each with full jitter, so that many desks don't
  /// come back to a restarted relay in one moment.
  static let longestPause = 15_000

  func run() {
    var failures = 0
    // The first answer comes at once, so that a working link is not shown as connecting, or as
    // down, for as long as a poll may wait.
    var wait = 0
    while !context.isStopping {
      do {
        _ = try pull(wait: wait, failures: failures)
        wait = Self.wait
        if failures > 0 { context.log.notice("the relay answers again") }
        failures = 0
        context.updateHealth { $0.link = .connected }
      } catch {
        guard !context.isStopping else { return }
        wait = 0
        context.linkIsDown("\(error)")
        let bound = min(Self.longestPause, 500 << min(failures, 10))
        failures += 1
        context.pause(milliseconds: Int.random(in: bound / 4...bound))
      }
    }
  }

  /// Reads pages until the feed has no more.
  func drain() throws { while try pull(wait: 0, failures: Self.slowest) > 0 {} }

  /// Failures in a row after which a page is as small and may take as long as it ever does: a slow line
  /// must get one through, while a broken one is noticed soon.
  private static let slowest = 3

  /// One page; returns how many events it had.
  private func pull(wait: Int, failures: Int) throws -> Int {
    let cursor = try context.store.feedCursor()
    let step = min(failures, Self.slowest)
    // 10 to 80 s, in which a slow line brings 62 webhooks; the relay gives up on an answer after 60.
    let (limit, patience) = (Self.pageLimit >> step, 10 << step)
    var page = try client.events(
      after: cursor?.after ?? 0,
      limit: limit,
      wait: wait,
      patience: patience
    )
    if let cursor, page.log != cursor.log, cursor.after > 0 {
      context.log.notice("the relay has a new log, reading it from its start")
      page = try client.events(after: 0, limit: limit, wait: 0, patience: patience)
    }
    // A new log that is empty still: from now on it is the one to wait at.
    guard !page.events.isEmpty || page.log != cursor?.log else { return 0 }
    let events = page.events.map { event in
      RawEvent(
        seq: event.seq,
        source: event.source,
        receivedAt: event.receivedAt,
        path: event.path,
        query: event.query,
        contentType: event.contentType,
        sha256: event.sha256,
        body: event.body
      )
    }
    let new = try context.store.keep(events, cursor: FeedCursor(log: page.log, after: page.next))
    context.log.info(
      "pulled \(events.count) events, \(new) new",
      metadata: ["trace": "f\(page.next)"]
    )
    guard !events.isEmpty else { return 0 }
    kept()
    // Late is harmless: the relay keeps the events until it hears of them.
    do { try client.acknowledge(through: page.next) } catch {
      context.log.warning("the relay did not take the ack: \(error)")
    }
    return events.count
  }
}
