// What is kept beside the messages is what the messages say, after anything that can happen.
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite(.ownThreads) struct SummaryTests {
  private static let columns = """
    waiting_since, thread_id, channel_kind, preview, preview_direction, preview_status,
    last_message_at
    """

  @Test(arguments: 1...5)
  func aDayEndsAsItsMessagesSay(seed: UInt64) throws {
    let fixture = try TemporaryStore()
    var day = RandomDay(fixture, seed: seed)
    for step in 0..<10 {
      try day.pass(20)
      try fixture.store.writeQuietly { database in
        let before = try rows(database)
        for row in before { try database.summarise(lead: row[0], rev: row[1]) }
        #expect(try rows(database) == before, "seed \(seed), step \(step)")
      }
    }
    try expectWaiting(fixture, seed: seed)
    try expectTally(fixture)
  }

  /// An independent reading of who waits since when: sorts all messages by hand.
  private func expectWaiting(_ fixture: TemporaryStore, seed: UInt64) throws {
    for lead in try fixture.leads() {
      let mark = try fixture.store.read {
        try Int64.fetchOne(
          $0,
          sql: "SELECT ifnull(no_reply_at, 0) FROM lead WHERE id = ?",
          arguments: [lead.id.rawValue]
        ) ?? 0
      }
      let history = try fixture.store.read {
        try Set(Int64.fetchAll($0, sql: "SELECT id FROM message WHERE is_history = 1"))
      }
      let messages = try fixture.messages(lead.id)
      let answer = messages.filter { $0.direction == .outbound && $0.status != .failed }.last
      let expected = messages.first { message in
        guard message.direction == .inbound, !history.contains(message.id.rawValue),
          message.providerAt.milliseconds > mark
        else { return false }
        guard let answer else { return true }
        if message.providerAt.milliseconds / 1000 == answer.providerAt.milliseconds / 1000 {
          return message.providerAt > answer.providerAt || message.id > answer.id
        }
        return message.providerAt > answer.providerAt
      }
      #expect(lead.waitingSince == expected?.providerAt, "seed \(seed), lead \(lead.id)")
      #expect(lead.preview == messages.last?.text ?? "")
      let isOpen = messages.contains { $0.status == .unconfirmed }
      #expect(lead.previewStatus == (isOpen ? .unconfirmed : messages.last?.status ?? .received))
    }
  }

  /// The counts that triggers keep are those of the leads.
  private func expectTally(_ fixture: TemporaryStore) throws {
    let (tally, counted) = try fixture.store.read { database in
      (
        try Row.fetchAll(
          database,
          sql: """
            SELECT gym_id, stage_id, owner_id, is_open, is_waiting, n FROM lead_tally
            WHERE n <> 0 ORDER BY 1, 2, 3, 4, 5
            """
        ),
        try Row.fetchAll(
          database,
          sql: """
            SELECT gym_id, stage_id, ifnull(owner_id, 0) AS owner_id, is_open,
              waiting_since IS NOT NULL AS is_waiting, count(*) AS n
            FROM lead GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
            """
        )
      )
    }
    #expect(tally == counted)
  }

  @Test(arguments: 31...32)
  func revsOnlyGrowAndMarkWhatChanged(seed: UInt64) throws {
    let fixture = try TemporaryStore()
    var day = RandomDay(fixture, seed: seed)
    var last = try fixture.store.rev()
    var before: [LeadID: LeadSummary] = [:]
    for _ in 0..<100 {
      try day.pass(1)
      let now = try fixture.store.rev()
      #expect(now >= last)
      for lead in try fixture.leads(viewer: nil) {
        if var known = before[lead.id], known != lead {
          known.rev = lead.rev
          if known != lead { #expect(lead.rev > last, "seed \(seed)") }
        }
        before[lead.id] = lead
      }
      last = now
    }
  }

  private func rows(_ database: Database) throws -> [Row] {
    try Row.fetchAll(database, sql: "SELECT id, rev, \(Self.columns) FROM lead ORDER BY id")
  }
}
