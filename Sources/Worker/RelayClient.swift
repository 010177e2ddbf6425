// The worker's end of the relay's feed: pages of webhooks in, acknowledgements out. Blocking; used
// from the pull queue only.
import Channels
import Model
import RelayAPI

/// Where the relay is and how to be let in.
package struct RelayEndpoint: Equatable, Sendable {
  /// Without a trailing slash.
  package var url: String
  package var token: Secret

  package init(url: String, token: Secret) {
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.token = token
  }
}

/// Why the feed could not be read, in words for the status bar.
package struct RelayTrouble: Error, Equatable, CustomStringConvertible {
  package var description: String
}

/// Reads the feed over HTTP.
package struct RelayClient: Sendable {
  let endpoint: RelayEndpoint
  let transport: any HTTPTransport

  package init(endpoint: RelayEndpoint, transport: any HTTPTransport) {
    self.endpoint = endpoint
    self.transport = transport
  }

  /// A page holds 8 MiB of bodies, which JSON escapes can make six times longer.
  static let pageBytes = 64 << 20

  /// The page after `after`; waits up to `wait` seconds for one that is not empty, and `patience` more for
  /// all of it.
  package func events(
    after: Int64,
    limit: Int,
    wait: Int,
    patience: Int = 10
  ) throws(RelayTrouble) -> FeedPage {
    let response = try get(
      "/v1/events?after=\(after)&limit=\(limit)&wait=\(wait)",
      seconds: wait + patience
    )
    do { return try FeedPage.parse(response.body) } catch {
      throw RelayTrouble(description: error.description)
    }
  }

  /// Tells the relay that everything up to `seq` is stored here.
  package func acknowledge(through seq: Int64) throws(RelayTrouble) {
    let request = HTTPRequest(
      method: .post,
      url: endpoint.url + "/v1/ack",
      headers: [HTTPHeader("Content-Type", "application/json")],
      bearer: endpoint.token,
      body: Ack(through: seq).encoded(),
      connectTimeout: 5 * .second,
      totalTimeout: 15 * .second
    )
    _ = try answer(transport.perform(request))
  }

  /// Whether the relay answers and takes the token.
  package func check() throws(RelayTrouble) {
    _ = try get("/v1/events?after=0&limit=1&wait=0", seconds: 10)
  }

  func get(_ path: String, seconds: Int) throws(RelayTrouble) -> HTTPResponse {
    let request = HTTPRequest(
      method: .get,
      url: endpoint.url + path,
      bearer: endpoint.token,
      connectTimeout: 5 * .second,
      totalTimeout: Int64(seconds) * .second,
      maxResponseBytes: Self.pageBytes
    )
    return try answer(transport.perform(request))
  }

  private func answer(_ outcome: HTTPOutcome) throws(RelayTrouble) -> HTTPResponse {
    switch outcome {
    case .response(let response) where response.status == 200: return response
    case .response(let response) where response.status == 401 || response.status == 403:
      throw RelayTrouble(
        description: "the relay refuses the token; set [relay] token to one of its clients' tokens"
      )
    case .response(let response):
      throw RelayTrouble(description: "the relay answers \(response.status)")
    case .notSent(let reason), .unknown(let reason):
      throw RelayTrouble(description: "no connection to the relay: \(reason)")
    }
  }
}

extension RelayClient {
  /// How far this machine's clock is ahead of the relay's, in milliseconds; a second's grain.
  ///
  /// Throws `RelayTrouble` when the relay does not answer or refuses the token.
  package func clockSkew() throws(RelayTrouble) -> Int64 {
    let response = try get("/v1/events?after=0&limit=1&wait=0", seconds: 10)
    let now = WallClock.system.now()
    guard let date = response.header("Date").flatMap(Timestamp.init(httpDate:)) else { return 0 }
    return now - date
  }
}

extension Timestamp {
  /// An HTTP date such as `Sun, 22 Nov 2026 17:00:00 GMT` (RFC 9110 5.6.7); nil for other text.
  package init?(httpDate text: String) {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let words = text.split(separator: " ")
    guard words.count == 6, let day = Int(words[1]), let year = Int(words[3]),
      let month = months.firstIndex(of: String(words[2]))
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int64($0) }
    guard clock.count == 3 else { return nil }
    let days = Int64(CivilTime.dayNumber(year: year, month: month + 1, day: day))
    self.init(seconds: days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2])
  }
}
