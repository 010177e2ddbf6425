// Fetching files from the provider: a fresh address by the file's id, then the bytes.
import Model

/// Where a file is for five minutes, and what it has to be.
package struct MediaAddress: Equatable, Sendable {
  package var url: String
  package var mime: String?
  /// Lower-case hex.
  package var sha256: String?
  package var bytes: Int64?

  package init(url: String, mime: String? = nil, sha256: String? = nil, bytes: Int64? = nil) {
    self.url = url
    self.mime = mime
    self.sha256 = sha256
    self.bytes = bytes
  }
}

/// How fetching ended; the bytes are with the sink.
package enum MediaOutcome: Equatable, Sendable {
  case complete
  /// The address does not give the file (any more): it has run out, or wants another token.
  case stale(status: Int)
  /// The part asked for is not there.
  case badRange
  case unreachable(reason: String)
  /// We don't go there.
  case forbidden(reason: String)
}

extension GraphClient {
  /// Asks where a WhatsApp file is now.
  ///
  /// Without a side effect, so it may be repeated.
  package func mediaAddress(
    _ credentials: GraphCredentials,
    id: String
  ) -> GraphReply<MediaAddress> {
    let query = "?phone_number_id=" + credentials.account.percentEncoded
    let request = HTTPRequest(
      method: .get,
      url: credentials.url(query, of: id),
      bearer: credentials.token
    )
    switch ask(request) {
    case .refused(let error): return .refused(error)
    case .unreachable(let reason): return .unreachable(reason: reason)
    case .found(let answer):
      guard let url = answer["url"].text else {
        return .unreachable(reason: "an answer without an address")
      }
      return .found(
        MediaAddress(
          url: url,
          mime: answer["mime_type"].text,
          sha256: answer["sha256"].text?.digest,
          bytes: answer["file_size"].int64
        )
      )
    }
  }

  /// Redirects that are followed; the provider's own use is one.
  private static let redirects = 3

  /// Fetches a file into `sink`, from byte `offset` on.
  ///
  /// WhatsApp's files want the token. It goes to the provider's hosts only, on every hop anew.
  package func download(
    _ credentials: GraphCredentials,
    url: String,
    from offset: Int64 = 0,
    into sink: any BodySink
  ) -> MediaOutcome {
    let origins = MediaOrigins(credentials)
    var url = url
    for _ in 0...Self.redirects {
      guard origins.mayFetch(url) else {
        return .forbidden(reason: "its address is not on the provider's network")
      }
      let needsToken = credentials.kind == .whatsapp && origins.mayHaveToken(url)
      let outcome = transport.download(
        HTTPRequest(
          method: .get,
          url: url,
          headers: offset > 0 ? [HTTPHeader("Range", "bytes=\(offset)-")] : [],
          bearer: needsToken ? credentials.token : nil,
          totalTimeout: 10 * .minute,
          maxResponseBytes: 1 << 16
        ),
        into: sink
      )
      switch outcome {
      case .notSent(let reason), .unknown(let reason): return .unreachable(reason: reason)
      case .response(let response):
        guard (300..<400).contains(response.status) else { return ending(response) }
        let next = response.header("Location").flatMap { MediaOrigins.target(of: $0, from: url) }
        guard let next else { return .unreachable(reason: "a redirect to nowhere") }
        url = next
      }
    }
    return .unreachable(reason: "too many redirects")
  }

  private func ending(_ response: HTTPResponse) -> MediaOutcome {
    switch response.status {
    case 200..<300: .complete
    case 416: .badRange
    case 400, 401, 403, 404, 410: .stale(status: response.status)
    default: .unreachable(reason: "HTTP \(response.status)")
    }
  }
}
