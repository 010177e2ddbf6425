// Asks the provider who people are whose webhooks carry no name. Runs on a queue of its own, so
// that it delays neither intake nor replies.
import Channels
import Dispatch
import Logging
import Model
import Store

/// The profile look-ups of one shift.
struct FetchProfiles: Sendable {
  let context: WorkerContext
  let standings: ChannelStandings
  private let graph: GraphClient

  /// People asked for in one go; the next beat goes on.
  private static let batch = 20

  init(
    context: WorkerContext,
    transport: any HTTPTransport,
    standings: ChannelStandings
  ) {
    self.context = context
    self.standings = standings
    graph = GraphClient(transport: transport)
  }

  /// Names everybody who can be named; stops at the first sign that the provider can't be reached.
  func drain() {
    while !context.isStopping {
      do {
        let people = try context.store.nameless(limit: Self.batch)
        guard !people.isEmpty else { return }
        for person in people where !context.isStopping {
          guard try ask(person) else { return }
        }
      } catch {
        context.log.error("asking for profiles stopped: \(error)")
        return
      }
    }
  }

  /// False when there is no use in asking for others now.
  private func ask(_ person: NamelessPerson) throws -> Bool {
    guard let account = standings.credentials(person.channel) else {
      try context.store.keepProfile(person, name: nil, username: nil)
      return true
    }
    switch graph.profile(account, person: person.id) {
    case .found(let profile):
      try context.store.keepProfile(person, name: profile.name, username: profile.username)
      return true
    case .refused(let error):
      switch error.errorClass {
      case .retry, .throttle, .auth, .config:
        if error.errorClass == .auth { standings.renew() }
        context.log.warning("no profile: \(error.userText)")
        return false
      case .window, .permanent, .recipient, .optOut, .media, .template, .held:
        try context.store.keepProfile(person, name: nil, username: nil)
        return true
      }
    case .unreachable(let reason):
      context.log.warning("no profile: \(reason)")
      return false
    }
  }
}
