// What monitors ask: alive, ready, and numbers. Tasks of the server.
import HTTPTypes
import Hummingbird
import Model
import NIOCore
import Synchronization

/// The routes `/healthz`, `/readyz` and `/metrics`.
struct Health: Sendable {
  var log: any EventLog
  var clients: Clients
  var metrics: RelayMetrics
  var budget: BodyBudget
  var readiness: Readiness

  func addRoutes(to router: Router<BasicRequestContext>) {
    router.get("healthz") { _, _ in Response.text(.ok, "ok\n") }
    router.get("readyz") { _, _ in
      await readiness.isReady(log)
        ? Response.text(.ok, "ok\n") : Response.text(.serviceUnavailable, "not ready\n")
    }
    router.get("metrics") { request, _ in try await numbers(request) }
  }

  private func numbers(_ request: Request) async throws -> Response {
    guard clients.client(of: request) != nil else { return .refused(metrics) }
    do {
      let text = metrics.text(
        log: try await log.status(),
        waiting: log.signal.waiting,
        bodyBytes: budget.inUse,
        clients: clients.names
      )
      return Response(
        status: .ok,
        headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: text))
      )
    } catch {
      return .problem(.serviceUnavailable, "\(error)")
    }
  }
}

/// Whether the log can be written, asked at most once a second since anybody may ask.
final class Readiness: Sendable {
  private struct State {
    var askedAt: Timestamp?
    var isReady = false
  }

  private let state = Mutex(State())
  private let clock: WallClock

  init(clock: WallClock = .system) { self.clock = clock }

  func isReady(_ log: any EventLog) async -> Bool {
    let now = clock.now()
    let known: Bool? = state.withLock { state in
      guard let askedAt = state.askedAt, abs(now - askedAt) < .second else { return nil }
      return state.isReady
    }
    if let known { return known }
    let isReady = (try? await log.probe()) != nil
    state.withLock { $0 = State(askedAt: now, isReady: isReady) }
    return isReady
  }
}
