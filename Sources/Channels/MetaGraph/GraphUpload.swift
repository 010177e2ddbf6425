// `POST /{phone-number-id}/media`: a file goes up before the message that names it. Without a side effect
// that anybody sees, so it may be repeated.
import Model

/// How an upload ended.
package enum UploadOutcome: Equatable, Sendable {
  case uploaded(id: String)
  case refused(GraphError)
  /// Not there, or nobody knows: upload it again.
  case unreachable(reason: String)
}

extension GraphClient {
  /// Meta keeps an uploaded file for 30 days (Meta, "Media", 2026); a day of distance is ours.
  package static let uploadLifetime: Int64 = 29 * .day

  /// The slowest line that an upload is given time for: 32 kB/s, a poor mobile connection.
  private static let slowestLine: Int64 = 32_000

  package func upload(
    _ credentials: GraphCredentials,
    bytes: [UInt8],
    mime: String,
    name: String,
    onProgress: (@Sendable (Int64) -> Void)? = nil
  ) -> UploadOutcome {
    let boundary = "inbox-" + String(UInt64.random(in: .min ... .max), radix: 36)
    let outcome = transport.perform(
      HTTPRequest(
        method: .post,
        url: credentials.url("/media"),
        headers: [HTTPHeader("Content-Type", "multipart/form-data; boundary=" + boundary)],
        bearer: credentials.token,
        body: Self.form(bytes: bytes, mime: mime, name: name, boundary: boundary),
        totalTimeout: 30 * .second + Int64(bytes.count) * .second / Self.slowestLine,
        onProgress: onProgress
      )
    )
    switch outcome {
    case .notSent(let reason), .unknown(let reason): return .unreachable(reason: reason)
    case .response(let response):
      let answer = (try? JSONValue.parse(response.body)) ?? .null
      if let error = GraphError(answer: answer, response: response) { return .refused(error) }
      if let id = answer["id"].text { return .uploaded(id: id) }
      guard (300..<500).contains(response.status), response.status != 408 else {
        return .unreachable(reason: "HTTP \(response.status) without an answer that can be read")
      }
      return .refused(.unexplained(response))
    }
  }

  private static func form(
    bytes: [UInt8],
    mime: String,
    name: String,
    boundary: String
  ) -> [UInt8] {
    // A file's name is a customer's or a colleague's: nothing in it may end the header.
    let safe = String(name.map { "\"\\\r\n".contains($0) ? "_" : $0 })
    var body = Array(
      """
      --\(boundary)\r
      Content-Disposition: form-data; name="messaging_product"\r
      \r
      whatsapp\r
      --\(boundary)\r
      Content-Disposition: form-data; name="type"\r
      \r
      \(mime)\r
      --\(boundary)\r
      Content-Disposition: form-data; name="file"; filename="\(safe)"\r
      Content-Type: \(mime)\r
      \r

      """.utf8
    )
    body += bytes
    body += Array("\r\n--\(boundary)--\r\n".utf8)
    return body
  }
}
