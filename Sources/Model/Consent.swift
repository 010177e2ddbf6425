// What a person has said about being written to. The send gate asks; the lead pane shows it.

/// The decisions of one person on one kind of channel, newest of each category.
package struct Consent: Equatable, Sendable {
  package enum Category: String, Sendable, CaseIterable {
    /// Everything: a stop word as the whole message.
    case all
    /// Marketing only: WhatsApp's own "stop marketing messages" switch.
    case marketing
  }

  package enum Decision: String, Sendable {
    case optedIn = "in"
    case optedOut = "out"
  }

  /// How the decision came to us.
  package enum Source: String, Sendable {
    /// The provider's switch.
    case preference
    /// A stop or start word.
    case word
    /// Recorded by somebody of the gym.
    case staff
  }

  package struct Entry: Equatable, Sendable {
    package var category: Category
    package var decision: Decision
    package var at: Timestamp
    package var source: Source
    /// The words it was said with, where there are any.
    package var detail: String?

    package init(
      category: Category,
      decision: Decision,
      at: Timestamp,
      source: Source,
      detail: String? = nil
    ) {
      self.category = category
      self.decision = decision
      self.at = at
      self.source = source
      self.detail = detail
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  package subscript(category: Category) -> Entry? { entries.first { $0.category == category } }

  /// They asked to be left alone and have not said a word since: not even an answer goes out.
  ///
  /// What they write later is theirs to be answered.
  package func stopsReplies(lastInboundAt: Timestamp?) -> Bool {
    guard let stop = self[.all], stop.decision == .optedOut else { return false }
    return lastInboundAt.map { $0 <= stop.at } ?? true
  }

  /// Nothing that advertises may go out, and nothing unasked.
  package var stopsMarketing: Bool {
    entries.contains { $0.decision == .optedOut }
  }
}

extension Consent.Decision {
  /// What a message says about being written to, when it is nothing but one of the words that SMS
  /// carriers have made common (Twilio, "Advanced Opt-Out", 2026).
  ///
  /// YES is left out of the words that opt in: it answers half of what a gym asks.
  package init?(words text: String) {
    // Whatever stands around the word, a text of this many bytes says something else; looking at each
    // of its letters would be most of what applying a message costs.
    guard text.utf8.count <= 64, !text.contains("?") else { return nil }
    let word = text.filter(\.isLetter).uppercased()
    switch word {
    case "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT": self = .optedOut
    case "START", "UNSTOP": self = .optedIn
    default: return nil
    }
  }
}
