// For what happens while the disk hangs.
import Model
import RelayAPI
import Synchronization

@testable import Relay

/// A log whose disk takes nothing until it is told to go on.
final class HangingLog: EventLog {
  let id = "00000000-0000-0000-0000-000000000000"
  let signal = AppendSignal(last: 0)
  private let waiting = Mutex<[@Sendable () -> Void]?>([])

  var count: Int { waiting.withLock { $0?.count ?? 0 } }

  func goOn() {
    let waiting = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting ?? []
    }
    for done in waiting { done() }
  }

  func append(_ event: NewEvent, done: @escaping @Sendable (Result<Int64, EventLogError>) -> Void) {
    let hangs = waiting.withLock { waiting in
      waiting?.append { done(.success(1)) }
      return waiting != nil
    }
    if !hangs { done(.success(1)) }
  }
  func page(after: Int64, limit: Int, bytes: Int) async throws -> EncodedPage {
    EncodedPage(bytes: [], count: 0)
  }
  func acknowledge(client: String, through seq: Int64) async throws {}
  func probe() async throws {}
  func prune(clients: [String], before cutoff: Timestamp) async throws -> Int { 0 }
  func disown() async throws -> Bool { false }
  func status() async throws -> EventLogStatus { throw EventLogError.closed }
  func close() async { goOn() }
}
