// The queries that screens and the worker run all the time go by an index: no scan of a table that
// grows, no sorting for a page. SQLite is asked about the statements as the store really runs them.
import GRDB
import Model
import Synchronization
import TestSupport
import Testing

@testable import Store

@Suite(.ownThreads) struct QueryPlanTests {
  let fixture: TemporaryStore

  init() throws {
    fixture = try TemporaryStore()
    var day = RandomDay(fixture, seed: 5)
    try day.pass(60)
  }

  /// The plans of all SELECTs that `body` makes on the reading connections.
  private func plans(_ body: () throws -> Void) throws -> [(sql: String, plan: [String])] {
    let statements = Mutex<[String]>([])
    try fixture.store.pool.barrierWriteWithoutTransaction { _ in }
    let readers = fixture.store.pool
    try readers.read { _ in }
    // One reader is reused as long as reads don't overlap.
    try readers.read { database in
      database.trace(options: .statement) { event in
        if case .statement(let statement) = event {
          statements.withLock { $0.append(statement.expandedSQL) }
        }
      }
    }
    try body()
    try readers.read { $0.trace(options: .statement, nil) }
    let seen = statements.withLock { $0 }
    return try seen.filter { $0.hasPrefix("SELECT") && $0.contains("FROM") }.map { sql in
      let plan = try fixture.store.read { database in
        try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String }
      }
      return (sql, plan)
    }
  }

  private func expectIndexed(
    _ plans: [(sql: String, plan: [String])],
    allowingScanOf small: Set<String> = []
  ) {
    #expect(!plans.isEmpty)
    for (sql, plan) in plans {
      for step in plan {
        #expect(!step.contains("TEMP B-TREE"), "\(step)\n\(sql)")
        let words = step.split(separator: " ")
        guard words.first == "SCAN", words.count > 1 else { continue }
        // A walk along an index, ended by LIMIT, is what a page is; a walk of a whole table isn't.
        let isWalk = step.contains("USING INDEX") || step.contains("USING COVERING INDEX")
        #expect(isWalk || small.contains(String(words[1])), "\(step)\n\(sql)")
      }
    }
  }

  @Test(arguments: InboxQuery.Filter.allCases)
  func theInboxPage(filter: InboxQuery.Filter) throws {
    let scope = Scope(reach: .everything, viewer: fixture.anna.id)
    let lead = try fixture.lead().id
    for anchor in [InboxQuery.Anchor.top, .bottom, .around(lead)] {
      let plans = try plans {
        _ = try fixture.store.inbox(
          InboxQuery(anchor: anchor, filter: filter, limit: 50),
          scope: scope
        )
      }
      // The tally has a row for each sort of lead, not for each lead.
      expectIndexed(plans.filter { !$0.sql.contains("lead_tally") })
    }
  }

  @Test func theLeadsInTroubleAreAnIndexOfTheirOwn() throws {
    let scope = Scope(reach: .everything, viewer: fixture.anna.id)
    let lists = try plans {
      for anchor in [InboxQuery.Anchor.top, .bottom] {
        _ = try fixture.store.inbox(
          InboxQuery(anchor: anchor, filter: .troubled, limit: 50),
          scope: scope
        )
      }
      _ = try fixture.store.dashboard(scope: scope, midnight: TemporaryStore.start)
    }.filter { $0.sql.contains("preview_status IN") }
    #expect(lists.count >= 5)
    for (sql, plan) in lists {
      let walks = plan.filter { $0.contains(" lead ") }
      #expect(walks.allSatisfy { $0.contains("lead_troubled_") }, "\(plan)\n\(sql)")
    }
  }

  @Test func theThreadPageAndTheLead() throws {
    let lead = try fixture.lead().id
    let plans = try plans {
      _ = try fixture.store.messages(of: lead, limit: 50, scope: .everything)
      _ = try fixture.store.lead(lead, scope: .everything)
      _ = try fixture.store.draft(.reply(lead), of: fixture.anna.id)
    }
    // One person's threads and names, and one page's files, are a handful: they may be sorted.
    expectIndexed(
      plans.filter { !$0.sql.contains("person_id = ") && !$0.sql.contains("json_each") }
    )
  }

  @Test func theWorkersQuestions() throws {
    expectIndexed(
      try plans {
        _ = try fixture.store.pendingEvents(limit: 100)
        _ = try fixture.store.nextDue()
        _ = try fixture.store.nextDue(paused: ["wa-main"])
        _ = try fixture.store.feedCursor()
        _ = try fixture.store.failedSends(in: ThreadID(1))
        _ = try fixture.store.sends(in: ThreadID(1), since: fixture.clock.now)
      },
      // A row for each channel that rests.
      allowingScanOf: ["channel_state"]
    )
  }

  @Test func theClaim() throws {
    let statements = Mutex<[String]>([])
    fixture.store.pool.writeWithoutTransaction { database in
      database.trace(options: .statement) { event in
        if case .statement(let statement) = event {
          statements.withLock { $0.append(statement.expandedSQL) }
        }
      }
    }
    let lead = try #require(try fixture.leads().first { $0.thread != nil })
    _ = try fixture.store.enqueue(lead.id, kind: .text, text: "hi", undo: 0, by: .system)
    fixture.clock.advance(.hour)
    _ = try fixture.store.claim()
    fixture.store.pool.writeWithoutTransaction { $0.trace(options: .statement, nil) }
    let claims = statements.withLock { $0 }.filter { $0.contains("FROM outbox JOIN message") }
    #expect(!claims.isEmpty)
    for sql in claims {
      let plan = try fixture.store.read { database in
        try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String }
      }
      expectIndexed([(sql, plan)])
    }
  }
}
