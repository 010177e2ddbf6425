// One stretch of work under the lease: the loops that run while this process holds it.
import Channels
import Dispatch
import Logging
import Model
import Store
import Synchronization

/// From taking the lease to giving it up.
///
/// Safe from any queue.
final class Shift: Sendable {
  private let context: WorkerContext
  private let journalDays: Int
  private let feedTransport: any HTTPTransport
  private let sendTransport: any HTTPTransport
  private let pull: PullFeed?
  private let apply: ApplyEvents
  private let outbox: DrainOutbox
  private let standings: ChannelStandings
  private let lookUps: LookUpSends
  private let media: FetchMedia
  private let mediaTransport: any HTTPTransport
  private let people: AskProvider
  private let templates: SyncTemplates
  private let presence: ShowPresence
  private let pulling = DispatchQueue(label: "inbox.worker.pull")
  private let applying = DispatchQueue(label: "inbox.worker.apply")
  private let asking = DispatchQueue(label: "inbox.worker.profiles")
  private let lanes = (1...DrainOutbox.lanes).map {
    DispatchQueue(label: "inbox.worker.send.\($0)")
  }
  private let alarms = DispatchQueue(label: "inbox.worker.alarm")
  private let work = DispatchGroup()
  private let posts = DispatchGroup()
  private let freeLanes = Mutex(Array(0..<DrainOutbox.lanes))
  /// Earliest moment for which a wake-up of the outbox is set.
  private let alarm = Mutex<Timestamp?>(nil)
  private let beats = Atomic(0)
  private let isIndexing = Atomic(false)

  init(context: WorkerContext, setup: WorkerSetup) {
    self.context = context
    journalDays = setup.journalDays
    feedTransport = setup.makeTransport()
    sendTransport = setup.makeTransport()
    let applying = applying
    let work = work
    let apply = ApplyEvents(context: context)
    self.apply = apply
    let standings = ChannelStandings(
      context: context,
      transport: feedTransport,
      credentials: setup.credentials,
      reload: setup.reload
    )
    self.standings = standings
    outbox = DrainOutbox(context: context, transport: sendTransport, standings: standings)
    lookUps = LookUpSends(context: context, transport: feedTransport, standings: standings)
    let feed = feedTransport
    mediaTransport = setup.makeTransport()
    let media = FetchMedia(
      context: context,
      transport: mediaTransport,
      standings: standings
    )
    self.media = media
    let people = AskProvider(context: context, transport: feed, standings: standings)
    self.people = people
    templates = SyncTemplates(context: context, transport: feed, standings: standings)
    presence = ShowPresence(
      context: context,
      transport: feed,
      standings: standings,
      settings: setup.presence
    )
    let asking = asking
    pull = setup.relay.map { relay in
      PullFeed(context: context, client: RelayClient(endpoint: relay, transport: feed)) {
        applying.async(group: work) {
          apply.drain()
          media.nudge(work)
          asking.async(group: work) { people.drain() }
        }
      }
    }
  }

  func begin() {
    applying.async(group: work) { [apply] in apply.drain() }
    keepSearchable()
    if let pull { pulling.async(group: work) { pull.run() } }
    tend(isChanged: true)
    asking.async(group: work) { [templates, presence] in
      presence.drain()
      templates.drain()
    }
    nudge()
  }

  /// Looks at the outbox; each lane that finds work wakes the next.
  func nudge() {
    guard !context.isStopping else { return }
    guard let lane = freeLanes.withLock({ $0.popLast() }) else { return }
    lanes[lane].async(group: posts) { [self] in
      var least = Self.shortestPause
      do { _ = try outbox.drain(claimed: nudge) } catch {
        context.log.error("sending stopped: \(error)")
        least = Self.troublePause
      }
      // First this, then the look at what is due: a nudge in between finds a lane.
      freeLanes.withLock { $0.append(lane) }
      setAlarm(atLeast: least)
    }
  }

  /// Once a second: what other processes queued or replayed, and now and then the house-keeping.
  ///
  /// `isChanged` says that somebody committed since the last beat: without it nothing is read.
  func beat(isChanged: Bool) {
    let beat = beats.add(1, ordering: .relaxed).newValue
    if isChanged { context.refreshCounts() }
    // An alarm counts awake time: after a sleep, or a step of the clock, what is due is found here.
    let now = context.clock.now()
    if isChanged || alarm.withLock({ $0.map { $0 <= now } ?? false }) { nudge() }
    tend(isChanged: isChanged)
    media.beat(isChanged: isChanged, work)
    // People to name at first, then once a minute; old events soon after the start, then every ten.
    let asks = beat % 60 == 1
    let prunes = beat % 600 == 5
    guard isChanged || asks || prunes else { return }
    if isChanged {
      keepSearchable()
      asking.async(group: work) { [presence] in presence.drain() }
    }
    applying.async(group: work) { [self] in
      apply.drain()
      if asks { asking.async(group: work) { [people] in people.drain() } }
      asking.async(group: work) { [templates] in templates.drain() }
      if prunes { prune() }
    }
  }

  /// Brings the search index up, a batch at a time between the batches of new events.
  private func keepSearchable() {
    guard !isIndexing.exchange(true, ordering: .relaxed) else { return }
    indexNext()
  }

  private func indexNext() {
    applying.async(group: work) { [self] in
      var isMore = false
      do { isMore = try !context.isStopping && context.store.indexForSearch() } catch {
        context.log.error("indexing for search: \(error)")
      }
      if isMore { indexNext() } else { isIndexing.store(false, ordering: .relaxed) }
    }
  }

  /// Tries paused channels and looks up messages of unknown fate, where it is time.
  ///
  /// While nothing is paused or open, and nobody committed, nothing is read.
  private func tend(isChanged: Bool) {
    guard isChanged || standings.hasPaused || lookUps.hasOpen else { return }
    asking.async(group: work) { [self] in
      do {
        standings.refresh()
        try standings.nameUnconfigured()
        if try standings.probe() { nudge() }
      } catch { context.log.error("trying paused channels: \(error)") }
      if lookUps.drain() { nudge() }
    }
  }

  /// Stops the loops; a post under way has `grace` milliseconds to get its answer.
  func end(grace: Int) {
    context.stop()
    feedTransport.cancel()
    mediaTransport.cancel()
    if posts.wait(timeout: .now() + .milliseconds(grace)) == .timedOut {
      context.log.warning("a send was cut off and is unconfirmed")
      sendTransport.cancel()
      _ = posts.wait(timeout: .now() + .seconds(1))
    }
    _ = work.wait(timeout: .now() + .seconds(5))
  }

  /// Reads, applies, fetches and sends what there is, once; returns when all of it is done.
  func runOnce() throws {
    if let pull { try pull.drain() }
    try apply.drainOnce()
    // On their queue: the pull has woken it too, and nothing is asked twice at once.
    asking.sync {
      people.drain()
      templates.drain()
    }
    standings.refresh()
    try standings.nameUnconfigured()
    _ = try standings.probe()
    _ = try outbox.drain(recordingTries: 5)
    media.drain()
    while try context.store.indexForSearch() {}
    // What the pull woke on other queues, such as a file half fetched.
    work.wait()
  }

  /// Wakes the outbox when the next message's undo window or wait ends.
  private func setAlarm(atLeast least: Int64 = shortestPause) {
    guard !context.isStopping else { return }
    let now = context.clock.now()
    // A store that can't be read is asked again later.
    var next: Timestamp? = now
    do { next = try outbox.nextDue() } catch { context.log.error("what is due: \(error)") }
    guard let due = next else { return }
    let isNews = alarm.withLock { alarm in
      if let alarm, alarm > now, alarm <= due { return false }
      alarm = due
      return true
    }
    guard isNews else { return }
    let delay = max(least, due - now)
    alarms.asyncAfter(deadline: .now() + .milliseconds(Int(delay))) { [weak self] in
      guard let self else { return }
      alarm.withLock { $0 = nil }
      nudge()
    }
  }

  /// Never busier than this, whatever a row says, in milliseconds.
  private static let shortestPause: Int64 = 20
  /// After an error of the store: what is due stays due and would be tried at once.
  private static let troublePause: Int64 = 2000

  private func prune() {
    let before = context.clock.now() - Int64(journalDays) * .day
    do {
      while try !context.isStopping && context.store.pruneJournal(before: before) > 0 {}
      try context.store.sweepMedia()
    } catch { context.log.error("pruning the journal: \(error)") }
  }
}
