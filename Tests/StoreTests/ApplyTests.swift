// Webhooks become messages: once each, all of them, in the provider's order.
import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct ApplyTests {
  let fixture: TemporaryStore
  var start: Timestamp { TemporaryStore.start }

  init() throws { fixture = try TemporaryStore() }

  @Test func aFirstMessageMakesALead() throws {
    let outcome = try fixture.deliver(.whatsApp("Hi, trial?", id: "m1", at: start))
    #expect(outcome == ApplyOutcome(applied: 1, parked: 0, newMessages: 1))
    let lead = try fixture.lead(viewer: fixture.anna)
    #expect(lead.name == "Mia Berger")
    #expect(lead.preview == "Hi, trial?")
    #expect(lead.waitingSince == start)
    #expect(lead.unread == 1)
    #expect(lead.channelKind == .whatsapp)
    let stages = try fixture.store.stages(.everything)
    #expect(lead.stage == stages.first?.id)
    let detail = try #require(try fixture.store.lead(lead.id, scope: .everything))
    #expect(detail.firstTouch?.kind == "whatsapp")
    #expect(detail.activity.map(\.verb) == ["created"])
  }

  @Test func theSameBatchTwiceIsOnce() throws {
    let events: [InboundEvent] = [
      .whatsApp("one", id: "m1", at: start),
      .whatsApp("two", from: "4915100000002", name: "Leo", id: "m2", at: start + 1000),
      .instagram("three", messageID: "i1", at: start + 2000),
      .receipt(.delivered, of: "never-sent-here", at: start),
    ]
    #expect(try fixture.deliver(events).newMessages == 3)
    let before = try everything()
    let again = try fixture.deliver(events)
    #expect(again == ApplyOutcome(applied: 1, parked: 0, newMessages: 0))
    #expect(try everything() == before)
  }

  @Test func everyItemOfABatchCounts() throws {
    let events = (0..<250).map {
      InboundEvent.whatsApp(
        "n\($0)",
        from: "49151\(1_000_000 + $0 % 50)",
        name: nil,
        id: "m\($0)",
        at: start + Int64($0)
      )
    }
    #expect(try fixture.deliver(events).newMessages == 250)
    #expect(try fixture.leads().count == 50)
    #expect(try count("message") == 250)
  }

  @Test func theSameIDTwiceInOnePostIsOneMessage() throws {
    let event = InboundEvent.whatsApp("once", id: "m1", at: start)
    #expect(try fixture.deliver(event, event).newMessages == 1)
    #expect(try fixture.lead(viewer: fixture.anna).unread == 1)
  }

  @Test func theSameIDOnTwoAccountsIsTwoMessages() throws {
    try fixture.deliver(
      .whatsApp("a", id: "same", at: start),
      .instagram("b", messageID: "same", at: start)
    )
    #expect(try count("message") == 2)
  }

  @Test func providerTimeOrdersTheThread() throws {
    try fixture.deliver(.whatsApp("third", id: "m3", at: start + 3000))
    try fixture.deliver(.whatsApp("first", id: "m1", at: start + 1000))
    try fixture.deliver(.whatsApp("second", id: "m2", at: start + 2000))
    try fixture.deliver(.whatsApp("second too", id: "m2b", at: start + 2000))
    let lead = try fixture.lead()
    #expect(
      try fixture.messages(lead.id).map(\.text) == ["first", "second", "second too", "third"]
    )
    #expect(lead.preview == "third")
    #expect(lead.waitingSince == start + 1000)
  }

  @Test func aWeekLateIsNeitherNewNorOpensTheWindow() throws {
    try fixture.deliver(.whatsApp("hello", id: "m1", at: start))
    let lead = try fixture.lead(viewer: fixture.anna)
    fixture.clock.advance(.minute)
    _ = try fixture.store.enqueue(
      lead.id,
      kind: .text,
      text: "hi",
      undo: 0,
      by: Actor(user: fixture.anna.id)
    )
    fixture.clock.advance(7 * .day)
    try fixture.deliver(.whatsApp("late", id: "m0", at: start - .hour))
    let after = try fixture.lead(viewer: fixture.anna)
    #expect(after.waitingSince == nil)
    #expect(after.unread == 0)
    #expect(after.preview == "hi")
    #expect(after.lastMessageAt == start + .minute)
    let detail = try #require(try fixture.store.lead(lead.id, scope: .everything))
    #expect(detail.threads.first?.lastInboundAt == start)
  }

  /// A second message within the second of our reply: WhatsApp gives whole seconds, so its time is
  /// before the reply's though it came after.
  @Test func aMessageOfTheReplysSecondStillWaits() throws {
    try fixture.deliver(.whatsApp("hello", id: "m1", at: start))
    let lead = try fixture.lead()
    fixture.clock.advance(10_400)
    _ = try fixture.store.enqueue(lead.id, kind: .text, text: "hi", undo: 0, by: .system)
    fixture.clock.advance(500)
    try fixture.deliver(.whatsApp("one more", id: "m2", at: start + 10_000))
    #expect(try fixture.lead().waitingSince == start + 10_000)
  }

  @Test func historyIsNeitherNewNorWaiting() throws {
    var message = InboundMessage(
      providerID: "h1",
      person: [Identity(kind: .phone, value: "4915112345678")],
      profileName: "Mia",
      kind: .text,
      text: "long ago",
      providerAt: start - .day
    )
    message.isHistory = true
    #expect(try fixture.deliver(.whatsApp(message)).newMessages == 0)
    let lead = try fixture.lead(viewer: fixture.anna)
    #expect(lead.waitingSince == nil)
    #expect(lead.unread == 0)
    #expect(lead.preview == "long ago")
  }

  @Test func anUnknownAccountIsParkedAndReplayedOnceAdded() throws {
    let event = InboundEvent.onWhatsApp(
      .message(
        InboundMessage(
          providerID: "m1",
          person: [Identity(kind: .phone, value: "4915112345678")],
          profileName: nil,
          kind: .text,
          text: "to the new number",
          providerAt: start
        )
      ),
      account: "15559999"
    )
    let row = try fixture.journalRow()
    // A part of it can't be understood either: that must not hide what adding the channel mends.
    let decoded = fixture.decoded(row, [event], parkedReason: "an odd part")
    #expect(try fixture.store.apply([decoded]).parked == 1)
    let parked = try #require(try fixture.store.event(row))
    #expect(parked.state == .parked)
    #expect(parked.reason?.contains("15559999") == true)
    #expect(parked.reason?.contains("an odd part") == true)
    #expect(try fixture.store.pendingEvents(limit: 10).isEmpty)

    try fixture.store.ensureChannel(
      ChannelAccount(id: "wa-two", kind: .whatsapp, gym: fixture.gym.id, account: "15559999")
    )
    #expect(try fixture.store.pendingEvents(limit: 10).map(\.id) == [row])
    #expect(try fixture.store.apply([fixture.decoded(row, [event])]).newMessages == 1)
    #expect(try fixture.store.event(row)?.state == .applied)
  }

  @Test func whatIsUnderstoodOfAParkedRowIsApplied() throws {
    let row = try fixture.journalRow()
    let outcome = try fixture.store.apply([
      fixture.decoded(row, [.whatsApp("hi", id: "m1", at: start)], parkedReason: "a broken part")
    ])
    #expect(outcome == ApplyOutcome(applied: 0, parked: 1, newMessages: 1))
  }

  @Test func aNoticeIsAppliedWithoutAChannel() throws {
    let outcome = try fixture.deliver(
      .onWhatsApp(.notice(kind: "account", summary: "reviewed"), account: "unknown")
    )
    #expect(outcome.applied == 1)
  }

  @Test func aReadMarkOfAStrangerLeavesNobodyBehind() throws {
    try fixture.deliver(
      .onInstagram(
        .readUpTo(person: [Identity(kind: .igsid, value: "1")], at: start, providerID: nil)
      )
    )
    #expect(try count("person") == 0)
    #expect(try count("thread") == 0)
  }

  private func count(_ table: String) throws -> Int {
    try fixture.store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
  }

  /// Everything that comes from outside but the journal and revs.
  private func everything() throws -> [String] {
    let queries = [
      "SELECT id, name, name_source FROM person ORDER BY id",
      "SELECT person_id, scope, kind, value, retired_at FROM identity ORDER BY id",
      "SELECT id, person_id, channel_id, last_inbound_at FROM thread ORDER BY id",
      "SELECT id, thread_id, provider_id, text, status, provider_at FROM message ORDER BY id",
      "SELECT id, person_id, waiting_since, inbound_count, preview FROM lead ORDER BY id",
      "SELECT lead_id, verb, after FROM activity ORDER BY id",
      "SELECT * FROM early_receipt ORDER BY channel_id, provider_id",
    ]
    return try fixture.store.read { database in
      try queries.flatMap { try Row.fetchAll(database, sql: $0).map(\.description) }
    }
  }
}
