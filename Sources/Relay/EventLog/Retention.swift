// Lets go of events whose time is over: a service beside the server, a few rows at a time.
import Logging
import Model
import ServiceLifecycle

/// Prunes once a minute.
struct Retention: Service {
  var log: any EventLog
  var clients: [String]
  var days: Int
  var logger: Logger
  var clock: WallClock = .system

  func run() async {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await prune()
        try? await Task.sleep(for: .seconds(60))
      }
    }
  }

  /// Everything that is due now, batch by batch; commits get in between.
  func prune() async {
    let cutoff = clock.now() - Int64(days) * .day
    var total = 0
    do {
      while !Task.isCancelled {
        let count = try await log.prune(clients: clients, before: cutoff)
        guard count > 0 else { break }
        total += count
        try? await Task.sleep(for: EventLogLimits.prunePause)
      }
    } catch {
      logger.error("events past their retention stay", metadata: ["error": "\(error)"])
    }
    if total > 0 { logger.info("events pruned", metadata: ["count": "\(total)"]) }
  }
}
