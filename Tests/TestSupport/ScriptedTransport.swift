// A transport that answers from a script and remembers what it was asked. Safe from any thread.
import Channels
import Model
import Synchronization

package final class ScriptedTransport: HTTPTransport {
  package typealias Script = @Sendable (HTTPRequest) -> HTTPOutcome

  private let script: Script
  private let asked = Mutex<[HTTPRequest]>([])
  private let cancelled = Mutex(false)

  /// `script` answers each request, on the calling thread; it may block.
  package init(_ script: @escaping Script) { self.script = script }

  package var requests: [HTTPRequest] { asked.withLock { $0 } }
  package var isCancelled: Bool { cancelled.withLock { $0 } }

  package func perform(_ request: HTTPRequest) -> HTTPOutcome {
    guard !isCancelled else { return .notSent(reason: "cancelled") }
    asked.withLock { $0.append(request) }
    return script(request)
  }

  package func cancel() { cancelled.withLock { $0 = true } }
}

extension HTTPOutcome {
  package static func json(
    _ status: Int,
    _ body: String,
    headers: [HTTPHeader] = []
  ) -> HTTPOutcome {
    .response(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
  }
}
