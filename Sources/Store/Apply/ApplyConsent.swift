// What customers say about being written to: the provider's switch, or a stop word of their own.
import GRDB
import Model

extension Application {
  /// The provider's switch; of somebody unknown it is kept by making them known.
  mutating func apply(_ consent: InboundConsent, channel: ChannelAccount) throws {
    guard !consent.person.isEmpty else { return }
    guard let person = try known(consent.person, channel: channel) else {
      // Nobody who never wrote gets a lead by this, yet their no must hold once they do.
      let found = try self.person(
        consent.person,
        profileName: nil,
        channel: channel,
        at: consent.entry.at
      )
      _ = try database.keepConsent(of: found.person, on: channel.kind, consent.entry)
      return
    }
    try keep(consent.entry, person: person, channel: channel)
  }

  /// A message that is nothing but a stop or start word.
  func noteConsent(_ message: InboundMessage, person: Int64, channel: ChannelAccount) throws {
    guard message.kind == .text || message.kind == .button, !message.isEcho, !message.isHistory,
      let decision = Consent.Decision(words: message.text)
    else { return }
    let entry = Consent.Entry(
      category: .all,
      decision: decision,
      at: message.providerAt,
      source: .word,
      detail: message.text
    )
    try keep(entry, person: person, channel: channel)
  }

  private func keep(_ entry: Consent.Entry, person: Int64, channel: ChannelAccount) throws {
    let isNews = try database.keepConsent(of: person, on: channel.kind, entry)
    guard isNews, let lead = try currentLead(person: person) else { return }
    try database.touch(LeadID(lead), rev: rev)
    try database.record(
      .system,
      lead: LeadID(lead),
      gym: channel.gym.rawValue,
      verb: entry.verb,
      after: entry.words(on: channel.kind),
      at: entry.at
    )
  }
}
