// Turns decoded webhooks into people, leads, threads and messages. Applying is idempotent: what is
// there already changes nothing, so a replay is always safe.
import GRDB
import Model

/// A journal row as Channels understood it.
package struct DecodedEvent: Sendable {
  package var journal: Int64
  package var receivedAt: Timestamp
  package var events: [InboundEvent]
  /// Why nothing can be made of it; nil when it was understood.
  package var parkedReason: String?
  package var summary: String

  package init(
    journal: Int64,
    receivedAt: Timestamp,
    events: [InboundEvent],
    parkedReason: String?,
    summary: String
  ) {
    self.journal = journal
    self.receivedAt = receivedAt
    self.events = events
    self.parkedReason = parkedReason
    self.summary = summary
  }
}

/// What a batch changed, for notices.
package struct ApplyOutcome: Equatable, Sendable {
  package var applied = 0
  package var parked = 0
  /// Messages of customers that were not there before.
  package var newMessages = 0
}

extension LeadStore {
  /// Applies a batch in one transaction.
  ///
  /// A row that fails is parked with its reason and leaves nothing behind; the others are not
  /// affected.
  package func apply(_ batch: [DecodedEvent]) throws -> ApplyOutcome {
    do {
      return try apply(batch, inSavepoints: false)
    } catch let error as DatabaseError where !error.isOfTheMachine {
      // One row's own fault: again from the start, each row on its own. A savepoint keeps a copy of
      // every page it touches, which would cost more than all the rest.
      return try apply(batch, inSavepoints: true)
    }
  }

  private func apply(_ batch: [DecodedEvent], inSavepoints: Bool) throws -> ApplyOutcome {
    try write { database, rev in
      var outcome = ApplyOutcome()
      var application = try Application(database: database, rev: rev, now: clock.now())
      let settle = try database.cachedStatement(
        sql: "UPDATE journal SET state = ?, reason = ?, summary = ?, applied_at = ? WHERE id = ?"
      )
      for decoded in batch {
        let reason =
          try inSavepoints ? application.applyAlone(decoded) : application.apply(decoded)
        try settle.execute(arguments: [
          reason == nil ? JournalEntry.State.applied.rawValue : JournalEntry.State.parked.rawValue,
          reason, decoded.summary, application.now.milliseconds, decoded.journal,
        ])
        if reason == nil { outcome.applied += 1 } else { outcome.parked += 1 }
      }
      outcome.newMessages = application.newMessages
      return outcome
    }
  }
}

/// One batch being applied, inside its transaction.
struct Application {
  let database: Database
  let rev: Int64
  let now: Timestamp
  let channels: [ProviderAccount: ChannelAccount]
  var journal: Int64 = 0
  var receivedAt: Timestamp
  var newMessages = 0
  var batch = KnownPeople()
  private var firstStages: [Int64: Int64] = [:]

  init(database: Database, rev: Int64, now: Timestamp) throws {
    self.database = database
    self.rev = rev
    self.now = now
    receivedAt = now
    var channels: [ProviderAccount: ChannelAccount] = [:]
    let rows = try Row.fetchAll(
      database.cachedStatement(sql: "SELECT id, kind, gym_id, account FROM channel")
    )
    for row in rows {
      guard let kind = ChannelKind(rawValue: row[1]) else { continue }
      channels[ProviderAccount(kind: kind, id: row[3])] = ChannelAccount(
        id: row[0],
        kind: kind,
        gym: GymID(row[2]),
        account: row[3]
      )
    }
    self.channels = channels
  }

  /// Applies one row; returns why it has to be parked, nil when it hasn't.
  ///
  /// What was understood of a row is applied though another part of it has to be parked.
  mutating func apply(_ decoded: DecodedEvent) throws -> String? {
    journal = decoded.journal
    receivedAt = decoded.receivedAt
    var problems: [String] = []
    for event in decoded.events {
      if let problem = try apply(event), problems.isEmpty { problems.append(problem) }
    }
    // An unknown account comes first: by these words the row is found once it is added.
    if let reason = decoded.parkedReason { problems.append(reason) }
    return problems.isEmpty ? nil : problems.joined(separator: "; ")
  }

  /// As `apply`, in a savepoint: a row that contradicts what is stored is set aside, so that it doesn't
  /// stop those behind it.
  mutating func applyAlone(_ decoded: DecodedEvent) throws -> String? {
    let before = newMessages
    do {
      var reason: String?
      try database.inSavepoint {
        reason = try apply(decoded)
        return .commit
      }
      return reason
    } catch let error as DatabaseError where !error.isOfTheMachine {
      newMessages = before
      batch = KnownPeople()
      return "it contradicts what is stored: \(error.message ?? error.description)"
    }
  }

  /// Applies one fact; returns why it could not be.
  private mutating func apply(_ event: InboundEvent) throws -> String? {
    if case .notice = event.fact { return nil }
    if case .template(let notice) = event.fact {
      try apply(notice, account: event.account.id)
      return nil
    }
    if case .account(let notice) = event.fact {
      try apply(notice, account: event.account)
      return nil
    }
    guard let channel = channels[event.account] else {
      return "\(LeadStore.unknownAccount) \(event.account.kind.rawValue) account "
        + "\(event.account.id); add a [[channel]] with it and the event is applied by itself"
    }
    switch event.fact {
    case .message(let message): try apply(message, channel: channel)
    case .receipt(let receipt): try apply(receipt, channel: channel)
    case .readUpTo(let person, let at, let id):
      try applyRead(person, at: at, providerID: id, channel: channel)
    case .reaction(let reaction): try apply(reaction.asMessage, channel: channel)
    case .consent(let consent): try apply(consent, channel: channel)
    case .identityChange(let change): try apply(change, channel: channel)
    case .leadForm(let form): try apply(form, channel: channel)
    case .account, .notice, .template: break
    }
    return nil
  }

  /// The stage that new leads of a gym start in.
  mutating func firstStage(gym: GymID) throws -> Int64 {
    if let known = firstStages[gym.rawValue] { return known }
    let stage =
      try Int64.fetchOne(
        database,
        sql: "SELECT id FROM stage WHERE gym_id = ? ORDER BY position LIMIT 1",
        arguments: [gym.rawValue]
      ) ?? 0
    firstStages[gym.rawValue] = stage
    return stage
  }
}

/// What a batch has learned of the people in it: nobody else writes while its transaction is open.
struct KnownPeople {
  /// The lead that stands for a person.
  var leads: [Int64: Int64] = [:]
  /// The thread of a person on a channel.
  var threads: [ThreadKey: Int64] = [:]

  struct ThreadKey: Hashable {
    var person: Int64
    var channel: String
  }
}

extension InboundReaction {
  /// A reaction is a message of its own, shown on the bubble it is about: a 👍 to "Friday 2 pm?" is an
  /// answer.
  ///
  /// One without words takes the former back.
  var asMessage: InboundMessage {
    InboundMessage(
      providerID: providerID,
      person: person,
      profileName: profileName,
      kind: .reaction,
      text: emoji ?? "",
      providerAt: at,
      isEcho: isEcho,
      replyTo: target
    )
  }
}
