// Sends what is due: claims one message, asks the gate, posts it, records what came of it. Several
// lanes do so at once; the store's claim keeps each thread's order.
import Channels
import Dispatch
import Logging
import Model
import Store
import Synchronization

/// The outbox's lanes.
///
/// Each call blocks its queue for one post at a time.
final class DrainOutbox: Sendable {
  private let context: WorkerContext
  private let transport: any HTTPTransport
  let standings: ChannelStandings
  private let backoff = Backoff()
  /// One lane chooses at a time, so that rate limits are counted once.
  private let choosing = Mutex(())
  private let bulkPosts = Mutex(0)

  /// Posts under way at once: 80 a second, as WhatsApp allows, at 300 ms a post.
  static let lanes = 24
  /// Lanes that bulk leaves free for people's replies.
  static let keptForPeople = 4
  /// A wait for the account's rate that a lane sits out; the usual one is 13 ms.
  private static let shortWait: Int64 = 100

  init(context: WorkerContext, transport: any HTTPTransport, standings: ChannelStandings) {
    self.context = context
    self.transport = transport
    self.standings = standings
  }

  /// Sends until nothing is due; returns how many posts it made.
  ///
  /// `claimed` runs after each claim; `recordingTries` bounds how often a store that can't be
  /// written is asked to keep what came of a post.
  func drain(recordingTries: Int = .max, claimed: () -> Void = {}) throws -> Int {
    var posts = 0
    while !context.isStopping, let (item, priority) = try claimNext() {
      claimed()
      let start = context.clock.now()
      let decision = post(item)
      if priority == .bulk { bulkPosts.withLock { $0 -= 1 } }
      try record(item, decision, since: start, tries: recordingTries)
      posts += 1
    }
    if posts > 0 { context.refreshCounts() }
    return posts
  }

  /// When something may be due next; nil when nothing is queued.
  func nextDue() throws -> Timestamp? {
    let waits = standings.nextWait()
    let due = try context.store.nextDue(paused: standings.filter(lowest: .bulk).paused)
    return [waits, due].compactMap { $0 }.min()
  }

  private func claimNext() throws -> (OutboxItem, SendPriority)? {
    try choosing.withLock { _ in
      while !context.isStopping {
        let isBulkFull = bulkPosts.withLock { $0 >= Self.lanes - Self.keptForPeople }
        let filter = standings.filter(lowest: isBulkFull ? .automatic : .bulk)
        guard let next = try context.store.nextToSend(filter) else { return nil }
        switch try standings.pace(next) {
        case .now:
          standings.began(next.channel)
          guard let item = try context.store.claim(next.message) else { continue }
          if next.priority == .bulk { bulkPosts.withLock { $0 += 1 } }
          return (item, next.priority)
        case .account(let wait): rest(next.channel, wait)
        case .pair(let until):
          try context.store.postpone(next.message, until: until, reason: Self.pairReason)
        }
      }
      return nil
    }
  }

  private static let pairReason = "only one message in 6 s may go to the same person"

  private func rest(_ channel: String, _ wait: Int64) {
    if wait > Self.shortWait {
      standings.wait(channel, for: wait)
    } else {
      context.pause(milliseconds: Int(wait))
    }
  }

  /// Keeps what came of a post.
  ///
  /// What the provider has taken must not be lost to a disk that is full for a while: nobody would
  /// know before the next lease holder that the message has left.
  private func record(
    _ item: OutboxItem,
    _ decision: SendDecision,
    since start: Timestamp,
    tries: Int
  ) throws {
    let result = SendResult(decision.fate, now: context.clock.now())
    var left = tries
    while true {
      do {
        // First what holds the others: none of them may be claimed in between.
        if let rest = decision.rest { try standings.rest(rest, item.channel) }
        try context.store.finish(item.message, attempt: item.attempt, result)
        break
      } catch {
        left -= 1
        guard left > 0, !context.isStopping else { throw error }
        context.log.error("message \(item.message): \(result) could not be kept: \(error)")
        context.updateHealth { $0.trouble = "\(ApplyEvents.storeTrouble): \(error)" }
        context.pause(milliseconds: 2000)
      }
    }
    if left < tries {
      context.updateHealth { health in
        if health.trouble?.hasPrefix(ApplyEvents.storeTrouble) == true { health.trouble = nil }
      }
    }
    if decision.provesChannel { try standings.works(item.channel, since: start) }
  }

  private func post(_ item: OutboxItem) -> SendDecision {
    var log = context.log
    log[metadataKey: "trace"] = "m\(item.message)"
    guard let account = standings.credentials(item.channel) else {
      return SendDecision(unconfigured: item.channel)
    }
    var asHumanAgent = false
    let verdict: SendVerdict
    do { verdict = try SendGate(context: context).verdict(item, on: account.kind) } catch {
      log.error("the gate can't be asked: \(error)")
      return SendDecision(waiting: 2 * .second, reason: "\(ApplyEvents.storeTrouble): \(error)")
    }
    switch verdict {
    case .open: break
    case .openAsHumanAgent: asHumanAgent = true
    case .closed(_, let text):
      log.notice("not sent, the gate is closed: \(text)")
      return SendDecision(closed: text)
    }
    let channel = item.channel
    let traced = TracedTransport(base: transport, log: log) { [standings] in
      standings.note(usage: $0, of: channel)
    }
    let start = DispatchTime.now()
    let outcome = deliver(item, by: account, asHumanAgent: asHumanAgent, over: traced, log)
    let spent = (DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1_000_000
    if case .refused(let error) = outcome {
      if UploadFiles(context: context, graph: GraphClient(transport: traced))
        .isStale(error, item: item)
      {
        let reason = "the provider lost the file: uploading it again"
        return SendDecision(waiting: .second, reason: reason)
      }
      // What we hold of it is not what WhatsApp holds.
      if error.errorClass == .template { try? context.store.wantTemplates() }
    }
    let decision = SendDecision(
      outcome,
      SendDecision.History(
        attempt: item.attempt,
        failures: item.failures,
        age: context.clock.now() - item.writtenAt,
        holds: standings.holds(of: item.channel)
      ),
      backoff: backoff
    )
    log.info("posted to \(item.channel) in \(spent) ms: \(decision.fate)")
    return decision
  }

  /// Uploads what has to be uploaded, then posts the message.
  private func deliver(
    _ item: OutboxItem,
    by account: GraphCredentials,
    asHumanAgent: Bool,
    over transport: any HTTPTransport,
    _ log: Logger
  ) -> SendOutcome {
    let graph = GraphClient(transport: transport)
    var media: UploadedMedia?
    if let file = item.file, account.kind == .whatsapp {
      switch UploadFiles(context: context, graph: graph).upload(file, by: account) {
      case .ready(let uploaded): media = uploaded
      case .stopped(let outcome): return outcome
      }
    }
    return graph.send(
      account,
      GraphMessage(
        to: item.to,
        content: item.content,
        text: item.text,
        replyTo: item.replyTo,
        media: media,
        callbackData: item.callbackData,
        asHumanAgent: asHumanAgent
      )
    )
  }
}

extension SendResult {
  fileprivate init(_ fate: SendDecision.Fate, now: Timestamp) {
    switch fate {
    case .accepted(let id): self = .accepted(providerID: id)
    case .failed(let failure): self = .failed(failure)
    case .retry(let wait, let reason, let isFailure):
      self = .retry(at: now + wait, reason: reason, isFailure: isFailure)
    case .unknown(let reason): self = .unknown(reason: reason)
    }
  }
}
