// HTTP by libcurl: a pool of kept connections for any number of threads. Made once per program.
import CurlShim
import Glibc
import Model
import Synchronization

/// Blocking requests from any thread; libcurl is loaded at the first one.
package final class CurlTransport: HTTPTransport {
  private struct Pool {
    var idle: [CurlSession] = []
    var busy: [CurlSession] = []
    var isCancelled = false
  }

  /// Kept connections beyond this are closed; our own choice, more than one worker's lanes need.
  private static let idleLimit = 32

  private let pool = Mutex(Pool())
  private let caFile: String?

  /// `caFile`: a PEM file of trusted authorities instead of the system's.
  package init(caFile: String? = nil) { self.caFile = caFile }

  package func perform(_ request: HTTPRequest) -> HTTPOutcome { perform(request, sink: nil) }

  func perform(_ request: HTTPRequest, sink: (any BodySink)?) -> HTTPOutcome {
    if let failure = curlshim_load() { return .notSent(reason: String(cString: failure)) }
    if let fault = request.fault { return .notSent(reason: fault) }
    guard let session = take() else { return .notSent(reason: "stopping") }
    defer { giveBack(session) }
    return session.perform(request, caFile: caFile, sink: sink)
  }

  package func cancel() {
    let busy = pool.withLock { pool in
      pool.isCancelled = true
      pool.idle = []
      return pool.busy
    }
    for session in busy { session.cancel() }
  }

  /// The most recently used idle session, whose connection is the likeliest to be alive.
  private func take() -> CurlSession? {
    pool.withLock { pool in
      guard !pool.isCancelled else { return nil }
      guard let session = pool.idle.popLast() ?? CurlSession() else { return nil }
      pool.busy.append(session)
      return session
    }
  }

  private func giveBack(_ session: CurlSession) {
    pool.withLock { pool in
      pool.busy.removeAll { $0 === session }
      if !pool.isCancelled, pool.idle.count < Self.idleLimit { pool.idle.append(session) }
    }
  }
}

extension HTTPRequest {
  /// A header with a line break would be two headers; such a token file is named, not its content.
  fileprivate var fault: String? {
    func breaks(_ text: String) -> Bool { text.utf8.contains { $0 < 0x20 || $0 == 0x7F } }
    if let bearer, bearer.revealed.isEmpty || breaks(bearer.revealed) {
      return "the access token is empty or has a line break: check its file"
    }
    if let header = headers.first(where: { breaks($0.name) || breaks($0.value) }) {
      return "the header \(header.name.singleLine(limit: 40)) has a control character"
    }
    let isWeb = ["http://", "https://"].contains { url.lowercased().hasPrefix($0) }
    return breaks(url) || !isWeb ? "the address must begin with http:// or https://" : nil
  }
}
