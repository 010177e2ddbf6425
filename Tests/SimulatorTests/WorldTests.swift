// The simulated world by hand-moved time: what is refused, what follows a send, who writes.
import Model
import Testing

@testable import Simulator

private let start = Timestamp(seconds: 1_790_000_000)
private let number = "106540352242922"

private func send(
  _ world: inout World,
  _ request: JSON,
  from account: String = number,
  token: String? = "token",
  at now: Timestamp = start
) -> (answer: JSON, status: Int, send: AcceptedSend?) {
  var call = GraphCall(method: .post, path: "/v26.0/\(account)/messages")
  call.token = token
  let (answer, accepted) = world.answer(call, request: request, now: now)
  let body = (try? JSONParser.parse(answer.body)) ?? .null
  return (body, answer.status, accepted)
}

private func text(_ words: String, to phone: String = "+491715550001") -> JSON {
  [
    "messaging_product": "whatsapp", "to": .string(phone), "type": "text",
    "text": ["body": .string(words)], "biz_opaque_callback_data": "m:7",
  ]
}

private func statuses(_ webhooks: [Webhook]) -> [JSON] {
  webhooks.compactMap { try? JSONParser.parse($0.body) }.flatMap { body in
    (body["entry"]?.elements.first?["changes"]?.elements.first?["value"]?["statuses"]
      ?? .array([])).elements
  }
}

@Suite struct SendTests {
  @Test func anAcceptedTextGetsSentDeliveredAndRead() throws {
    var world = World(now: start)
    let result = send(&world, text("Hello"))
    let accepted = try #require(result.send)
    #expect(result.status == 200)
    #expect(result.answer["messages"]?.elements.first?["id"]?.text == accepted.id)
    #expect(result.answer["contacts"]?.elements.first?["wa_id"]?.text == "491715550001")
    #expect(world.accept(accepted, at: start).isEmpty)
    let seen = statuses(world.due(by: start + 10 * .second))
    #expect(seen.map { $0["status"]?.text } == ["sent", "delivered", "read"])
    #expect(seen.allSatisfy { $0["biz_opaque_callback_data"]?.text == "m:7" })
    #expect(seen.allSatisfy { $0["id"]?.text == accepted.id })
    #expect(world.sentLines.count == 1)
  }

  @Test func aCallWithoutTokenIsRefused() {
    var world = World(now: start)
    let result = send(&world, text("Hello"), token: nil)
    #expect(result.status == 401)
    #expect(result.answer["error"]?["code"]?.integer == 190)
  }

  @Test(arguments: [0, 4097])
  func aTextMissingOrTooLongIsRefused(length: Int) {
    var world = World(now: start)
    let result = send(&world, text(String(repeating: "ü", count: length)))
    #expect(result.status == 400)
    #expect(result.answer["error"]?["code"]?.integer == 100)
  }

  @Test func theWindowClosesADayAfterTheirNewestMessage() throws {
    var world = World(now: start)
    let from: JSON = ["from": "491715550001", "text": "Hi"]
    _ = try world.say(from, now: start)
    // An older message that comes late does not move the window back.
    _ = try world.say(
      ["from": "491715550001", "text": "old", "timestamp": .integer(1_780_000_000)],
      now: start
    )
    #expect(send(&world, text("in time"), at: start + 24 * .hour).status == 200)
    let late = send(&world, text("late"), at: start + 24 * .hour + 1)
    #expect(late.status == 400)
    #expect(late.answer["error"]?["code"]?.integer == 131_047)
    #expect(send(&world, text("stranger", to: "+4420"), at: start + 48 * .hour).status == 400)
    #expect(send(&world, text("stranger", to: "+442071"), at: start + 48 * .hour).status == 200)
  }

  @Test func readMarksAreTakenWithoutAMessage() {
    var world = World(now: start)
    let mark: JSON = ["messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"]
    let result = send(&world, mark)
    #expect(result.answer["success"] == true)
    #expect(result.send == nil)
  }

  @Test func aTemplateNeedsItsPlaceholdersFilled() {
    var world = World(now: start)
    func template(_ name: String, _ values: [JSON]) -> JSON {
      [
        "messaging_product": "whatsapp", "to": "+491715550001", "type": "template",
        "template": [
          "name": .string(name), "language": ["code": "en_US"],
          "components": [["type": "body", "parameters": .array(values)]],
        ],
      ]
    }
    let value: JSON = ["type": "text", "text": "Maya"]
    #expect(send(&world, template("first_reply", [value])).status == 200)
    let short = send(&world, template("first_reply", []))
    #expect(short.answer["error"]?["code"]?.integer == 132_000)
    let unknown = send(&world, template("nothing_like_it", []))
    #expect(unknown.answer["error"]?["code"]?.integer == 132_001)
  }

  @Test func instagramSendsComeBackAsAnEchoAndARead() throws {
    var world = World(now: start)
    let request: JSON = ["recipient": ["id": "1789"], "message": ["text": "Ciao 👋"]]
    let result = send(&world, request, from: "17841400000000000")
    let accepted = try #require(result.send)
    #expect(result.answer["message_id"]?.text == accepted.id)
    _ = world.accept(accepted, at: start)
    let events = world.due(by: start + 10 * .second).compactMap {
      try? JSONParser.parse($0.body)["entry"]?.elements.first?["messaging"]?.elements.first
    }
    #expect(events.first?["message"]?["mid"]?.text == accepted.id)
    #expect(events.first?["message"]?["is_echo"] == true)
    #expect(events.first?["sender"]?["id"]?.text == "17841400000000000")
    #expect(events.last?["read"]?["mid"]?.text == accepted.id)
    let long: JSON = [
      "recipient": ["id": "1789"], "message": ["text": .string(String(repeating: "é", count: 501))],
    ]
    #expect(send(&world, long, from: "17841400000000000").status == 400)
  }

  @Test func unknownThingsAreNotFound() {
    var world = World(now: start)
    var call = GraphCall(method: .get, path: "/v26.0/123456")
    call.token = "token"
    let body = try? JSONParser.parse(world.answer(call, request: nil, now: start).answer.body)
    #expect(body?["error"]?["code"]?.integer == 100)
    #expect(body?["error"]?["error_subcode"]?.integer == 33)
  }
}

@Suite struct WebhookFaultTests {
  private func receipts(_ fault: WebhookFault) throws -> (early: [Webhook], later: [Webhook]) {
    var world = World(now: start)
    world.faults.arm(fault, times: 1)
    let accepted = try #require(send(&world, text("Hello")).send)
    let early = world.accept(accepted, at: start)
    return (early, world.due(by: start + 10 * .second))
  }

  @Test func earlyReceiptsComeBeforeTheAnswer() throws {
    let (early, later) = try receipts(.early)
    #expect(statuses(early).map { $0["status"]?.text } == ["sent", "delivered"])
    #expect(statuses(later).map { $0["status"]?.text } == ["read"])
  }

  @Test func reorderedReceiptsBeginWithRead() throws {
    let later = try receipts(.reorder).later
    #expect(statuses(later).map { $0["status"]?.text } == ["read", "sent", "delivered"])
  }

  @Test func aDuplicateIsPostedTwice() throws {
    #expect(try receipts(.duplicate).later.map(\.copies) == [2, 1, 1])
  }

  @Test func aFailureNamesItsCode() throws {
    let later = statuses(try receipts(.fail(code: 131_047)).later)
    #expect(later.map { $0["status"]?.text } == ["sent", "failed"])
    #expect(later.last?["errors"]?.elements.first?["code"]?.integer == 131_047)
    #expect(later.last?["errors"]?.elements.first?["title"]?.text == "Re-engagement message")
  }
}

@Suite struct CallFaultTests {
  private func arm(_ world: inout World, _ json: JSON) throws {
    try FaultSpec.arm(json, in: &world.faults)
  }

  @Test func aFaultCountsOnlyCallsThatCarryAMessage() throws {
    var world = World(now: start)
    try arm(&world, ["match": .string(number), "status": 500])
    var lookUp = GraphCall(method: .get, path: "/v26.0/\(number)")
    lookUp.token = "token"
    #expect(world.takeFault(lookUp, carriesMessage: false) == nil)
    let call = GraphCall(method: .post, path: "/v26.0/\(number)/messages")
    #expect(world.takeFault(call, carriesMessage: false) == nil)
    #expect(world.takeFault(call, carriesMessage: true)?.status == 500)
    #expect(world.takeFault(call, carriesMessage: true) == nil)
  }

  @Test func aFaultMayNameAnotherPath() throws {
    var world = World(now: start)
    try arm(&world, ["match": "/message_templates", "status": 500, "times": 2])
    let call = GraphCall(method: .get, path: "/v26.0/102290129340398/message_templates")
    #expect(world.takeFault(call, carriesMessage: false)?.times == 2)
    #expect(world.takeFault(call, carriesMessage: false)?.times == 1)
    #expect(world.takeFault(call, carriesMessage: false) == nil)
  }

  @Test func theListOfChancesSaysWhatIsWrong() {
    #expect(throws: FaultSpec.Failure.self) { try FaultSpec.parse("500") }
    #expect(throws: FaultSpec.Failure.self) { try FaultSpec.parse("500=2") }
    #expect(throws: FaultSpec.Failure.self) { try FaultSpec.parse("flood=0.5") }
    let table = try? FaultSpec.parse("500=0.5,drop-after=0.1,131056=0.2,slow:900=1,duplicate=0.3")
    #expect(table?.callChances.count == 4)
    #expect(table?.callChances.last?.fault.delayMilliseconds == 900)
    #expect(table?.webhookChances.first?.fault == .duplicate)
  }

  @Test func anErrorBodyHasTheGraphShape() throws {
    let fault = CallFault(status: 429)
    let body = try JSONParser.parse(fault.answer(trace: "AbC").body)["error"]
    #expect(body?["code"]?.integer == 130_429)
    #expect(body?["type"]?.text == "OAuthException")
    #expect(body?["fbtrace_id"]?.text == "AbC")
    #expect(body?["error_data"]?["messaging_product"]?.text == "whatsapp")
  }
}
