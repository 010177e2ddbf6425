// The inbox's order and its windows, against a plain sort of everything.
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct InboxTests {
  let fixture: TemporaryStore
  let scope: Scope

  /// 120 leads at random, with many equal times.
  init() throws {
    fixture = try TemporaryStore()
    scope = Scope(reach: .everything, viewer: fixture.anna.id)
    var random = SeededRandom(7)
    let times = (0..<120).map { _ in
      TemporaryStore.start + Int64.random(in: 0..<30, using: &random) * 1000
    }
    try fixture.deliver(
      times.enumerated().map { number, time in
        .whatsApp("n\(number)", from: "49151\(number)", name: nil, id: "m\(number)", at: time)
      }
    )
    let owners = [fixture.anna.id, fixture.ben.id, nil]
    let closed = try #require(try fixture.store.stages(.everything).last)
    // In one transaction, since each one is a sync to disk.
    try fixture.store.write { database, rev in
      let ids = try Int64.fetchAll(database, sql: "SELECT id FROM lead ORDER BY id")
      for (number, id) in ids.enumerated() {
        let isDone = Int.random(in: 0..<3, using: &random) > 0
        let isClosed = Int.random(in: 0..<4, using: &random) == 0
        try database.execute(
          sql: """
            UPDATE lead SET owner_id = ?, no_reply_at = ?, is_open = ?,
              stage_id = CASE WHEN ? THEN ? ELSE stage_id END
            WHERE id = ?
            """,
          arguments: [
            owners[number % 3]?.rawValue, isDone ? times[number].milliseconds : nil, !isClosed,
            isClosed, closed.id.rawValue, id,
          ]
        )
        try database.summarise(lead: id, rev: rev)
        // Some of them end with a message of which that is not the word.
        let trouble = [MessageStatus.failed, .unconfirmed, nil, nil, nil][number % 5]
        guard let trouble else { continue }
        try database.execute(
          sql: "UPDATE lead SET preview_direction = 'out', preview_status = ? WHERE id = ?",
          arguments: [trouble.rawValue, id]
        )
      }
    }
  }

  /// All leads in the inbox's order, by a sort in memory.
  private func sorted(_ filter: InboxQuery.Filter) throws -> [LeadID] {
    struct Line {
      var lead: LeadSummary
      var isOpen: Bool
    }
    let open = try fixture.store.read {
      try Set(Int64.fetchAll($0, sql: "SELECT id FROM lead WHERE is_open = 1"))
    }
    var lines: [Line] = []
    try fixture.store.eachLead(scope: scope) { listed in
      lines.append(
        Line(lead: listed.summary, isOpen: open.contains(listed.summary.id.rawValue))
      )
    }
    lines = lines.filter { line in
      let shown = line.isOpen || line.lead.needsReply
      switch filter {
      case .open: return shown
      case .mine: return shown && line.lead.owner == fixture.anna.id
      case .unassigned: return shown && line.lead.owner == nil
      case .needsReply: return line.lead.needsReply
      case .troubled: return [.failed, .unconfirmed].contains(line.lead.previewStatus)
      case .all: return true
      }
    }
    return lines.map(\.lead).sorted { left, right in
      switch (left.waitingSince, right.waitingSince) {
      case (let a?, let b?): (a, left.id) < (b, right.id)
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): (left.lastMessageAt, left.id) > (right.lastMessageAt, right.id)
      }
    }.map(\.id)
  }

  private func page(
    _ anchor: InboxQuery.Anchor,
    _ filter: InboxQuery.Filter,
    _ limit: Int
  ) throws -> InboxPage {
    try fixture.store.inbox(
      InboxQuery(anchor: anchor, filter: filter, limit: limit),
      scope: scope
    )
  }

  @Test(arguments: InboxQuery.Filter.allCases)
  func windowsAreSlicesOfTheSort(filter: InboxQuery.Filter) throws {
    let all = try sorted(filter)
    #expect(all.count > 20)
    let waiting = try page(.top, filter, 400).rows.prefix { $0.needsReply }.count
    for limit in [1, 7, 40, 400] {
      let top = try page(.top, filter, limit)
      #expect(top.rows.map(\.id) == Array(all.prefix(limit)))
      #expect(top.offset == 0)
      let bottom = try page(.bottom, filter, limit)
      #expect(bottom.rows.map(\.id) == Array(all.suffix(limit)))
      for page in [top, bottom] { try check(page, all: all, waiting: waiting) }
      for (index, id) in all.enumerated() {
        let page = try page(.around(id), filter, limit)
        let first = max(0, index - limit / 2)
        let count = limit - min(index, limit / 2)
        let expected = Array(all[first..<min(all.count, index + count)])
        #expect(page.rows.map(\.id) == expected, "\(filter) \(limit) \(index)")
        try check(page, all: all, waiting: waiting)
      }
    }
  }

  private func check(_ page: InboxPage, all: [LeadID], waiting: Int) throws {
    #expect(page.total == all.count)
    #expect(page.waiting == waiting)
    let first = try #require(page.rows.first)
    #expect(all[page.offset] == first.id)
    #expect(page.hasBefore == (page.offset > 0))
    #expect(page.hasAfter == (page.offset + page.rows.count < all.count))
  }

  @Test func aLeadThatTheFilterHidesGivesTheTop() throws {
    let bens = try #require(
      try fixture.leads().first { $0.owner == fixture.ben.id && $0.needsReply }
    )
    let page = try page(.around(bens.id), .mine, 10)
    #expect(page.rows.map(\.id) == Array(try sorted(.mine).prefix(10)))
    #expect(try self.page(.around(LeadID(999_999)), .open, 10).offset == 0)
  }

  @Test func aScopeShowsItsOwnOnly() throws {
    let own = Scope(reach: .own(fixture.gym.id, fixture.ben.id), viewer: fixture.ben.id)
    let page = try fixture.store.inbox(
      InboxQuery(anchor: .top, filter: .all, limit: 400),
      scope: own
    )
    #expect(page.total == 40)
    #expect(page.rows.allSatisfy { $0.owner == fixture.ben.id })
    let other = try #require(try fixture.leads().first { $0.owner == fixture.anna.id })
    #expect(try fixture.store.lead(other.id, scope: own) == nil)
    #expect(try fixture.store.messages(of: other.id, limit: 10, scope: own) == nil)
    let nowhere = Scope(reach: .gym(GymID(99)), viewer: nil)
    #expect(
      try fixture.store.inbox(
        InboxQuery(anchor: .top, filter: .all, limit: 10),
        scope: nowhere
      ).total == 0
    )
    let dashboard = try fixture.store.dashboard(scope: own, midnight: TemporaryStore.start - .day)
    #expect(dashboard.newToday == 40)
    #expect(dashboard.stages.map(\.count).reduce(0, +) == 40)
  }

  @Test func anEmptyInboxHasAnEmptyPage() throws {
    let empty = try TemporaryStore()
    for anchor in [InboxQuery.Anchor.top, .bottom, .around(LeadID(1))] {
      let page = try empty.store.inbox(
        InboxQuery(anchor: anchor, filter: .open, limit: 50),
        scope: .everything
      )
      #expect(page.rows.isEmpty)
      #expect(!page.hasBefore && !page.hasAfter)
    }
  }

  @Test func theDashboardCountsWhatTheListShows() throws {
    let dashboard = try fixture.store.dashboard(
      scope: scope,
      midnight: TemporaryStore.start - .day
    )
    #expect(dashboard.waitingNow == (try sorted(.needsReply)).count)
    #expect(dashboard.unassigned == (try sorted(.unassigned)).count)
    #expect(dashboard.troubledSends == (try sorted(.troubled)).count)
    #expect(dashboard.troubledSends > 0)
    #expect(dashboard.newToday == 120)
    let longest = try page(.top, .needsReply, 1).rows.first?.waitingSince
    #expect(dashboard.longestWaitSince == longest)
  }
}
