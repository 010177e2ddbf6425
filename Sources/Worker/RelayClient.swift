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

  /// The page after `after`; waits up to `wait` seconds for one that is not empty.
  package func events(after: Int64, limit: Int, wait: Int) throws(RelayTrouble) -> FeedPage {
    let response = try get(
      "/v1/events?after=\(after)&limit=\(limit)&wait=\(wait)", seconds: wait + 10)
    do { return try FeedPage.parse(response.body) } catch {
      throw RelayTrouble(description: error.description)
    }
  }

  /// Tells the relay that everything up to `seq` is stored here.
  package func acknowledge(through seq: Int64) throws(RelayTrouble) {
    let request = HTTPRequest(
      method: "POST", url: endpoint.url + "/v1/ack",
      headers: headers + [("Content-Type", "application/json")],
      body: Ack(through: seq).encoded(), connectTimeout: 5, totalTimeout: 15,
      maxResponseBytes: 65_536)
    _ = try answer(transport.perform(request))
  }

  /// Whether the relay answers and takes the token.
  package func check() throws(RelayTrouble) {
    _ = try get("/v1/events?after=0&limit=1&wait=0", seconds: 10)
  }

  private func get(_ path: String, seconds: Int) throws(RelayTrouble) -> HTTPResponse {
    let request = HTTPRequest(
      method: "GET", url: endpoint.url + path, headers: headers, body: nil, connectTimeout: 5,
      totalTimeout: seconds, maxResponseBytes: 64 << 20)
    return try answer(transport.perform(request))
  }

  private var headers: [(String, String)] {
    [("Authorization", "Bearer \(endpoint.token.revealed)")]
  }

  private func answer(_ outcome: HTTPOutcome) throws(RelayTrouble) -> HTTPResponse {
    switch outcome {
    case .response(let response) where response.status == 200: return response
    case .response(let response) where response.status == 401 || response.status == 403:
      throw RelayTrouble(
        description: "the relay refuses the token; set [relay] token to one of its clients' tokens")
    case .response(let response):
      throw RelayTrouble(description: "the relay answers \(response.status)")
    case .notSent(let reason), .unknown(let reason):
      throw RelayTrouble(description: "no connection to the relay: \(reason)")
    }
  }
}
