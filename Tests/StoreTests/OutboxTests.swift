// Every state a message can be in on its way out, and everything that can happen to it there.
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct OutboxTests {
  let fixture: TemporaryStore
  let lead: LeadID
  var start: Timestamp { TemporaryStore.start }
  var store: LeadStore { fixture.store }
  var anna: Actor { Actor(user: fixture.anna.id) }

  init() throws {
    fixture = try TemporaryStore()
    try fixture.deliver(.whatsApp("Hi", id: "m1", at: TemporaryStore.start))
    lead = try fixture.lead().id
    fixture.clock.advance(.minute)
  }

  /// Where a message stands: its outbox row, if any, and what the thread shows.
  struct Standing: Equatable {
    var outbox: String?
    var status: MessageStatus?
  }

  enum State: String, CaseIterable {
    case queued, sending, unconfirmed
  }

  enum Event: CaseIterable {
    case recall, claim, accepted, failed, retry, unknown, distrust, receipt, failureReceipt
    case resolveSent, resolveAgain
  }

  private func message(in state: State) throws -> MessageID {
    let id = try reply("hello")
    if state != .queued { _ = try #require(try store.claim()) }
    if state == .unconfirmed { try store.finish(id, .unknown(reason: "cut off")) }
    return id
  }

  private func reply(_ text: String, to lead: LeadID? = nil, undo: Int64 = 0) throws -> MessageID {
    try store.enqueue(lead ?? self.lead, kind: .text, text: text, undo: undo, by: anna)
  }

  private func standing(_ id: MessageID) throws -> Standing {
    let row = try store.read {
      try String.fetchOne(
        $0,
        sql: "SELECT state FROM outbox WHERE message_id = ?",
        arguments: [id.rawValue]
      )
    }
    return Standing(outbox: row, status: try store.message(id)?.status)
  }

  private func reference(_ id: MessageID) throws -> String? {
    try store.read {
      try String.fetchOne(
        $0,
        sql: "SELECT callback_data FROM outbox WHERE message_id = ?",
        arguments: [id.rawValue]
      )
    }
  }

  private func happen(_ event: Event, to id: MessageID) throws {
    let reference = try reference(id)
    switch event {
    case .recall: _ = try? store.recall(id, by: anna)
    case .claim: _ = try store.claim()
    case .accepted: try store.finish(id, .accepted(providerID: "w1"))
    case .failed: try store.finish(id, .failed(MessageFailure(code: 131_026, title: "no")))
    case .retry: try store.finish(id, .retry(at: fixture.clock.now + 5000, reason: "busy"))
    case .unknown: try store.finish(id, .unknown(reason: "cut off"))
    case .distrust: try store.distrustClaims()
    case .receipt:
      try fixture.deliver(
        .receipt(.delivered, of: "w1", at: fixture.clock.now, callbackData: reference)
      )
    case .failureReceipt:
      try fixture.deliver(
        .receipt(
          .failed,
          of: "w1",
          at: fixture.clock.now,
          failure: MessageFailure(code: 131_047, title: "window"),
          callbackData: reference
        )
      )
    case .resolveSent: try store.resolve(id, sendAgain: false, by: anna)
    case .resolveAgain: try store.resolve(id, sendAgain: true, by: anna)
    }
  }

  /// The table in the head of Outbox.swift, with every pair it leaves out.
  private func expected(_ state: State, _ event: Event) -> Standing {
    let same = Standing(outbox: state.rawValue, status: MessageStatus(rawValue: state.rawValue))
    switch (state, event) {
    case (.queued, .recall): return Standing(outbox: nil, status: nil)
    case (.queued, .claim): return Standing(outbox: "sending", status: .sending)
    // What was decided in the meantime gives way to what the provider is known to have taken.
    case (_, .accepted): return Standing(outbox: nil, status: .sent)
    // Any other answer is for a post, and what is queued again has a new one before it.
    case (.queued, .failed), (.queued, .retry), (.queued, .unknown): return same
    case (_, .failed): return Standing(outbox: nil, status: .failed)
    case (_, .retry): return Standing(outbox: "queued", status: .queued)
    case (_, .unknown): return Standing(outbox: "unconfirmed", status: .unconfirmed)
    case (.sending, .distrust): return Standing(outbox: "unconfirmed", status: .unconfirmed)
    case (.sending, .receipt), (.unconfirmed, .receipt):
      return Standing(outbox: nil, status: .delivered)
    case (.sending, .failureReceipt), (.unconfirmed, .failureReceipt):
      return Standing(outbox: nil, status: .failed)
    case (.unconfirmed, .resolveSent): return Standing(outbox: nil, status: .sent)
    case (.unconfirmed, .resolveAgain): return Standing(outbox: "queued", status: .queued)
    default: return same
    }
  }

  @Test(arguments: State.allCases, Event.allCases)
  func everyEventInEveryState(state: State, event: Event) throws {
    let id = try message(in: state)
    #expect(try standing(id).outbox == state.rawValue)
    try happen(event, to: id)
    #expect(try standing(id) == expected(state, event), "\(state) \(event)")
    if try store.message(id) != nil {
      #expect(try fixture.lead().previewStatus == store.message(id)?.status, "\(state) \(event)")
    }
  }

  /// The head's own table, pair by pair: what it leaves out changes nothing.
  @Test func theMachineIsTheTable() {
    let steps: [(OutboxState, OutboxEvent, OutboxStep)] = [
      (.queued, .recalled, OutboxStep(.settled, .removed)),
      (.queued, .claimed, OutboxStep(.sending, .status(.sending))),
      (.queued, .accepted, OutboxStep(.settled, .status(.sent))),
      (.sending, .accepted, OutboxStep(.settled, .status(.sent))),
      (.sending, .refused, OutboxStep(.settled, .status(.failed))),
      (.sending, .postponed, OutboxStep(.queued, .status(.queued))),
      (.sending, .unanswered, OutboxStep(.unconfirmed, .status(.unconfirmed))),
      (.sending, .abandoned, OutboxStep(.unconfirmed, .status(.unconfirmed))),
      (.queued, .confirmed, OutboxStep(.settled, .asReported)),
      (.sending, .confirmed, OutboxStep(.settled, .asReported)),
      (.sending, .reportedFailed, OutboxStep(.settled, .asReported)),
      (.unconfirmed, .accepted, OutboxStep(.settled, .status(.sent))),
      (.unconfirmed, .refused, OutboxStep(.settled, .status(.failed))),
      (.unconfirmed, .postponed, OutboxStep(.queued, .status(.queued))),
      (.unconfirmed, .confirmed, OutboxStep(.settled, .asReported)),
      (.unconfirmed, .reportedFailed, OutboxStep(.settled, .asReported)),
      (.unconfirmed, .saidSent, OutboxStep(.settled, .status(.sent))),
      (.unconfirmed, .saidAgain, OutboxStep(.queued, .status(.queued))),
    ]
    for state in OutboxState.allCases {
      for event in OutboxEvent.allCases {
        let listed = steps.first { $0.0 == state && $0.1 == event }?.2
        #expect(OutboxMachine.step(state, event) == listed, "\(state) \(event)")
      }
    }
  }

  /// A crash between any two steps: what follows is what a new lease holder finds.
  @Test func afterACrashNothingIsPostedTwiceByItself() {
    // Only a claim precedes a post; from a claimed state no way leads back to one but through the
    // provider's own no (`postponed`) or a person's word.
    for state in [OutboxState.sending, .unconfirmed] {
      for event in OutboxEvent.allCases where OutboxMachine.step(state, event)?.state == .queued {
        #expect(event == .postponed || event == .saidAgain, "\(state) \(event)")
      }
      #expect(OutboxMachine.step(state, .claimed) == nil)
    }
    #expect(OutboxMachine.step(.sending, .abandoned)?.state == .unconfirmed)
    for event in OutboxEvent.allCases { #expect(OutboxMachine.step(.settled, event) == nil) }
  }

  @Test func anAnswerToAnOlderTrySaysNothingOfANewerOne() throws {
    let id = try message(in: .unconfirmed)
    try store.resolve(id, sendAgain: true, by: anna)
    _ = try #require(try store.claim())
    try store.finish(id, attempt: 1, .failed(MessageFailure(code: 100, title: "no")))
    #expect(try standing(id).outbox == "sending")
    try store.finish(id, attempt: 1, .accepted(providerID: "w1"))
    #expect(try standing(id) == Standing(outbox: nil, status: .sent))
  }

  @Test func aSendOfUnknownFateIsInTroubleWhateverCameSince() throws {
    func troubled() throws -> Int {
      let page = try store.inbox(
        InboxQuery(anchor: .top, filter: .troubled, limit: 9),
        scope: .everything
      )
      let count = try store.dashboard(scope: .everything, midnight: fixture.clock.now).troubledSends
      #expect(count == page.rows.count)
      return count
    }
    let first = try reply("hello")
    _ = try store.claim()
    try store.finish(first, .unknown(reason: "cut off"))
    #expect(try troubled() == 1)
    for id in ["in1", "in2"] {
      try fixture.deliver(.whatsApp("Are you there?", id: id, at: fixture.clock.now + 1000))
      #expect(try troubled() == 1)
    }
    #expect(try fixture.lead().preview == "Are you there?")
    try store.resolve(first, sendAgain: false, by: .system)
    #expect(try troubled() == 0)
    let second = try reply("hello?")
    _ = try store.claim()
    try store.finish(second, .failed(MessageFailure(code: 1, title: "no")))
    #expect(try troubled() == 1)
    _ = try store.erase(try fixture.lead().id, by: .system)
    #expect(try troubled() == 0)
  }

  @Test func aRestingChannelKeepsItsMessages() throws {
    let id = try reply("hello")
    func trouble(_ cause: ChannelTrouble.Cause, until: Timestamp? = nil) -> ChannelTrouble {
      ChannelTrouble(
        channel: "wa-main",
        kind: .whatsapp,
        cause: cause,
        reason: "r",
        since: fixture.clock.now,
        until: until
      )
    }
    try store.note(trouble(.token))
    #expect(try store.nextToSend() == nil)
    #expect(try store.nextToSend(OutboxFilter(tried: ["wa-main"]))?.message == id)
    try store.note(trouble(.account))
    #expect(try store.nextToSend(OutboxFilter(tried: ["wa-main"])) == nil, "a ban is not tried")
    try store.clear([.account, .token], channel: "wa-main")
    let end = fixture.clock.now + 2000
    try store.note(trouble(.limit, until: end))
    #expect(try store.nextToSend() == nil)
    #expect(try store.nextDue() == end)
    fixture.clock.advance(2000)
    #expect(try store.nextToSend()?.message == id)
  }

  @Test func aReplyEndsTheWaitAndDropsItsDraft() throws {
    try store.saveDraft(.reply(lead), of: fixture.anna.id, text: "hel")
    #expect(try fixture.lead(viewer: fixture.anna).hasDraft)
    _ = try reply("hello")
    let summary = try fixture.lead(viewer: fixture.anna)
    #expect(summary.waitingSince == nil)
    #expect(!summary.hasDraft)
    #expect(summary.preview == "hello")
    #expect(summary.previewDirection == .outbound)
  }

  @Test func aRecalledReplyLeavesTheLeadWaiting() throws {
    let id = try reply("oops", undo: 8000)
    let recalled = try store.recall(id, by: anna)
    #expect(recalled.text == "oops")
    #expect(recalled.lead == lead)
    #expect(try fixture.lead().waitingSince == start)
    #expect(try fixture.messages(lead).count == 1)
    #expect(throws: StoreError.noSuchMessage(id)) { try store.recall(id, by: anna) }
  }

  @Test func aClaimedReplyCannotBeRecalled() throws {
    let id = try reply("hello")
    _ = try store.claim()
    #expect(throws: StoreError.notRecallable(.sending)) { try store.recall(id, by: anna) }
  }

  @Test func nothingLeavesInItsUndoWindow() throws {
    let id = try reply("hello", undo: 8000)
    #expect(try store.claim() == nil)
    #expect(try store.nextDue() == fixture.clock.now + 8000)
    #expect(try store.message(id)?.undoUntil == fixture.clock.now + 8000)
    fixture.clock.advance(8000)
    #expect(try store.claim()?.message == id)
    #expect(try store.message(id)?.undoUntil == nil)
  }

  @Test func aThreadsMessagesLeaveInOrder() throws {
    let first = try reply("first", undo: 8000)
    let second = try reply("second")
    #expect(try store.claim() == nil, "the first holds the second")
    fixture.clock.advance(8000)
    #expect(try store.claim()?.message == first)
    #expect(try store.claim() == nil, "one at a time")
    try store.finish(first, .retry(at: fixture.clock.now + 4000, reason: "busy"))
    #expect(try store.claim() == nil)
    fixture.clock.advance(4000)
    let again = try #require(try store.claim())
    #expect(again.message == first)
    #expect(again.attempt == 2)
    try store.finish(first, .unknown(reason: "cut off"))
    #expect(try store.claim() == nil, "nobody knows: those behind wait for a word")
    try store.resolve(first, sendAgain: false, by: anna)
    #expect(try store.claim()?.message == second)
  }

  @Test func whatIsPlannedForLaterHoldsNothingWrittenBefore() throws {
    let friday = fixture.clock.now + 3 * .day
    let later = try store.enqueue(
      lead,
      OutboundMessage(text: "see you at nine", sendAt: friday),
      undo: 0,
      by: anna
    )
    #expect(try store.message(later)?.scheduledAt == friday)
    let now = try reply("now")
    #expect(try store.claim()?.message == now)
    try store.finish(now, .retry(at: friday + 5000, reason: "busy"))
    fixture.clock.advance(3 * .day)
    #expect(try store.claim() == nil, "what was written before goes first, also when it is late")
    fixture.clock.advance(5000)
    #expect(try store.claim()?.message == now)
    try store.finish(now, .accepted(providerID: "w1"))
    let item = try #require(try store.claim())
    #expect(item.message == later)
    #expect(try fixture.messages(lead).last?.id == later, "it stands where it left")
  }

  @Test func aClockThatGoesBackKeepsTheOrder() throws {
    let first = try reply("first")
    fixture.clock.advance(-.hour)
    let second = try reply("second")
    fixture.clock.advance(2 * .hour)
    #expect(try store.claim()?.message == first)
    try store.finish(first, .accepted(providerID: "w1"))
    #expect(try store.claim()?.message == second)
  }

  @Test func peopleGoBeforeBulk() throws {
    var bulk: [MessageID] = []
    for number in 0..<5 {
      try fixture.deliver(
        .whatsApp("Hi", from: "4915100000\(number)", id: "b\(number)", at: fixture.clock.now)
      )
      let other = try fixture.lead().id
      var news = OutboundMessage(text: "news")
      news.priority = number == 4 ? .automatic : .bulk
      bulk.append(try store.enqueue(other, news, undo: 0, by: .system))
    }
    fixture.clock.advance(.minute)
    let human = try reply("hello")
    let order = try (0..<6).map { _ in try #require(try store.claim()).message }
    #expect(order == [human, bulk[4]] + bulk[0..<4])
  }

  @Test func threadsDoNotWaitForEachOther() throws {
    try fixture.deliver(
      .whatsApp("Hi", from: "4915100000002", name: "Leo", id: "n1", at: fixture.clock.now)
    )
    let other = try fixture.lead().id
    _ = try reply("first", undo: 8000)
    let second = try reply("second", to: other)
    #expect(try store.claim()?.message == second)
  }

  @Test func aClaimCarriesWhatThePostNeeds() throws {
    let id = try reply("hello")
    let item = try #require(try store.claim())
    #expect(item.message == id)
    #expect(item.lead == lead)
    #expect(item.channel == "wa-main")
    #expect(item.to == Identity(kind: .phone, value: "4915112345678"))
    #expect(item.text == "hello")
    #expect(item.attempt == 1)
    #expect(item.lastInboundAt == start)
    #expect(item.callbackData.count <= 512)
  }

  @Test func pausedChannelsAreLeftAlone() throws {
    try fixture.deliver(.instagram("hi", messageID: "i1", at: fixture.clock.now))
    let onInstagram = try fixture.lead().id
    _ = try reply("to WhatsApp")
    let second = try reply("to Instagram", to: onInstagram)
    #expect(try store.claim(paused: ["wa-main", "it's"])?.message == second)
    #expect(try store.claim(paused: ["wa-main"]) == nil)
    #expect(try store.nextDue(paused: ["wa-main"]) == nil)
  }

  @Test func aFailedReplyIsNoAnswer() throws {
    let id = try message(in: .sending)
    try store.finish(id, .failed(MessageFailure(code: 131_026, title: "can't be reached")))
    #expect(try fixture.lead().waitingSince == start)
    let message = try #require(try store.message(id))
    #expect(message.failure == MessageFailure(code: 131_026, title: "can't be reached"))
  }

  @Test func aNewHolderDistrustsOnlyClaims() throws {
    let claimed = try message(in: .sending)
    let queued = try reply("next")
    #expect(try store.distrustClaims() == 1)
    #expect(try standing(claimed).outbox == "unconfirmed")
    #expect(try standing(queued).outbox == "queued")
    #expect(try store.outboxCounts() == OutboxCounts(queued: 1, sending: 0, unconfirmed: 1))
    #expect(try store.distrustClaims() == 0)
  }

  @Test func aChosenTimeThatIsToComeIsPlanned() throws {
    _ = try store.enqueue(
      lead,
      OutboundMessage(text: "see you at nine", sendAt: fixture.clock.now + .hour),
      undo: 0,
      by: anna
    )
    #expect(
      try store.outboxCounts() == OutboxCounts(queued: 0, planned: 1, sending: 0, unconfirmed: 0)
    )
    fixture.clock.advance(.day)
    #expect(
      try store.outboxCounts() == OutboxCounts(queued: 1, planned: 0, sending: 0, unconfirmed: 0)
    )
  }

  @Test func twoStoresNeverClaimTheSameMessage() throws {
    for number in 0..<40 {
      try fixture.deliver(
        .whatsApp(
          "Hi",
          from: "49151\(2_000_000 + number)",
          id: "c\(number)",
          at: fixture.clock.now
        )
      )
      _ = try reply("answer \(number)", to: try fixture.lead().id)
    }
    let stores = [store, try fixture.reopened(), try fixture.reopened()]
    let claims = try inParallel(stores) { store in
      var mine: [MessageID] = []
      while let item = try store.claim() { mine.append(item.message) }
      return mine
    }
    let all = claims.flatMap { $0 }
    #expect(all.count == 40)
    #expect(Set(all).count == 40)
  }

  @Test func aRecallAndAClaimNeverBothWin() throws {
    let other = try fixture.reopened()
    for _ in 0..<30 {
      let id = try reply("now or never")
      let outcomes = try inParallel([true, false]) { isRecall in
        if isRecall { return (try? store.recall(id, by: anna)) != nil }
        return try other.claim() != nil
      }
      #expect(outcomes.filter { $0 }.count == 1)
      if outcomes[1] {
        #expect(try standing(id) == Standing(outbox: "sending", status: .sending))
        try store.finish(id, .failed(MessageFailure(code: nil, title: "tidy up")))
      } else {
        #expect(try standing(id) == Standing(outbox: nil, status: nil))
      }
    }
  }
}
