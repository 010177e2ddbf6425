// Turns the journal's new rows into leads and messages, a batch a transaction.
import Channels
import Dispatch
import Logging
import Model
import Store

/// Applies pending events.
///
/// Runs on the worker's apply queue.
struct ApplyEvents: Sendable {
  let context: WorkerContext

  /// Rows in one transaction: one sync to disk for all of them.
  static let batch = 100

  /// Applies until nothing is pending or the worker stops; returns how many rows it settled.
  @discardableResult
  func drain() -> Int {
    var settled = 0
    while !context.isStopping {
      do {
        let count = try applyBatch()
        guard count > 0 else { break }
        settled += count
        context.updateHealth { health in
          if health.trouble?.hasPrefix(Self.storeTrouble) == true { health.trouble = nil }
        }
      } catch {
        context.log.error("applying stopped: \(error)")
        context.updateHealth { $0.trouble = "\(Self.storeTrouble): \(error)" }
        context.pause(milliseconds: 2000)
      }
    }
    if settled > 0 { context.refreshCounts() }
    return settled
  }

  /// Applies until nothing is pending, for a single run; throws what stands in the way.
  func drainOnce() throws { while try applyBatch() > 0 {} }

  /// Applies the oldest pending rows; returns how many there were.
  private func applyBatch() throws -> Int {
    let entries = try context.store.pendingEvents(limit: Self.batch)
    guard !entries.isEmpty else { return 0 }
    try apply(entries)
    try context.store.removeDroppedFiles()
    try context.store.checkpoint()
    return entries.count
  }

  static let storeTrouble = "The store can't be written"

  private func apply(_ entries: [JournalEntry]) throws {
    let decoded = entries.map(decode)
    let outcome = try context.store.apply(decoded)
    let numbers = entries.map(\.id)
    context.log.info(
      "applied \(outcome.applied), parked \(outcome.parked), \(outcome.newMessages) new messages",
      metadata: ["trace": "e\(numbers.first ?? 0)-\(numbers.last ?? 0)"]
    )
  }

  private func decode(_ entry: JournalEntry) -> DecodedEvent {
    let webhook = WebhookDecoder.decode(
      source: entry.raw.source,
      path: entry.raw.path,
      body: entry.raw.body,
      receivedAt: entry.raw.receivedAt
    )
    return DecodedEvent(
      journal: entry.id,
      receivedAt: entry.raw.receivedAt,
      events: webhook.events,
      parkedReason: webhook.parkedReason,
      summary: webhook.summary
    )
  }
}
