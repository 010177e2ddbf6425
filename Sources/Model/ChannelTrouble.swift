// Why a channel sends nothing now. The worker and the provider's notices write it to the store; every
// screen, `doctor` and the worker read it there, so that all processes say the same.

/// One reason for which a channel rests; a channel without one works.
package struct ChannelTrouble: Equatable, Sendable {
  package enum Cause: String, Sendable, CaseIterable {
    /// The access token is refused. Ends by itself when the token works again.
    case token
    /// A setting at the provider or in the config forbids sending. Ends when a send goes through.
    case setup
    /// Messages are taken and fail afterwards for the account's sake. Ends when one gets through.
    case delivery
    /// A rate limit. Ends by itself at `until`.
    case limit
    /// The provider has restricted or banned the account. Ends with the provider's own notice.
    case account
  }

  package var channel: String
  package var kind: ChannelKind
  package var cause: Cause
  /// The provider's error code, where it gave one.
  package var code: Int?
  /// What is wrong and what to do, in one line.
  package var reason: String
  package var since: Timestamp
  /// When it ends by itself; nil where somebody has to act.
  package var until: Timestamp?

  package init(
    channel: String,
    kind: ChannelKind,
    cause: Cause,
    code: Int? = nil,
    reason: String,
    since: Timestamp,
    until: Timestamp? = nil
  ) {
    self.channel = channel
    self.kind = kind
    self.cause = cause
    self.code = code
    self.reason = reason
    self.since = since
    self.until = until
  }

  /// Whether it still stands: one with an end is over by itself.
  package func holds(at now: Timestamp) -> Bool { until.map { $0 > now } ?? true }
}

/// Who goes first when more is to be sent than a channel takes.
package enum SendPriority: Int, Sendable, CaseIterable {
  /// Somebody typed it to one person.
  case human = 0
  /// A rule sends it to one person.
  case automatic = 1
  /// One of many that go out together.
  case bulk = 2
}
