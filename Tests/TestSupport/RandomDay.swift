// A day at the gym, at random: customers write (also late, also twice), staff answer, recall, move,
// hand over and close; receipts come in any order. For tests of what must hold after anything.
import Model
import Store

package struct RandomDay {
  package let fixture: TemporaryStore
  private var random: SeededRandom
  private var sent = 0
  private var accepted: [String] = []
  private var said: [InboundEvent] = []

  package init(_ fixture: TemporaryStore, seed: UInt64) {
    self.fixture = fixture
    random = SeededRandom(seed)
  }

  private var store: LeadStore { fixture.store }

  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

  /// Lets `count` things happen.
  package mutating func pass(_ count: Int) throws {
    for _ in 0..<count {
      fixture.clock.advance(Int64(number(0..<90_000)))
      try happen()
    }
  }

  private mutating func happen() throws {
    switch number(0..<16) {
    case 0...5: try customerWrites()
    case 6: try repeatSomething()
    case 7, 8: try reply()
    case 9: try send()
    case 10: try receipt()
    case 11: try stage()
    case 12: try assign()
    case 13: try noReply()
    case 14: try recall()
    default: try read()
    }
  }

  private mutating func customerWrites() throws {
    sent += 1
    let late = number(0..<5) == 0 ? Int64(number(0..<10_000_000)) : 0
    // Whole seconds, as WhatsApp gives them.
    let time = Timestamp(seconds: (fixture.clock.now - late).milliseconds / 1000)
    let person = number(0..<12)
    var event: InboundEvent
    if number(0..<3) == 0 {
      event = .instagram(
        "ig \(sent)",
        from: "90\(person)",
        messageID: "i\(sent)",
        at: time,
        isEcho: number(0..<5) == 0
      )
    } else {
      event = .whatsApp("wa \(sent)", from: "4915\(person)0", id: "m\(sent)", at: time)
      if case .message(var message) = event.fact, number(0..<8) == 0 {
        message.isHistory = true
        event.fact = .message(message)
      }
    }
    said.append(event)
    try fixture.deliver(event)
  }

  private mutating func repeatSomething() throws {
    guard let event = said.randomElement(using: &random) else { return }
    try fixture.deliver(event)
  }

  private mutating func anyLead() throws -> LeadSummary? {
    try fixture.leads().randomElement(using: &random)
  }

  private mutating func reply() throws {
    guard let lead = try anyLead(), lead.thread != nil else { return }
    _ = try store.enqueue(
      lead.id,
      kind: .text,
      text: "answer",
      undo: number(0..<2) == 0 ? 8000 : 0,
      by: Actor(user: fixture.anna.id)
    )
  }

  private mutating func send() throws {
    guard let item = try store.claim() else { return }
    switch number(0..<5) {
    case 0: try store.finish(item.message, .failed(MessageFailure(code: 1, title: "no")))
    case 1: try store.finish(item.message, .retry(at: fixture.clock.now + 5000, reason: "busy"))
    case 2:
      try store.finish(item.message, .unknown(reason: "cut off"))
      try store.resolve(item.message, sendAgain: number(0..<2) == 0, by: .system)
    default:
      accepted.append("out\(item.message)")
      try store.finish(item.message, .accepted(providerID: "out\(item.message)"))
    }
  }

  private mutating func receipt() throws {
    guard let id = accepted.randomElement(using: &random) else { return }
    let status = [MessageStatus.sent, .delivered, .read, .failed][number(0..<4)]
    let failure = status == .failed ? MessageFailure(code: 2, title: "no") : nil
    try fixture.deliver(.receipt(status, of: id, at: fixture.clock.now, failure: failure))
  }

  private mutating func stage() throws {
    let stages = try store.stages(.everything)
    guard let lead = try anyLead(), let stage = stages.randomElement(using: &random) else { return }
    try store.setStage(lead.id, to: stage.id, reason: "because", by: .system)
  }

  private mutating func assign() throws {
    guard let lead = try anyLead() else { return }
    let owner = [fixture.anna.id, fixture.ben.id, nil][number(0..<3)]
    try store.assign(lead.id, to: owner, by: .system)
  }

  private mutating func noReply() throws {
    guard let lead = try anyLead() else { return }
    let mark = number(0..<3) == 0 ? nil : lead.lastMessageAt
    try store.setNoReplyNeeded(lead.id, at: mark, by: .system)
  }

  private mutating func recall() throws {
    guard let lead = try anyLead() else { return }
    let queued = try fixture.messages(lead.id).last { $0.status == .queued }
    if let queued { _ = try store.recall(queued.id, by: .system) }
  }

  private mutating func read() throws {
    guard let lead = try anyLead() else { return }
    try store.markRead(lead.id, by: number(0..<2) == 0 ? fixture.anna.id : fixture.ben.id)
  }
}
