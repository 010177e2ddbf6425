// What follows from the provider's answer to a send: for the message, and for the channel it left by.
// Pure; the worker carries it out.
import Model

package struct SendDecision: Equatable, Sendable {
  package enum Fate: Equatable, Sendable {
    case accepted(providerID: String)
    case failed(MessageFailure)
    /// Try again after so many milliseconds; `isFailure` uses up one of its tries.
    case retry(after: Int64, reason: String, isFailure: Bool)
    /// Nobody knows whether the provider took it.
    case unknown(reason: String)
  }

  /// Why more than this message must wait.
  package struct Rest: Equatable, Sendable {
    package var scope: GraphScope
    package var cause: ChannelTrouble.Cause
    package var code: Int?
    package var reason: String
    /// Milliseconds; nil until somebody has acted.
    package var wait: Int64?

    package init(
      scope: GraphScope,
      cause: ChannelTrouble.Cause,
      code: Int?,
      reason: String,
      wait: Int64?
    ) {
      self.scope = scope
      self.cause = cause
      self.code = code
      self.reason = reason
      self.wait = wait
    }
  }

  package var fate: Fate
  package var rest: Rest?
  private var wasPosted = true

  /// What is known when the answer comes.
  package struct History: Equatable, Sendable {
    /// Posts of this message, this one included.
    package var attempt: Int
    /// Those that failed at the provider's end before this one.
    package var failures: Int
    /// Milliseconds since it was written, or since its planned time.
    package var age: Int64
    /// Holds of the channel since its last success.
    package var holds: Int

    package init(attempt: Int, failures: Int = 0, age: Int64 = 0, holds: Int = 0) {
      self.attempt = attempt
      self.failures = failures
      self.age = age
      self.holds = holds
    }
  }

  /// What has not left after a day is a person's to decide on: by then it may be out of place (our
  /// own choice; the reply windows are as long).
  package static let giveUpAfter: Int64 = .day

  package init(_ outcome: SendOutcome, _ history: History, backoff: Backoff = Backoff()) {
    switch outcome {
    case .accepted(let id, _): fate = .accepted(providerID: id)
    case .unknown(let reason): fate = .unknown(reason: reason)
    case .notSent(let reason):
      let wait = backoff.endlessDelay(afterFailure: history.attempt)
      fate = Self.later(wait, reason, history)
    case .refused(let error): (fate, rest) = Self.weigh(error, history, backoff)
    }
  }

  /// The gate is closed: nothing was posted.
  package init(closed text: String) {
    fate = .failed(MessageFailure(code: nil, title: text))
    wasPosted = false
  }

  /// Something on our side has to be mended first: nothing was posted, or what was posted is known to
  /// have been refused for it.
  package init(waiting wait: Int64, reason: String) {
    fate = .retry(after: wait, reason: reason, isFailure: false)
    wasPosted = false
  }

  /// The config names no such channel: nothing was posted.
  package init(unconfigured channel: String) {
    let reason = "the config does not name \(channel): add it, or write on another channel"
    fate = .retry(after: 0, reason: reason, isFailure: false)
    rest = Rest(scope: .number, cause: .setup, code: nil, reason: reason, wait: nil)
    wasPosted = false
  }

  /// The provider has dealt with the message itself, so token and set-up are in order.
  package var provesChannel: Bool {
    guard wasPosted, rest == nil else { return false }
    switch fate {
    case .accepted: return true
    case .failed(let failure): return failure.code != nil
    case .retry(_, _, let isFailure): return isFailure
    case .unknown: return false
    }
  }

  private static func weigh(
    _ error: GraphError,
    _ history: History,
    _ backoff: Backoff
  ) -> (Fate, Rest?) {
    switch error.errorClass {
    case .retry:
      let delay = backoff.delay(
        afterTry: history.failures + 1,
        tries: error.tries,
        atLeast: error.wait ?? 0
      )
      guard let delay else { return (.failed(error.failure), nil) }
      return (.retry(after: delay, reason: error.userText, isFailure: true), nil)
    case .media where error.isPassing && history.failures + 1 < error.tries:
      return (.retry(after: 4 * .second, reason: error.userText, isFailure: true), nil)
    case .throttle(.recipient), .throttle(.flow):
      return (later(pairWait(history.attempt, error.wait), error.userText, history), nil)
    case .throttle(let scope):
      let wait = hold(error.wait ?? .second, holds: history.holds)
      let rest = Rest(scope: scope, cause: .limit, error: error, wait: wait)
      return (later(wait, error.userText, history), rest)
    case .auth, .config:
      let cause = error.errorClass == .auth ? ChannelTrouble.Cause.token : .setup
      // Due at once, yet behind the others: the next try is made with another message.
      return (
        .retry(after: 0, reason: error.userText, isFailure: false),
        Rest(scope: .number, cause: cause, error: error, wait: nil)
      )
    case .held: return (later(.minute, error.userText, history), nil)
    case .window, .permanent, .recipient, .optOut, .media, .template:
      return (.failed(error.failure), nil)
    }
  }

  private static func later(_ wait: Int64, _ reason: String, _ history: History) -> Fate {
    guard history.age < giveUpAfter else {
      let words = "Not sent within a day (\(reason)): send it again if it still fits"
      return .failed(MessageFailure(code: nil, title: words))
    }
    return .retry(after: wait, reason: reason, isFailure: false)
  }

  /// 4^n seconds, n = 0, 1, 2 … (Meta, "Throughput": the pair limit), at most 4^4.
  private static func pairWait(_ attempt: Int, _ stated: Int64?) -> Int64 {
    max(stated ?? 0, .second << (2 * Int64(min(max(attempt, 1), 5) - 1)))
  }

  /// Doubles with each hold in a row, up to a quarter of an hour or what the provider states.
  private static func hold(_ base: Int64, holds: Int) -> Int64 {
    min(base << Int64(min(max(holds, 0), 10)), max(base, 15 * .minute))
  }
}

extension SendDecision.Rest {
  fileprivate init(
    scope: GraphScope,
    cause: ChannelTrouble.Cause,
    error: GraphError,
    wait: Int64?
  ) {
    self.init(scope: scope, cause: cause, code: error.code, reason: error.userText, wait: wait)
  }
}

extension GraphError {
  /// The details of a file's failure name a server's passing trouble: 429 or 5xx.
  fileprivate var isPassing: Bool {
    (details ?? message).split { !$0.isNumber }
      .contains { $0 == "429" || $0.count == 3 && $0.first == "5" }
  }
}
