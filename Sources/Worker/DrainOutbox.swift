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
  private let graph: GraphClient
  private let uploads: UploadFiles
  private let credentials: [String: GraphCredentials]
  /// Channels that must not send before the time given.
  private let backoff = Backoff()
  private let paused = Mutex<[String: Timestamp]>([:])

  /// Posts under way at once: a slow answer must not hold everybody's reply.
  static let lanes = 4
  /// How long a channel rests after its token or set-up was refused.
  static let channelRest: Int64 = 15 * .second

  init(
    context: WorkerContext,
    transport: any HTTPTransport,
    credentials: [String: GraphCredentials]
  ) {
    self.context = context
    graph = GraphClient(transport: transport)
    uploads = UploadFiles(context: context, graph: graph)
    self.credentials = credentials
  }

  /// Sends until nothing is due; returns how many posts it made.
  ///
  /// `claimed` runs after each claim; `recordingTries` bounds how often a store that can't be
  /// written is asked to keep what came of a post.
  func drain(recordingTries: Int = .max, claimed: () -> Void = {}) throws -> Int {
    var posts = 0
    while !context.isStopping, let item = try context.store.claim(paused: pausedNow()) {
      claimed()
      let result = post(item)
      try record(item, result, tries: recordingTries)
      posts += 1
    }
    if posts > 0 { context.refreshCounts() }
    return posts
  }

  /// When something may be due next; nil when nothing is queued.
  func nextDue() throws -> Timestamp? {
    let resting = paused.withLock { $0.values.min() }
    let due = try context.store.nextDue(paused: pausedNow())
    guard let resting else { return due }
    return due.map { min($0, resting) } ?? resting
  }

  /// A channel rests: its messages are due again when its time is over.
  var isResting: Bool { paused.withLock { !$0.isEmpty } }

  private func pausedNow() -> Set<String> {
    let now = context.clock.now()
    return paused.withLock { paused in
      paused = paused.filter { $0.value > now }
      return Set(paused.keys)
    }
  }

  /// Keeps what came of a post.
  ///
  /// What the provider has taken must not be lost to a disk that is full for a while: nobody would
  /// know before the next lease holder that the message has left.
  private func record(_ item: OutboxItem, _ result: SendResult, tries: Int) throws {
    var left = tries
    while true {
      do {
        try context.store.finish(item.message, result)
        break
      } catch {
        left -= 1
        guard left > 0, !context.isStopping else { throw error }
        context.log.error("message \(item.message): \(result) could not be kept: \(error)")
        context.updateHealth { $0.trouble = "\(ApplyEvents.storeTrouble): \(error)" }
        context.pause(milliseconds: 2000)
      }
    }
    if left < tries { settle(ApplyEvents.storeTrouble) }
    if case .accepted = result { settle(item.channel) }
  }

  private func post(_ item: OutboxItem) -> SendResult {
    var log = context.log
    log[metadataKey: "trace"] = "m\(item.message)"
    guard let account = credentials[item.channel] else {
      rest(
        item.channel,
        "\(item.channel): the config does not name it, so nothing can be sent there",
        for: Self.channelRest
      )
      let at = context.clock.now() + Self.channelRest
      return .retry(at: at, reason: "the channel is not set up")
    }
    var asHumanAgent = false
    switch SendPolicy.verdict(
      SendRequest(channel: account.kind, kind: item.kind, lastInboundAt: item.lastInboundAt),
      now: context.clock.now()
    ) {
    case .open: break
    case .openAsHumanAgent: asHumanAgent = true
    case .closed(_, let text):
      log.notice("not sent, the gate is closed: \(text)")
      return .failed(MessageFailure(code: nil, title: text))
    }
    let start = DispatchTime.now()
    let outcome = deliver(item, by: account, asHumanAgent: asHumanAgent)
    let spent = (DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1_000_000
    let result = result(of: outcome, item: item)
    log.info("posted to \(item.channel) in \(spent) ms: \(result)")
    return result
  }

  /// Uploads what has to be uploaded, then posts the message.
  private func deliver(
    _ item: OutboxItem,
    by account: GraphCredentials,
    asHumanAgent: Bool
  ) -> SendOutcome {
    var media: UploadedMedia?
    if let file = item.file, account.kind == .whatsapp {
      switch uploads.upload(file, by: account) {
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

  private func result(of outcome: SendOutcome, item: OutboxItem) -> SendResult {
    let now = context.clock.now()
    switch outcome {
    case .accepted(let providerID, _): return .accepted(providerID: providerID)
    case .unknown(let reason): return .unknown(reason: reason)
    case .notSent(let reason):
      // Nothing has left: trying again is safe for as long as somebody waits.
      return .retry(at: now + backoff.endlessDelay(afterFailure: item.attempt), reason: reason)
    case .refused(let error): return refused(error, item: item, now: now)
    }
  }

  private func refused(_ error: GraphError, item: OutboxItem, now: Timestamp) -> SendResult {
    switch error.errorClass {
    case .retry, .throttle(.recipient):
      let delay = backoff.delay(
        afterTry: item.attempt,
        tries: error.tries,
        atLeast: error.wait ?? 0
      )
      return delay.map { .retry(at: now + $0, reason: error.userText) } ?? .failed(error.failure)
    case .throttle:
      let wait = error.wait ?? backoff.endlessDelay(afterFailure: item.attempt) + .second
      rest(item.channel, "\(item.channel): \(error.userText)", for: wait)
      return .retry(at: now + wait, reason: error.userText)
    case .auth, .config:
      rest(item.channel, "\(item.channel): \(error.userText)", for: Self.channelRest)
      return .retry(at: now + Self.channelRest, reason: error.userText)
    case .held: return .retry(at: now + .minute, reason: error.userText)
    case .window, .permanent, .recipient, .media, .template: return .failed(error.failure)
    }
  }

  private func rest(_ channel: String, _ reason: String, for wait: Int64) {
    let until = context.clock.now() + wait
    paused.withLock { $0[channel] = until }
    context.log.warning("\(reason)")
    context.updateHealth { $0.trouble = reason }
  }

  /// The channel, or the store, works: what the status bar said of it is over.
  private func settle(_ subject: String) {
    context.updateHealth { health in
      if health.trouble?.hasPrefix(subject + ":") == true { health.trouble = nil }
    }
  }
}
