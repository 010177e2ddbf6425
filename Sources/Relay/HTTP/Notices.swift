// Log lines about things that may happen a thousand times a second: said once, then counted and
// said again after a while. Any thread.
import Logging
import Model
import Synchronization

/// Says each kind of trouble at most once a minute.
final class Notices: Sendable {
  enum Kind: String, CaseIterable {
    case badSignature = "webhook refused: no secret in app_secrets made its signature"
    case unwritable = "webhook not kept, answered 503"
  }

  private struct State {
    var saidAt: Timestamp?
    var since = 0
  }

  private let states = Mutex<[Kind: State]>([:])
  private let logger: Logger
  private let clock: WallClock

  init(logger: Logger, clock: WallClock = .system) {
    self.logger = logger
    self.clock = clock
  }

  func say(_ kind: Kind, metadata: @autoclosure () -> Logger.Metadata) {
    let now = clock.now()
    let unsaid: Int? = states.withLock { states in
      var state = states[kind] ?? State()
      defer { states[kind] = state }
      if let saidAt = state.saidAt, now - saidAt < .minute {
        state.since += 1
        return nil
      }
      defer { state = State(saidAt: now) }
      return state.since
    }
    guard let unsaid else { return }
    var fields = metadata()
    if unsaid > 0 { fields["times_since_last"] = "\(unsaid)" }
    logger.warning("\(kind.rawValue)", metadata: fields)
  }
}
