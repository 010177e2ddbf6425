// The journal of webhooks as screens and scripts see it: what came, and what became of it.

/// Where an event of the journal stands.
package enum EventState: String, Sendable, CaseIterable {
  case pending, applied, parked, rejected
}

/// One line of the journal.
package struct JournalLine: Equatable, Sendable {
  /// What people call the event's number.
  package var id: Int64
  package var receivedAt: Timestamp
  package var source: String
  package var state: EventState
  /// What it became, or would.
  package var summary: String
  /// Why it is parked.
  package var reason: String?
  /// The lead whose conversation it added to, where it did.
  package var lead: LeadID?
  package var leadName: String?

  package init(
    id: Int64,
    receivedAt: Timestamp,
    source: String,
    state: EventState,
    summary: String,
    reason: String? = nil,
    lead: LeadID? = nil,
    leadName: String? = nil
  ) {
    self.id = id
    self.receivedAt = receivedAt
    self.source = source
    self.state = state
    self.summary = summary
    self.reason = reason
    self.lead = lead
    self.leadName = leadName
  }
}

/// Which part of the journal is wanted, newest first.
package struct JournalQuery: Equatable, Sendable {
  package var onlyParked: Bool
  package var limit: Int

  package init(onlyParked: Bool, limit: Int) {
    self.onlyParked = onlyParked
    self.limit = limit
  }
}

package struct JournalPage: Equatable, Sendable {
  package var query: JournalQuery
  package var lines: [JournalLine]
  package var hasMore: Bool
  /// Of the whole journal.
  package var parked: Int

  package init(query: JournalQuery, lines: [JournalLine], hasMore: Bool, parked: Int) {
    self.query = query
    self.lines = lines
    self.hasMore = hasMore
    self.parked = parked
  }
}

/// One event with its body, for reading.
package struct JournalDetail: Equatable, Sendable {
  package var line: JournalLine
  package var path: String
  package var sha256: String
  package var bytes: Int
  /// The body, indented; personal data and secrets are hidden unless `isRaw`.
  package var body: [String]
  package var isRaw: Bool

  package init(
    line: JournalLine,
    path: String,
    sha256: String,
    bytes: Int,
    body: [String],
    isRaw: Bool
  ) {
    self.line = line
    self.path = path
    self.sha256 = sha256
    self.bytes = bytes
    self.body = body
    self.isRaw = isRaw
  }
}
