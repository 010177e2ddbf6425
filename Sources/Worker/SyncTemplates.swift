// Keeps WhatsApp's templates as the business accounts have them: at the start of a shift, every hour, and
// when a webhook or a person asks. On the queue of look-ups, so that it delays neither intake nor replies.
import Channels
import Logging
import Model
import Store
import Synchronization

final class SyncTemplates: Sendable {
  private let context: WorkerContext
  private let graph: GraphClient
  private let standings: ChannelStandings
  /// The last try of each account in this shift.
  private let tried = Mutex<[String: (at: Timestamp, failed: Bool)]>([:])

  /// Often enough for what no webhook tells; WhatsApp allows 200 such calls an hour (Meta, "Rate
  /// limits", 2026).
  static let interval: Int64 = .hour
  /// A failed try rests so long.
  static let rest: Int64 = .minute

  init(
    context: WorkerContext,
    transport: any HTTPTransport,
    standings: ChannelStandings
  ) {
    self.context = context
    self.standings = standings
    graph = GraphClient(transport: transport)
  }

  /// One set of credentials a business account.
  private var accounts: [String: GraphCredentials] {
    var accounts: [String: GraphCredentials] = [:]
    for channel in standings.channels(of: [.whatsapp]) {
      guard let account = standings.credentials(channel), let business = account.businessAccount
      else { continue }
      if accounts[business] == nil { accounts[business] = account }
    }
    return accounts
  }

  func drain() {
    for (business, account) in accounts where !context.isStopping {
      do {
        if try isDue(business) { try sync(business, account) }
      } catch {
        context.log.error("reading the templates of \(business): \(error)")
      }
    }
  }

  private func isDue(_ business: String) throws -> Bool {
    let now = context.clock.now()
    let last = tried.withLock { $0[business] }
    if let last, last.failed, now - last.at < Self.rest { return false }
    let (syncedAt, wantedAt) = try context.store.templateSync(of: business)
    guard let syncedAt, last != nil else { return true }
    return now - syncedAt >= Self.interval || wantedAt.map { $0 > syncedAt } ?? false
  }

  private func sync(_ business: String, _ account: GraphCredentials) throws {
    let now = context.clock.now()
    tried.withLock { $0[business] = (now, failed: true) }
    switch graph.templates(account) {
    case .found(let templates):
      let count = try context.store.replaceTemplates(templates, account: business)
      tried.withLock { $0[business] = (now, failed: false) }
      context.log.info("\(count) templates of \(business)")
    case .refused(let error):
      if error.errorClass == .auth { standings.renew() }
      context.log.warning("no templates of \(business): \(error.userText)")
    case .unreachable(let reason):
      context.log.warning("no templates of \(business): \(reason)")
    }
  }
}
