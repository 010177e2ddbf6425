// One message's whole way: webhook, relay, worker, lead, reply, Graph API, receipts.
import Foundation
import Model
import TestSupport
import Testing

@Suite(.serialized, .ownThreads)
struct JourneyTests {
  @Test func aCustomerWritesAndIsAnswered() throws {
    let world = try World()
    try world.say("Hi, do you have a free trial?", from: "4915123456789", name: "Maya Lopez")
    try #require(world.inbox("worker", "--once").status == 0)

    let lead = try #require(try world.rows("lead", "list").first)
    #expect(lead["name"].text == "Maya Lopez")
    #expect(lead["stage"].text == "New")
    #expect(lead["channel"].text == "wa-main")
    #expect(lead["phone"].text == "+4915123456789")
    #expect(lead["needs_reply"].bool == true)
    #expect(lead["unread"].int == 1)

    let id = try #require(lead["id"].text)
    #expect(try world.inbox("send", "--lead", id, "--text", "Yes! When suits you?").status == 0)
    #expect(try world.sent().isEmpty)
    #expect(try world.inbox("worker", "--once").status == 0)
    #expect(try world.sent() == ["Yes! When suits you?"])

    try world.eventually("the receipts reach the thread") {
      try world.inbox("worker", "--once")
      let messages = try world.rows("message", "list", "--lead", id)
      return messages.last?["status"].text == "read"
    }
    let messages = try world.rows("message", "list", "--lead", id)
    #expect(messages.map { $0["direction"].text } == ["in", "out"])
    #expect(try world.rows("lead", "list").first?["needs_reply"].bool == false)
    #expect(try world.sent().count == 1)
  }

  @Test func everyWebhookIsAccountedForAndASecondPassAddsNothing() throws {
    let world = try World(moreChannels: Fixtures.channels)
    let bodies = try Fixtures.webhooks()
    try #require(!bodies.isEmpty)
    for body in bodies { #expect(try world.post(body) == 200) }
    try #require(world.inbox("worker", "--once").status == 0)

    let events = try world.rows("event", "list")
    #expect(events.count == bodies.count)
    for event in events {
      let state = event["state"].text
      #expect(state == "applied" || (state == "parked" && event["reason"].text != nil))
    }
    let leads = try world.rows("lead", "list")
    let messages = try messages(of: leads, in: world)
    #expect(leads.count > 3 && messages.count > 10)

    for body in bodies.reversed() { #expect(try world.post(body) == 200) }
    try #require(world.inbox("worker", "--once").status == 0)
    #expect(try world.rows("event", "list").count == bodies.count * 2)
    #expect(try world.rows("lead", "list").count == leads.count)
    #expect(try self.messages(of: leads, in: world) == messages)
  }

  private func messages(of leads: [JSONValue], in world: World) throws -> [String] {
    try leads.flatMap { lead in
      try world.rows("message", "list", "--lead", lead["id"].text ?? "")
        .map { $0["provider_id"].text ?? "" }
    }.sorted()
  }

  @Test func aWrongSignatureIsRefusedAndLeavesNothing() throws {
    let world = try World()
    let body = Data(#"{"object":"whatsapp_business_account","entry":[]}"#.utf8)
    #expect(try world.post(body, secret: "somebody else's") == 401)
    try #require(world.inbox("worker", "--once").status == 0)
    #expect(try world.rows("event", "list").isEmpty)
  }

  @Test func anAnswerLostOnTheWayIsNeverSentTwice() throws {
    let world = try World()
    try world.say("Hello?", from: "4915100000001", name: "Jo")
    try #require(world.inbox("worker", "--once").status == 0)
    let id = try #require(try world.rows("lead", "list").first?["id"].text)
    try world.fault(["match": "/messages", "drop": "after", "times": 1])
    try world.inbox("send", "--lead", id, "--text", "Only once")
    #expect(try world.inbox("worker", "--once").status == 0)
    #expect(try world.sent() == ["Only once"])
    // Its receipt names our reference: what was unconfirmed is known to be sent.
    try world.eventually("the receipt settles it") {
      try world.inbox("worker", "--once")
      let status = try world.rows("message", "list", "--lead", id).last?["status"].text
      return ["sent", "delivered", "read"].contains(status)
    }
    #expect(try world.sent() == ["Only once"])
  }

  @Test func aRefusalThatMayPassIsTriedAgain() throws {
    let world = try World()
    try world.say("Hello?", from: "4915100000002", name: "Jo")
    try #require(world.inbox("worker", "--once").status == 0)
    let id = try #require(try world.rows("lead", "list").first?["id"].text)
    try world.fault(["match": "/messages", "status": 500, "code": 131_000, "times": 1])
    try world.inbox("send", "--lead", id, "--text", "Patience")
    try world.eventually("a later try succeeds") {
      try world.inbox("worker", "--once")
      return try world.sent() == ["Patience"]
    }
  }

  @Test func textForScriptsHoldsNoControlCharacters() throws {
    let world = try World()
    try world.say("hi\u{1B}]0;owned\u{7} \u{202E}evil", from: "4915100000003", name: "A\u{1B}[2J")
    try #require(world.inbox("worker", "--once").status == 0)
    let output = try world.inbox("lead", "list").output
    #expect(!output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(!output.unicodeScalars.contains { $0 == "\u{202E}" })
  }
}
