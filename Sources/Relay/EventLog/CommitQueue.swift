// Group commit: writes that wait while a transaction syncs share the next one. A pure queue; the
// log drains it on its writer thread.
import Model
import Synchronization

/// One write, and who waits for it.
struct PendingWrite: Sendable {
  enum Work: Sendable {
    case append(NewEvent)
    case acknowledge(client: String, seq: Int64)
    case prune(clients: [String], cutoff: Timestamp)
    case probe
  }

  var work: Work
  /// Gets the seq of an append, the number of rows of a prune, else 0.
  var done: @Sendable (Result<Int64, EventLogError>) -> Void
}

/// Writes that wait for the writer.
final class CommitQueue: Sendable {
  private struct State {
    var pending: [PendingWrite] = []
    var isDraining = false
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Whether anybody waits.
  var isEmpty: Bool { state.withLock { $0.pending.isEmpty } }

  /// Adds `write`; true when the caller must start the writer.
  ///
  /// Throws once the queue is closed.
  func add(_ write: PendingWrite) throws(EventLogError) -> Bool {
    let mustStart: Bool? = state.withLock { state in
      guard !state.isClosed else { return nil }
      state.pending.append(write)
      defer { state.isDraining = true }
      return !state.isDraining
    }
    guard let mustStart else { throw .closed }
    return mustStart
  }

  /// Everything that waits, for one transaction; nil lets the writer rest.
  func take() -> [PendingWrite]? {
    state.withLock { state in
      if state.pending.isEmpty {
        state.isDraining = false
        return nil
      }
      defer { state.pending = [] }
      return state.pending
    }
  }

  /// Takes nothing more.
  func close() { state.withLock { $0.isClosed = true } }
}
