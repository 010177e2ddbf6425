// Who a lead is: leads that are one person, people to forget, people to write down, and what they
// want to receive. Also what providers say of the gym's own accounts.
import Model
import Store

extension FrontDesk {
  /// Makes two leads one; `u` takes it back.
  package func merge(_ lead: LeadID, into target: LeadID, by seat: Seat) throws -> String {
    try require(lead, for: seat)
    try require(target, for: seat)
    let merge = try store.merge(lead, into: target, by: seat.actor)
    undoLog.did(.merge(lead, into: target), by: seat)
    return "Merged \(merge.name) into \(merge.intoName)"
  }

  /// Takes a lead's newest merge apart again.
  package func unmerge(_ lead: LeadID, by seat: Seat) throws -> String {
    let outcome = try store.unmerge(lead, by: seat.actor)
    let merge = outcome.merge
    let words = "\(merge.name) (lead \(merge.lead)) and \(merge.intoName) are two leads again"
    guard outcome.newMessages > 0 else { return words }
    let count = outcome.newMessages
    return words + "; \(count) message\(count == 1 ? "" : "s") since then went to \(merge.name)"
  }

  /// Two leads that looked like one person are two people.
  package func tellApart(_ lead: LeadID, _ other: LeadID, by seat: Seat) throws -> String {
    try require(lead, for: seat)
    if try store.setTwoPeople(lead, other, true, by: seat.actor) {
      undoLog.did(.twoPeople(lead, other), by: seat)
    }
    return "Noted: two people"
  }

  /// What an erasure would take away.
  package func erasureSize(_ lead: LeadID, for seat: Seat) throws -> Erasure {
    try require(lead, for: seat)
    return try store.erasureSize(lead)
  }

  /// Forgets a person for good; only admins may.
  package func erase(_ lead: LeadID, by seat: Seat) throws -> Erasure {
    try require(lead, for: seat)
    try requireAdmin(seat)
    return try store.erase(lead, by: seat.actor)
  }

  /// Somebody whom staff write down: a walk-in, a phone call.
  package struct Entry: Sendable {
    package var gym: String?
    package var name: String
    /// As it is spoken: the gym's country makes a number of it.
    package var phone: String?
    package var email: String?
    package var source: String?
    package var headline: String?

    package init(
      gym: String? = nil,
      name: String,
      phone: String? = nil,
      email: String? = nil,
      source: String? = nil,
      headline: String? = nil
    ) {
      self.gym = gym
      self.name = name
      self.phone = phone
      self.email = email
      self.source = source
      self.headline = headline
    }
  }

  package func add(_ entry: Entry, by seat: Seat) throws -> LeadID {
    let name = entry.name.trimmed
    guard !name.isEmpty else { throw Refusal(rule: "name", text: "the lead needs a name") }
    let gym = try gym(of: entry, seat)
    var identities: [Identity] = []
    if let phone = entry.phone?.trimmed, !phone.isEmpty {
      guard let digits = PhoneNumber.digits(phone, country: gym.country) else {
        throw Refusal(
          rule: "phone",
          text: "\"\(phone)\" is no phone number; write it with + and the country's code"
        )
      }
      identities.append(Identity(kind: .phone, value: digits))
    }
    if let email = entry.email?.trimmed, !email.isEmpty {
      guard email.contains("@"), !email.contains(" ") else {
        throw Refusal(rule: "email", text: "\"\(email)\" is no e-mail address")
      }
      identities.append(Identity(kind: .email, value: email.lowercased()))
    }
    let lead = NewLead(
      gym: gym.id,
      name: name,
      identities: identities,
      source: entry.source ?? "manual",
      headline: entry.headline
    )
    return try store.add(lead, by: seat.actor)
  }

  private func gym(of entry: Entry, _ seat: Seat) throws -> Gym {
    let gyms = try store.gyms(seat.scope)
    if let name = entry.gym {
      guard let gym = gyms.first(where: { $0.slug == name || $0.name == name }) else {
        throw Refusal(rule: "gym", text: "no gym \"\(name)\"; the config names them")
      }
      return gym
    }
    guard let gym = gyms.first, gyms.count == 1 else {
      throw Refusal(rule: "gym", text: "say which gym the lead belongs to")
    }
    return gym
  }

  /// What they told us about being written to.
  package func recordConsent(
    _ lead: LeadID,
    _ decision: Consent.Decision,
    category: Consent.Category,
    on kind: ChannelKind,
    reason: String,
    by seat: Seat
  ) throws -> String {
    try require(lead, for: seat)
    let entry = Consent.Entry(
      category: category,
      decision: decision,
      at: clock.now(),
      source: .staff,
      detail: reason
    )
    try store.recordConsent(lead, on: kind, entry, by: seat.actor)
    return decision == .optedOut ? "Opted out on \(kind.title)" : "Opted in on \(kind.title)"
  }

  /// Marks notices about the gym's accounts as read; nil means all.
  package func readNotices(_ ids: [NoticeID]?, by seat: Seat) throws -> String {
    let count = try store.markNoticesRead(ids, scope: seat.scope, by: seat.actor)
    return count == 1 ? "1 notice read" : "\(count) notices read"
  }
}
