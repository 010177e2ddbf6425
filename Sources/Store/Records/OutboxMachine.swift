// The life of a message that is to leave, as a pure state machine: no SQL, no clock. The shell in
// OutboxSending.swift reads a row's state, asks here, and writes what it is told, in one transaction.
import Model

/// Where a message stands on its way out; `settled` is no longer in the outbox.
enum OutboxState: String, CaseIterable {
  case queued, sending, unconfirmed, settled
}

/// What can happen to it there.
enum OutboxEvent: CaseIterable {
  /// Its author calls it back.
  case recalled
  /// The worker is about to post it; committed before the request leaves.
  case claimed
  /// The provider's answers to the post, or that none came.
  case accepted, refused, postponed, unanswered
  /// A new lease holder finds it: the last one ended between claim and record.
  case abandoned
  /// A receipt or an echo names it.
  case confirmed
  /// A receipt says that it failed.
  case reportedFailed
  /// A person's word on one of unknown fate.
  case saidSent, saidAgain
}

/// What an event makes of a message.
struct OutboxStep: Equatable {
  /// What the thread shows.
  enum Shown: Equatable {
    case status(MessageStatus)
    /// The message is taken out of the thread; its text is a draft again.
    case removed
    /// What the receipt says decides.
    case asReported
  }

  var state: OutboxState
  var shown: Shown

  init(_ state: OutboxState, _ shown: Shown) {
    self.state = state
    self.shown = shown
  }
}

enum OutboxMachine {
  /// The table at the head of Outbox.swift; nil where an event changes nothing.
  ///
  /// Only a claim leads to a post, and only from `queued`: what may have left once is queued again
  /// by a person's word or by the provider's own that it did not take it.
  static func step(_ state: OutboxState, _ event: OutboxEvent) -> OutboxStep? {
    switch (state, event) {
    case (.queued, .recalled): OutboxStep(.settled, .removed)
    case (.queued, .claimed): OutboxStep(.sending, .status(.sending))
    // The provider's word counts whenever it comes: it has the message.
    case (.queued, .accepted), (.sending, .accepted), (.unconfirmed, .accepted):
      OutboxStep(.settled, .status(.sent))
    case (.sending, .refused), (.unconfirmed, .refused):
      OutboxStep(.settled, .status(.failed))
    case (.sending, .postponed), (.unconfirmed, .postponed):
      OutboxStep(.queued, .status(.queued))
    case (.sending, .unanswered), (.sending, .abandoned):
      OutboxStep(.unconfirmed, .status(.unconfirmed))
    case (.queued, .confirmed), (.sending, .confirmed), (.unconfirmed, .confirmed),
      (.sending, .reportedFailed), (.unconfirmed, .reportedFailed):
      OutboxStep(.settled, .asReported)
    case (.unconfirmed, .saidSent): OutboxStep(.settled, .status(.sent))
    case (.unconfirmed, .saidAgain): OutboxStep(.queued, .status(.queued))
    default: nil
    }
  }
}

extension SendResult {
  var event: OutboxEvent {
    switch self {
    case .accepted: .accepted
    case .failed: .refused
    case .retry: .postponed
    case .unknown: .unanswered
    }
  }
}
