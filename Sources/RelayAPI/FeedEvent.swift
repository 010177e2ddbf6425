// The wire types that the relay's feed and its pollers share. Plain values; any thread.
import Model

/// One webhook as the relay took it in.
package struct FeedEvent: Equatable, Sendable {
  /// Rises strictly within one log and is never reused.
  package var seq: Int64
  /// Who posted it: `meta`.
  package var source: String
  package var receivedAt: Timestamp
  /// The request's path, such as `/webhooks/meta`.
  package var path: String
  /// What followed the `?`, undecoded; empty without one.
  package var query: String
  /// The request's `Content-Type`; empty without one.
  package var contentType: String
  /// SHA-256 of `body`, 64 lower-case hex digits.
  package var sha256: String
  /// The request's body, byte for byte.
  package var body: [UInt8]

  package init(
    seq: Int64,
    source: String,
    receivedAt: Timestamp,
    path: String,
    query: String,
    contentType: String,
    sha256: String,
    body: [UInt8]
  ) {
    self.seq = seq
    self.source = source
    self.receivedAt = receivedAt
    self.path = path
    self.query = query
    self.contentType = contentType
    self.sha256 = sha256
    self.body = body
  }
}

/// The answer of `GET /v1/events`.
package struct FeedPage: Equatable, Sendable {
  /// Names the log: a client that sees another than before starts again at 0.
  package var log: String
  /// In order of `seq`.
  package var events: [FeedEvent]
  /// The `after` of the next request.
  package var next: Int64

  package init(log: String, events: [FeedEvent], next: Int64) {
    self.log = log
    self.events = events
    self.next = next
  }
}

/// The body of `POST /v1/ack`.
package struct Ack: Equatable, Sendable {
  /// The client has stored every event up to this `seq` safely.
  package var through: Int64

  package init(through: Int64) { self.through = through }
}

/// Why a body is not what the feed's contract says.
package struct FeedFormatError: Error, Equatable, CustomStringConvertible {
  package var reason: String

  package init(_ reason: String) { self.reason = reason }

  package var description: String { "the relay's answer makes no sense: \(reason)" }
}
