// Whether it makes sense to write to somebody at all, from what became of the last messages to them.
// Pure; composer and worker ask alike.
import Model

/// A message of ours that failed, since they last wrote.
package struct FailedSend: Equatable, Sendable {
  package var code: Int?
  package var at: Timestamp

  package init(code: Int?, at: Timestamp) {
    self.code = code
    self.at = at
  }
}

extension SendPolicy {
  /// Who can't be reached is left alone for so long; then one message may try again (our choice).
  package static let unreachableFor: Int64 = .day

  /// WhatsApp asks not to repeat withheld marketing sooner (Meta, error 131049, 2026).
  package static let withheldFor: Int64 = 24 * .hour

  /// Why nothing more should be sent to them now; nil when nothing speaks against it.
  ///
  /// `failures` are those of their newest messages, newest first, that failed without a delivery or
  /// a word of theirs since.
  package static func unreachable(
    _ failures: [FailedSend],
    kind: MessageKind = .text,
    now: Timestamp
  ) -> String? {
    guard let last = failures.first else { return nil }
    if kind == .template, last.code == 131_049, now - last.at < withheldFor {
      return "WhatsApp held marketing to them back: not before 24 hours have passed"
    }
    // Two in a row: one alone may be a phone that was off.
    let undelivered = failures.prefix(2).filter { $0.code == 131_026 }.count == 2
    guard undelivered, now - last.at < unreachableFor else { return nil }
    return "WhatsApp could not deliver the last two messages: phone them, or try again tomorrow"
  }
}
