// Shows customers that they were read and that somebody is writing, where the settings want it. Nothing
// depends on it: what fails is logged and not tried again.
import Channels
import Logging
import Model
import Store
import Synchronization

/// What customers are shown beside messages.
package struct PresenceSettings: Equatable, Sendable {
  package var showsRead: Bool
  package var showsTyping: Bool

  package init(showsRead: Bool = false, showsTyping: Bool = false) {
    self.showsRead = showsRead
    self.showsTyping = showsTyping
  }
}

/// The marks of one shift; called on one queue.
final class ShowPresence: Sendable {
  private struct Shown {
    /// The change up to which opened conversations were looked at; nil before the first look, which only
    /// finds where to begin: what was read without a worker is read long since.
    var rev: Int64?
    var read: [ThreadID: String] = [:]
    var typing: [ThreadID: Timestamp] = [:]
  }

  private let context: WorkerContext
  private let graph: GraphClient
  private let standings: ChannelStandings
  private let settings: PresenceSettings
  private let shown = Mutex(Shown())

  /// Somebody who typed this long ago is writing still.
  private static let typingTime: Int64 = 4 * .second
  /// WhatsApp takes the dots away after 25 s (Meta, "Typing indicators"), so that they are renewed before.
  private static let renewal: Int64 = 20 * .second
  /// Marks for older messages would surprise people more than they say.
  private static let oldest: Int64 = 7 * .day

  init(
    context: WorkerContext,
    transport: any HTTPTransport,
    standings: ChannelStandings,
    settings: PresenceSettings
  ) {
    self.context = context
    self.standings = standings
    self.settings = settings
    graph = GraphClient(transport: transport)
  }

  func drain() {
    do {
      if settings.showsRead { try showRead() }
      if settings.showsTyping { try showTyping() }
    } catch { context.log.error("showing who was read: \(error)") }
  }

  private func showRead() throws {
    let since = context.clock.now() - Self.oldest
    guard let rev = shown.withLock({ $0.rev }) else {
      let start = try context.store.rev()
      return shown.withLock { $0.rev = start }
    }
    let (opened, newest) = try context.store.opened(after: rev, since: since)
    shown.withLock { $0.rev = newest }
    for presence in opened where !context.isStopping {
      let isNews = shown.withLock { shown in
        if shown.read.count > 10_000 { shown.read = [:] }
        return shown.read.updateValue(presence.message, forKey: presence.thread) != presence.message
      }
      // The others would wait as long, each: nobody misses a mark.
      guard !isNews || show(presence, isTyping: false) else { return }
    }
  }

  private func showTyping() throws {
    let now = context.clock.now()
    for presence in try context.store.typed(since: now - Self.typingTime)
    where !context.isStopping {
      let isDue = shown.withLock { shown in
        shown.typing = shown.typing.filter { now - $0.value < Self.renewal }
        guard shown.typing[presence.thread] == nil else { return false }
        shown.typing[presence.thread] = now
        return true
      }
      guard !isDue || show(presence, isTyping: true) else { return }
    }
  }

  /// False when the provider can't be reached.
  private func show(_ presence: Presence, isTyping: Bool) -> Bool {
    guard let account = standings.credentials(presence.channel),
      !standings.filter(lowest: .bulk).paused.contains(presence.channel)
    else { return true }
    let problem = graph.markRead(
      account,
      person: presence.person,
      through: presence.message,
      isTyping: isTyping
    )
    guard let problem else { return true }
    context.log.info("not shown as \(isTyping ? "typing" : "read"): \(problem.reason)")
    return problem.isAnswer
  }
}
