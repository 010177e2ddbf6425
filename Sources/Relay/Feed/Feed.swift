// The clients' side: pages of events with long poll, and acks. Tasks of the server.
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Model
import NIOCore
import RelayAPI
import ServiceLifecycle

/// The routes under `/v1`.
struct Feed: Sendable {
  static let pageLimit = 1000
  static let waitLimit = 30
  static let pageBytes = 8 << 20
  private static let ackBytes = 4096

  var log: any EventLog
  var clients: Clients
  var metrics: RelayMetrics

  func addRoutes(to router: Router<BasicRequestContext>) {
    router.get("v1/events") { request, _ in try await events(request) }
    router.post("v1/ack") { request, _ in try await acknowledge(request) }
  }

  private func events(_ request: Request) async throws -> Response {
    guard clients.client(of: request) != nil else { return .refused(metrics) }
    let query: FeedQuery
    switch FeedQuery.parse(request.uri) {
    case .success(let value): query = value
    case .failure(let error): return .problem(.badRequest, error.reason)
    }
    let last = log.signal.last
    if query.after > last {
      // It has read another log, or this one before the machine went back to a snapshot: numbers are
      // given out again that it has had. A new id sends it to the start.
      do {
        guard try await log.disown() else {
          let reason = "after is \(query.after), but the log ends at \(last): see inbox-relay renew"
          return .problem(.conflict, reason)
        }
      } catch { return .problem(.serviceUnavailable, "\(error)") }
    }
    if query.wait > 0 && last == query.after {
      await withGracefulShutdownHandler {
        await log.signal.wait(after: query.after, seconds: query.wait)
      } onGracefulShutdown: {
        log.signal.close()
      }
    }
    do {
      let page = try await log.page(
        after: query.after,
        limit: query.limit,
        bytes: Self.pageBytes
      )
      metrics.served(events: page.count)
      return .json(.ok, page.bytes)
    } catch {
      return .problem(.serviceUnavailable, "\(error)")
    }
  }

  private func acknowledge(_ request: Request) async throws -> Response {
    guard let client = clients.client(of: request) else { return .refused(metrics) }
    let body = try await request.body.collect(upTo: Self.ackBytes)
    let ack: Ack
    do {
      ack = try body.withUnsafeReadableBytes { bytes throws(FeedFormatError) in
        try Ack.parse(bytes)
      }
    } catch {
      return .problem(.badRequest, "the body must be {\"through\": SEQ}")
    }
    let last = log.signal.last
    guard ack.through <= last else {
      return .problem(.badRequest, "through is \(ack.through), but the log ends at \(last)")
    }
    do {
      try await log.acknowledge(client: client, through: ack.through)
      return .json(.ok, ack.encoded())
    } catch {
      return .problem(.serviceUnavailable, "\(error)")
    }
  }
}

/// The parameters of `GET /v1/events`.
struct FeedQuery: Equatable {
  var after: Int64 = 0
  var limit = Feed.pageLimit
  /// Seconds.
  var wait = 0

  /// Why a query makes no sense.
  struct Mistake: Error {
    var reason: String
  }

  /// Reads them; what is beyond a bound is cut to it.
  static func parse(_ uri: URI) -> Result<FeedQuery, Mistake> {
    var query = FeedQuery()
    let parameters = uri.queryParameters
    func number(_ name: Substring, from lowest: Int64) -> Result<Int64?, Mistake> {
      guard let text = parameters[name] else { return .success(nil) }
      guard let value = Int64(text), value >= lowest else {
        return .failure(Mistake(reason: "\(name) must be a whole number from \(lowest)"))
      }
      return .success(value)
    }
    do {
      if let after = try number("after", from: 0).get() { query.after = after }
      if let limit = try number("limit", from: 1).get() {
        query.limit = Int(min(limit, Int64(Feed.pageLimit)))
      }
      if let wait = try number("wait", from: 0).get() {
        query.wait = Int(min(wait, Int64(Feed.waitLimit)))
      }
    } catch {
      return .failure(error)
    }
    return .success(query)
  }
}
