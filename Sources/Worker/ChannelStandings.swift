// Which channels may send: their credentials, their rate limits, and the reasons to rest that all
// processes read in the store. A paused channel is tried by a look at its account, then by one message.
import Channels
import Dispatch
import Logging
import Model
import Store
import Synchronization

/// The channels of one shift.
///
/// Safe from any queue; `probe` blocks on the network.
final class ChannelStandings: Sendable {
  fileprivate struct State {
    var credentials: [String: GraphCredentials]
    var pace = SendPace()
    /// Accounts that are slowed down for longer than a lane waits.
    var waits: [String: Timestamp] = [:]
    /// Holds in a row, and when the last rest began.
    var holds: [String: Int] = [:]
    var restedAt: [String: Timestamp] = [:]
    /// Paused channels whose account answers: one message may try them.
    var trials: Set<String> = []
    var probes: [String: Timestamp] = [:]
    /// Channels of which no reason to rest is known here.
    var proven: Set<String> = []
    var paused: [ChannelTrouble] = []
    var renewedAt: Timestamp?
  }

  private let context: WorkerContext
  private let transport: any HTTPTransport
  private let reload: @Sendable () -> [String: GraphCredentials]?
  private let state: Mutex<State>

  init(
    context: WorkerContext,
    transport: any HTTPTransport,
    credentials: [String: GraphCredentials],
    reload: @escaping @Sendable () -> [String: GraphCredentials]?
  ) {
    self.context = context
    self.transport = transport
    self.reload = reload
    state = Mutex(State(credentials: credentials))
  }

  var hasPaused: Bool { state.withLock { !$0.paused.isEmpty } }

  func credentials(_ channel: String) -> GraphCredentials? {
    state.withLock { $0.credentials[channel] }
  }

  func channels(of kinds: Set<ChannelKind>) -> [String] {
    state.withLock { $0.credentials.filter { kinds.contains($0.value.kind) }.map(\.key).sorted() }
  }

  /// What a look at the outbox must leave alone.
  func filter(lowest: SendPriority) -> OutboxFilter {
    let now = context.clock.now()
    return state.withLock { state in
      state.waits = state.waits.filter { $0.value > now }
      return OutboxFilter(paused: Set(state.waits.keys), tried: state.trials, lowest: lowest)
    }
  }

  /// The end of the shortest wait that only this worker knows of.
  func nextWait() -> Timestamp? { state.withLock { $0.waits.values.min() } }

  /// Whether the rate limits let one more go; if so it is counted.
  func pace(_ next: OutboxCandidate) throws -> SendPace.Answer {
    let now = context.clock.now()
    return try state.withLock { state in
      guard let account = state.credentials[next.channel] else { return .now }
      return try state.pace.ask(
        channel: next.channel,
        limits: account.limits,
        thread: next.thread,
        now: now,
        tick: Timestamp(milliseconds: Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000))
      ) { try context.store.sends(in: next.thread, since: $0) }
    }
  }

  func wait(_ channel: String, for milliseconds: Int64) {
    let until = context.clock.now() + milliseconds
    state.withLock { $0.waits[channel] = until }
  }

  func note(usage percent: Int, of channel: String) {
    let now = context.clock.now()
    state.withLock { $0.pace.note(usage: percent, of: channel, now: now) }
  }

  /// A paused channel's one message is on its way.
  func began(_ channel: String) {
    _ = state.withLock { $0.trials.remove(channel) }
  }

  func holds(of channel: String) -> Int { state.withLock { $0.holds[channel] ?? 0 } }

  /// Writes for everybody why a channel rests, and those that share the limit.
  func rest(_ rest: SendDecision.Rest, _ channel: String) throws {
    let now = context.clock.now()
    let affected = state.withLock { state in
      let affected = state.sharing(rest.scope, with: channel)
      for (id, _) in affected {
        state.proven.remove(id)
        state.restedAt[id] = now
        if rest.cause == .limit { state.holds[id, default: 0] += 1 }
      }
      return affected
    }
    for (id, kind) in affected {
      context.log.warning("\(id): \(rest.reason)")
      try context.store.note(
        ChannelTrouble(
          channel: id,
          kind: kind,
          cause: rest.cause,
          code: rest.code,
          reason: rest.reason,
          since: now,
          until: rest.wait.map { now + $0 }
        )
      )
    }
    refresh()
  }

  /// The provider has dealt with a message: token and set-up are in order.
  func works(_ channel: String, since start: Timestamp) throws {
    let isNews = state.withLock { state in
      // An answer to a post from before the rest says nothing about it.
      guard state.restedAt[channel].map({ $0 <= start }) ?? true else { return false }
      state.holds[channel] = nil
      return state.proven.insert(channel).inserted
    }
    guard isNews, try context.store.clear([.token, .setup], channel: channel) else { return }
    context.log.notice("\(channel) sends again")
    refresh()
  }

  /// Reads anew why channels rest, and tells the screens.
  func refresh() {
    do {
      let troubles = try context.store.channelTroubles()
      state.withLock { state in
        state.paused = troubles.filter { $0.cause.isTried }
      }
      context.updateHealth { $0.channels = troubles }
    } catch { context.log.error("reading why channels rest: \(error)") }
  }

  /// Channels with messages that the config doesn't name can't send them: says so.
  func nameUnconfigured() throws {
    for channel in try context.store.channelsToSend() where credentials(channel) == nil {
      let rest = SendDecision.Rest(
        scope: .number,
        cause: .setup,
        code: nil,
        reason: "the config does not name this channel: add it, or write on another",
        wait: nil
      )
      let isKnown = state.withLock { $0.paused.contains { $0.channel == channel } }
      if !isKnown { try self.rest(rest, channel) }
    }
  }

  /// A token was refused where nothing is to be sent: one that was renewed since is taken up, looked for at
  /// most as often as a paused channel is tried.
  func renew() {
    let now = context.clock.now()
    let isDue = state.withLock { state in
      guard state.renewedAt.map({ now - $0 >= 15 * .second || now < $0 }) ?? true else {
        return false
      }
      state.renewedAt = now
      return true
    }
    if isDue { takeFresh() }
  }

  private func takeFresh() {
    if let fresh = reload() { state.withLock { $0.credentials = fresh } }
  }

  /// Tries the paused channels whose time it is; true when one may send again.
  func probe() throws -> Bool {
    let now = context.clock.now()
    let due = state.withLock { state in
      let due = state.paused.filter {
        ProbeSchedule.isDue(since: $0.since, last: state.probes[$0.channel], now: now)
      }
      for trouble in due { state.probes[trouble.channel] = now }
      return due
    }
    guard !due.isEmpty else { return false }
    takeFresh()
    return try due.reduce(false) { found, trouble in try tryAgain(trouble) || found }
  }

  private func tryAgain(_ trouble: ChannelTrouble) throws -> Bool {
    guard let account = credentials(trouble.channel) else { return false }
    var log = context.log
    log[metadataKey: "trace"] = "probe-\(trouble.channel)"
    let graph = GraphClient(transport: TracedTransport(base: transport, log: log))
    switch graph.checkAccount(account) {
    case .reachable:
      if try context.store.channelsToSend().contains(trouble.channel) {
        state.withLock { _ = $0.trials.insert(trouble.channel) }
      } else if try context.store.clear([.token, .setup], channel: trouble.channel) {
        log.notice("\(trouble.channel) answers again")
        refresh()
      }
      return true
    case .blocked(let reason):
      log.warning("\(trouble.channel) may not send: \(reason)")
      try noteBlock(trouble, reason: reason)
      return false
    case .refused(let error):
      log.warning("\(trouble.channel) is still refused: \(error.userText)")
      return false
    case .unreachable(let reason):
      log.warning("\(trouble.channel) can't be asked: \(reason)")
      return false
    }
  }

  /// The token works, and nothing may be sent all the same: that is what there is to mend now.
  private func noteBlock(_ trouble: ChannelTrouble, reason: String) throws {
    var news = trouble
    if trouble.cause == .token { news.cause = .setup }
    news.reason = reason
    guard news != trouble else { return }
    try context.store.note(news)
    if news.cause != trouble.cause {
      try context.store.clear([trouble.cause], channel: trouble.channel)
    }
    refresh()
  }
}

extension ChannelTrouble.Cause {
  /// It ends when a message goes, so one is tried now and then.
  fileprivate var isTried: Bool {
    switch self {
    case .token, .setup, .delivery: true
    case .limit, .account: false
    }
  }
}

extension ChannelStandings.State {
  /// The channels that a limit of this scope counts together with `channel`.
  fileprivate func sharing(
    _ scope: GraphScope,
    with channel: String
  ) -> [(id: String, kind: ChannelKind)] {
    guard let own = credentials[channel] else { return [(channel, .whatsapp)] }
    let others = credentials.filter { id, other in
      switch scope {
      // One app holds all accounts of an installation: the relay checks its secret.
      case .app: true
      case .business: own.businessAccount != nil && other.businessAccount == own.businessAccount
      case .account, .number, .recipient, .flow: false
      }
    }
    return [(channel, own.kind)]
      + others.filter { $0.key != channel }
      .map { ($0.key, $0.value.kind) }
  }
}
