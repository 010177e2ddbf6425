// Delivery only moves up, whatever order the provider's words come in.
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct ReceiptTests {
  let fixture: TemporaryStore
  let lead: LeadID
  let message: MessageID
  var start: Timestamp { TemporaryStore.start }
  var store: LeadStore { fixture.store }

  /// A reply that is on its way.
  init() throws {
    fixture = try TemporaryStore()
    try fixture.deliver(.whatsApp("Hi", id: "m1", at: TemporaryStore.start))
    lead = try fixture.lead().id
    fixture.clock.advance(.minute)
    message = try fixture.store.enqueue(
      lead,
      kind: .text,
      text: "hello",
      undo: 0,
      by: Actor(user: fixture.anna.id)
    )
    _ = try fixture.store.claim()
  }

  private func status() throws -> MessageStatus? { try store.message(message)?.status }

  private func times() throws -> [Int64?] {
    try store.read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT sent_at, delivered_at, read_at, failed_at FROM message WHERE id = ?",
        arguments: [message.rawValue]
      )
      return (0..<4).map { row?[$0] }
    }
  }

  /// The whole table, written out: rows are what stands, columns what is said.
  @Test func deliveryOnlyMovesUp() {
    let news: [MessageStatus] = [
      .received, .queued, .sending, .sent, .delivered, .read, .failed, .unconfirmed,
    ]
    let table: [(MessageStatus, [MessageStatus])] = [
      (.received, Array(repeating: .received, count: 8)),
      (.queued, [.queued, .queued, .sending, .sent, .delivered, .read, .failed, .queued]),
      (.sending, [.sending, .sending, .sending, .sent, .delivered, .read, .failed, .sending]),
      (.sent, [.sent, .sent, .sent, .sent, .delivered, .read, .failed, .sent]),
      (
        .delivered,
        [
          .delivered, .delivered, .delivered, .delivered, .delivered, .read, .delivered,
          .delivered,
        ]
      ),
      (.read, Array(repeating: .read, count: 8)),
      (.failed, Array(repeating: .failed, count: 8)),
      (
        .unconfirmed,
        [
          .unconfirmed, .unconfirmed, .unconfirmed, .sent, .delivered, .read, .failed,
          .unconfirmed,
        ]
      ),
    ]
    #expect(table.count == MessageStatus.allCases.count)
    for (current, expected) in table {
      #expect(news.map { current.after($0) } == expected, "\(current)")
    }
  }

  /// Four receipts in each of their orders, before or after the send's answer.
  @Test(arguments: [true, false])
  func anyOrderEndsTheSame(early: Bool) throws {
    let said: [(MessageStatus, Int64)] = [(.sent, 1000), (.delivered, 2000), (.read, 3000)]
    for order in permutations(said) {
      let test = try ReceiptTests()
      if !early { try test.store.finish(test.message, .accepted(providerID: "w1")) }
      for (status, time) in order {
        try test.fixture.deliver(.receipt(status, of: "w1", at: start + time))
      }
      if early {
        #expect(try test.status() == .sending)
        try test.store.finish(test.message, .accepted(providerID: "w1"))
      }
      #expect(try test.status() == .read, "\(order)")
      let times = try test.times()
      #expect(times[1] == (start + 2000).milliseconds)
      #expect(times[2] == (start + 3000).milliseconds)
      #expect(try test.fixture.lead().previewStatus == .read)
      #expect(try test.waitingReceipts() == 0)
    }
  }

  @Test func aLateDeliveryAfterAFailureIsAFactOnly() throws {
    try store.finish(message, .accepted(providerID: "w1"))
    let failure = MessageFailure(code: 131_026, title: "can't be reached")
    try fixture.deliver(.receipt(.failed, of: "w1", at: start + 1000, failure: failure))
    try fixture.deliver(.receipt(.delivered, of: "w1", at: start + 2000))
    #expect(try status() == .failed)
    #expect(try store.message(message)?.failure == failure)
    #expect(try times()[1] == (start + 2000).milliseconds)
    #expect(try store.message(message)?.deliveredAfterAll == start + 2000)
    #expect(try fixture.lead().waitingSince == start, "a failed reply is no answer")
  }

  @Test func aFailureAfterTheDeliveryIsAFactOnly() throws {
    try store.finish(message, .accepted(providerID: "w1"))
    try fixture.deliver(.receipt(.delivered, of: "w1", at: start + 1000))
    try fixture.deliver(
      .receipt(
        .failed,
        of: "w1",
        at: start + 2000,
        failure: MessageFailure(code: 1, title: "too late")
      )
    )
    #expect(try status() == .delivered)
    #expect(try store.message(message)?.failure == nil)
    #expect(try times()[3] == (start + 2000).milliseconds)
  }

  @Test(arguments: [true, false])
  func ourReferenceNamesAMessageWithoutAnswer(isUnconfirmed: Bool) throws {
    if isUnconfirmed { try store.finish(message, .unknown(reason: "cut off")) }
    let reference = try reference()
    try fixture.deliver(.receipt(.sent, of: "w1", at: start + 1000, callbackData: reference))
    #expect(try status() == .sent)
    #expect(try fixture.lead().previewStatus == .sent)
    #expect(try store.message(message)?.providerID == "w1")
    #expect(try store.outboxCounts() == OutboxCounts(queued: 0, sending: 0, unconfirmed: 0))
    try fixture.deliver(.receipt(.read, of: "w1", at: start + 2000))
    // The answer itself, late: nothing moves back.
    try store.finish(message, .accepted(providerID: "w1"))
    #expect(try status() == .read)
  }

  @Test func aFailureThatOvertookTheAnswerStays() throws {
    let failure = MessageFailure(code: 131_047, title: "window")
    try fixture.deliver(
      .receipt(
        .failed,
        of: "w1",
        at: start + 1000,
        failure: failure,
        callbackData: try reference()
      )
    )
    try store.finish(message, .accepted(providerID: "w1"))
    #expect(try status() == .failed)
    #expect(try store.message(message)?.failure == failure)
  }

  @Test func aForeignReferenceNamesNobody() throws {
    try fixture.deliver(.receipt(.sent, of: "w9", at: start, callbackData: "somebody else's"))
    #expect(try status() == .sending)
    #expect(try waitingReceipts() == 1)
  }

  @Test func anEchoBeforeTheAnswerIsOneMessage() throws {
    let echo = InboundMessage(
      providerID: "w1",
      person: [Identity(kind: .phone, value: "4915112345678")],
      profileName: nil,
      kind: .text,
      text: "hello, as the provider writes it",
      providerAt: fixture.clock.now,
      isEcho: true
    )
    try fixture.deliver(.whatsApp(echo))
    try fixture.deliver(.receipt(.delivered, of: "w1", at: fixture.clock.now))
    try store.finish(message, .accepted(providerID: "w1"))
    let messages = try fixture.messages(lead)
    #expect(messages.map(\.text) == ["Hi", "hello"])
    #expect(messages.last?.status == .delivered)
    #expect(messages.last?.author == fixture.anna.id)
  }

  @Test func anEchoSettlesWhatNobodyKnew() throws {
    try fixture.deliver(.instagram("hey", messageID: "i1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    let reply = try store.enqueue(lead, kind: .text, text: "moin", undo: 0, by: .system)
    #expect(try store.claim()?.message == reply)
    try store.finish(reply, .unknown(reason: "cut off"))
    let time = fixture.clock.now
    try fixture.deliver(.instagram("moin!", messageID: "other", at: time, isEcho: true))
    #expect(try store.message(reply)?.status == .unconfirmed, "other words, another message")
    try fixture.deliver(.instagram("moin", messageID: "i2", at: time, isEcho: true))
    #expect(try store.message(reply)?.status == .sent)
    #expect(try store.message(reply)?.providerID == "i2")
    #expect(try fixture.messages(lead).map(\.text) == ["hey", "moin", "moin!"])
    // Written again by hand in the provider's app: a message of its own.
    try fixture.deliver(.instagram("moin", messageID: "i3", at: time + 1000, isEcho: true))
    #expect(try fixture.messages(lead).count == 4)
  }

  @Test func aReadMarkReadsAllBeforeIt() throws {
    try fixture.deliver(.instagram("hey", messageID: "i1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    var replies: [MessageID] = []
    for number in 1...3 {
      fixture.clock.advance(1000)
      replies.append(
        try store.enqueue(lead, kind: .text, text: "\(number)", undo: 0, by: .system)
      )
    }
    for (number, reply) in replies.dropLast().enumerated() {
      #expect(try store.claim()?.message == reply)
      try store.finish(reply, .accepted(providerID: "out\(number)"))
    }
    try fixture.deliver(
      .onInstagram(
        .readUpTo(
          person: [Identity(kind: .igsid, value: "9001")],
          at: fixture.clock.now,
          providerID: nil
        )
      )
    )
    #expect(try replies.map { try store.message($0)?.status } == [.read, .read, .queued])
  }

  @Test func aReadMarkWaitsForTheSendsAnswer() throws {
    try fixture.deliver(.instagram("hey", messageID: "i1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    let reply = try store.enqueue(lead, kind: .text, text: "moin", undo: 0, by: .system)
    #expect(try store.claim()?.message == reply)
    let read = InboundFact.readUpTo(
      person: [Identity(kind: .igsid, value: "9001")],
      at: fixture.clock.now + 500,
      providerID: "out1"
    )
    try fixture.deliver(.onInstagram(read))
    #expect(try store.message(reply)?.status == .sending)
    try store.finish(reply, .accepted(providerID: "out1"))
    #expect(try store.message(reply)?.status == .read)
  }

  /// A mark from before the message left, told late, says nothing about it.
  @Test func aReadMarkFromBeforeTheSendDoesNotReadIt() throws {
    try fixture.deliver(.instagram("hey", messageID: "i1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    let reply = try store.enqueue(lead, kind: .text, text: "moin", undo: 20_000, by: .system)
    let seen = fixture.clock.now + 2000
    fixture.clock.advance(20_000)
    #expect(try store.claim()?.message == reply)
    try store.finish(reply, .accepted(providerID: "out1"))
    try fixture.deliver(
      .onInstagram(
        .readUpTo(person: [Identity(kind: .igsid, value: "9001")], at: seen, providerID: "older")
      )
    )
    #expect(try store.message(reply)?.status == .sent)
  }

  @Test func ourReferenceStillNamesWhatAPersonCalledSent() throws {
    try store.finish(message, .unknown(reason: "cut off"))
    let reference = try reference()
    try store.resolve(message, sendAgain: false, by: Actor(user: fixture.anna.id))
    #expect(try status() == .sent)
    try fixture.deliver(.receipt(.delivered, of: "w1", at: start + 1000, callbackData: reference))
    #expect(try status() == .delivered)
    #expect(try store.message(message)?.providerID == "w1")
    #expect(try waitingReceipts() == 0)
    try fixture.deliver(.receipt(.read, of: "w1", at: start + 2000))
    #expect(try status() == .read)
  }

  /// Somebody had it sent again, and before that happens the provider proves the first try.
  @Test func whatArrivedIsNotSentAgain() throws {
    try store.finish(message, .unknown(reason: "cut off"))
    let reference = try reference()
    try store.resolve(message, sendAgain: true, by: Actor(user: fixture.anna.id))
    #expect(try status() == .queued)
    try fixture.deliver(.receipt(.failed, of: "w0", at: start + 500, callbackData: reference))
    #expect(try status() == .queued, "then it is right to send it again")
    try fixture.deliver(.receipt(.delivered, of: "w1", at: start + 1000, callbackData: reference))
    #expect(try status() == .delivered)
    #expect(try store.claim() == nil)
  }

  @Test func anEchoSaysThatItNeedNotBeSentAgain() throws {
    try fixture.deliver(.instagram("hey", messageID: "i1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    let reply = try store.enqueue(lead, kind: .text, text: "moin", undo: 0, by: .system)
    _ = try store.claim()
    try store.finish(reply, .unknown(reason: "cut off"))
    try store.resolve(reply, sendAgain: true, by: .system)
    let time = fixture.clock.now
    try fixture.deliver(.instagram("moin", messageID: "i2", at: time, isEcho: true))
    #expect(try fixture.messages(lead).map(\.text) == ["hey", "moin"])
    #expect(try store.message(reply)?.status == .sent)
    #expect(try store.claim() == nil)
  }

  @Test func anEchoOfWhatAPersonCalledSentIsThatMessage() throws {
    try fixture.deliver(.instagram("hey", messageID: "i1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    let reply = try store.enqueue(lead, kind: .text, text: "moin", undo: 0, by: .system)
    _ = try store.claim()
    try store.finish(reply, .unknown(reason: "cut off"))
    try store.resolve(reply, sendAgain: false, by: .system)
    let time = fixture.clock.now
    try fixture.deliver(.instagram("moin", messageID: "i2", at: time, isEcho: true))
    #expect(try fixture.messages(lead).map(\.text) == ["hey", "moin"])
    #expect(try store.message(reply)?.providerID == "i2")
  }

  private func reference() throws -> String? {
    try store.read {
      try String.fetchOne($0, sql: "SELECT callback_data FROM outbox")
    }
  }

  private func waitingReceipts() throws -> Int {
    try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM early_receipt") ?? 0 }
  }
}

private func permutations<Element>(_ elements: [Element]) -> [[Element]] {
  guard elements.count > 1 else { return [elements] }
  return elements.indices.flatMap { index in
    var rest = elements
    let element = rest.remove(at: index)
    return permutations(rest).map { [element] + $0 }
  }
}
