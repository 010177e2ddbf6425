// Asks Instagram and Messenger whether a message of unknown fate has arrived after all. WhatsApp says
// so by itself, with our reference in its receipts. Runs beside the profile look-ups.
import Channels
import Logging
import Model
import Store
import Synchronization

/// The look-ups of one shift.
final class LookUpSends: Sendable {
  private let context: WorkerContext
  private let transport: any HTTPTransport
  private let standings: ChannelStandings
  /// Look-ups made, by message.
  private let made = Mutex<[MessageID: Int]>([:])
  private let isOpen = Atomic(false)

  /// Milliseconds after the post at which its fate is looked up; then it is a person's to say.
  ///
  /// The provider's list lags a little (our own choice).
  static let times: [Int64] = [3 * .second, 15 * .second, .minute, 5 * .minute]
  /// Older ones are no longer among the provider's newest.
  private static let horizon: Int64 = .hour
  /// Clocks that differ.
  private static let skew: Int64 = .minute

  init(context: WorkerContext, transport: any HTTPTransport, standings: ChannelStandings) {
    self.context = context
    self.transport = transport
    self.standings = standings
  }

  /// A message may still be asked after.
  var hasOpen: Bool { isOpen.load(ordering: .relaxed) }

  /// Looks up what is due; true when a conversation may go on.
  func drain() -> Bool {
    let now = context.clock.now()
    do {
      let open = try context.store.unconfirmedSends(
        on: standings.channels(of: [.instagram, .messenger]),
        since: now - Self.horizon
      )
      isOpen.store(!open.isEmpty, ordering: .relaxed)
      made.withLock { made in
        made = made.filter { known in open.contains { $0.message == known.key } }
      }
      return try open.reduce(false) { found, send in try lookUp(send, now: now) || found }
    } catch {
      context.log.error("looking up sends: \(error)")
      return false
    }
  }

  private func lookUp(_ send: OpenSend, now: Timestamp) throws -> Bool {
    guard !context.isStopping, let account = standings.credentials(send.channel) else {
      return false
    }
    let isDue = made.withLock { made in
      let count = made[send.message] ?? 0
      guard count < Self.times.count, now - send.claimedAt >= Self.times[count] else {
        return false
      }
      made[send.message] = count + 1
      return true
    }
    guard isDue else { return false }
    var log = context.log
    log[metadataKey: "trace"] = "m\(send.message)"
    let graph = GraphClient(transport: TracedTransport(base: transport, log: log))
    switch graph.conversation(account, with: send.person) {
    case .found(let messages):
      let ours = messages.filter {
        $0.isOurs && $0.text == send.text
          && ($0.at.map { $0 >= send.claimedAt - Self.skew } ?? false)
      }
      let isSettled = try context.store.settle(send.message, asOneOf: ours.reversed().map(\.id))
      log.notice("looked up: \(isSettled ? "it was sent" : "not there")")
      return isSettled
    case .refused(let error): log.warning("no look-up: \(error.userText)")
    case .unreachable(let reason): log.warning("no look-up: \(reason)")
    }
    return false
  }
}
