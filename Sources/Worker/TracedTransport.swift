// Logs each request to the provider without what is secret or private, and hears what its headers say
// of rate limits. Wraps the pool for one message or one look-up.
import Channels
import Dispatch
import Logging
import Model

struct TracedTransport: HTTPTransport {
  let base: any HTTPTransport
  /// Bears the trace id.
  let log: Logger
  var noteUsage: @Sendable (Int) -> Void = { _ in }

  func perform(_ request: HTTPRequest) -> HTTPOutcome {
    let start = DispatchTime.now().uptimeNanoseconds
    let outcome = base.perform(request)
    let spent = (DispatchTime.now().uptimeNanoseconds - start) / 1_000_000
    // Queries hold names of fields, and people's ids.
    let place = request.url.prefix { $0 != "?" }
    let head = "\(request.method.rawValue) \(place)"
    switch outcome {
    case .response(let response):
      let support = response.header("x-fb-trace-id").map { ", fbtrace \($0.prefix(40))" } ?? ""
      log.info(
        "\(head): \(response.status) in \(spent) ms, \(response.body.count) bytes\(support)"
      )
      if let percent = response.usagePercent { noteUsage(percent) }
    case .notSent(let reason): log.info("\(head): not sent after \(spent) ms: \(reason)")
    case .unknown(let reason): log.info("\(head): no answer after \(spent) ms: \(reason)")
    }
    return outcome
  }

  func cancel() { base.cancel() }
}
