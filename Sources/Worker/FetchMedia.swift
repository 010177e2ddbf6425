// Fetches the files that messages refer to, at once: their addresses live for minutes. Some lanes
// on a queue of their own, so that a large video holds up neither intake, replies nor other files.
import Channels
import Dispatch
import Logging
import Model
import Store
import Synchronization

/// The fetches of one shift; safe from any queue.
final class FetchMedia: Sendable {
  let context: WorkerContext
  let graph: GraphClient
  let standings: ChannelStandings
  private let queue = DispatchQueue(label: "inbox.worker.media", attributes: .concurrent)
  private let state = Mutex(State())

  private struct State {
    var lanes = 0
    var busy: Set<AttachmentID> = []
    /// When the next try is due that isn't yet.
    var nextDue: Timestamp?
  }

  /// Fetches under way at once.
  static let lanes = 3
  /// How long the provider keeps a file (Cloud API, media: ids live 7 days).
  static let lifetime: Int64 = 7 * .day
  /// An address from a webhook is used this long; it lives for five minutes.
  static let addressLife: Int64 = 4 * .minute

  init(
    context: WorkerContext,
    transport: any HTTPTransport,
    standings: ChannelStandings
  ) {
    self.context = context
    self.standings = standings
    graph = GraphClient(transport: transport)
  }

  /// Looks for files to fetch; each lane that finds one wakes the next.
  func nudge(_ work: DispatchGroup) {
    guard !context.isStopping else { return }
    let mayStart = state.withLock { state in
      guard state.lanes < Self.lanes else { return false }
      state.lanes += 1
      return true
    }
    guard mayStart else { return }
    queue.async(group: work) { [self] in
      let isWell = drain { self.nudge(work) }
      state.withLock { $0.lanes -= 1 }
      // A file that came in while this lane was leaving; after a trouble the next beat is soon enough.
      if isWell, (try? hasWork()) == true { nudge(work) }
    }
  }

  /// Once a second: what came in, and what has waited long enough.
  func beat(isChanged: Bool, _ work: DispatchGroup) {
    let now = context.clock.now()
    if isChanged || state.withLock({ $0.nextDue.map { $0 <= now } ?? false }) { nudge(work) }
  }

  /// Fetches until nothing is due; false when the store or the disk stood in the way.
  @discardableResult
  func drain(claimed: () -> Void = {}) -> Bool {
    do {
      while !context.isStopping, let item = try claim() {
        claimed()
        defer { state.withLock { _ = $0.busy.remove(item.id) } }
        try fetch(item)
      }
      let next = try context.store.nextMediaDue(after: context.clock.now())
      state.withLock { $0.nextDue = next }
      return true
    } catch {
      context.log.error("fetching files stopped: \(error)")
      let again = context.clock.now() + 5 * .second
      state.withLock { $0.nextDue = again }
      return false
    }
  }

  private func hasWork() throws -> Bool {
    let busy = state.withLock(\.busy)
    return try context.store.wantedMedia(limit: busy.count + 1).contains { !busy.contains($0.id) }
  }

  /// The next file that no other lane fetches.
  private func claim() throws -> WantedMedia? {
    let wanted = try context.store.wantedMedia(limit: Self.lanes + 1)
    return state.withLock { state in
      let free = wanted.first { !state.busy.contains($0.id) }
      if let free { state.busy.insert(free.id) }
      return free
    }
  }

  private func fetch(_ item: WantedMedia) throws {
    var log = context.log
    log[metadataKey: "trace"] = "f\(item.id)"
    let verdict: MediaVerdict
    if let account = standings.credentials(item.channel) {
      verdict = MediaFetch(item: item, account: account, fetcher: self).run()
    } else {
      verdict = .later("the config does not name the channel \(item.channel)", wait: .minute)
    }
    log.info("file: \(verdict)")
    try settle(item, verdict)
  }

  private func settle(_ item: WantedMedia, _ verdict: MediaVerdict) throws {
    let store = context.store
    let isFull = verdict == .full
    context.updateHealth { health in
      if isFull { health.trouble = Self.fullTrouble }
      if !isFull, health.trouble == Self.fullTrouble { health.trouble = nil }
    }
    switch verdict {
    case .stored(let file):
      guard try !store.keepMedia(item.id, file) else { return }
      try store.removeUnused([file.path])
    case .refused(let reason): try store.giveUpMedia(item.id, reason: reason, isUnwanted: true)
    case .failed(let reason): try store.giveUpMedia(item.id, reason: reason, isUnwanted: false)
    case .full: try postpone(item, MediaError.full.description, wait: .minute)
    case .later(let reason, let wait): try postpone(item, reason, wait: wait)
    }
  }

  private func postpone(_ item: WantedMedia, _ reason: String, wait: Int64?) throws {
    let now = context.clock.now()
    guard now - item.receivedAt < Self.lifetime else {
      return try context.store.giveUpMedia(
        item.id,
        reason: reason + "; the provider keeps files for seven days",
        isUnwanted: false
      )
    }
    // 1, 4, 16 … seconds, at most a quarter of an hour: the provider may be away for long.
    let step = Int64.second << (2 * Int64(min(item.attempts, 5)))
    try context.store.postponeMedia(
      item.id,
      until: now + (wait ?? min(step, 15 * .minute)),
      reason: reason,
      url: item.providerID == nil ? item.url : nil
    )
  }

  static let fullTrouble = "Files can't be fetched: the disk is full"
}

/// What came of a try.
enum MediaVerdict: Equatable {
  case stored(StoredFile)
  /// We don't want it.
  case refused(String)
  /// It can't be had.
  case failed(String)
  case full
  /// `wait` in milliseconds; nil for the usual growing steps.
  case later(String, wait: Int64?)
}
