// What goes out to the Graph API, and what its answers mean for a send.
import Channels
import Foundation
import Model
import Testing

@Suite struct GraphClientTests {
  private let whatsApp = GraphCredentials(
    kind: .whatsapp,
    account: "301000000000007",
    token: Secret("token-1"),
    baseURL: "https://graph.example/v26.0/"
  )
  private let instagram = GraphCredentials(
    kind: .instagram,
    account: "17840000000000042",
    token: Secret("token-2"),
    baseURL: "https://graph.example/v26.0"
  )
  private let ana = Identity(kind: .phone, value: "34611000111")

  private func send(_ outcome: HTTPOutcome) -> SendOutcome {
    GraphClient(transport: ScriptedTransport(outcome))
      .sendText(whatsApp, to: ana, text: "Hi", callbackData: "m:1")
  }

  @Test func whatsAppToAPhone() throws {
    let transport = ScriptedTransport(.answer(200, #"{"messages":[{"id":"wamid.1"}]}"#))
    let outcome = GraphClient(transport: transport)
      .sendText(whatsApp, to: ana, text: "Tür \"A\"", callbackData: "m:42")
    #expect(outcome == .accepted(providerID: "wamid.1", recipient: nil))
    let request = try #require(transport.requests.first)
    #expect(request.url == "https://graph.example/v26.0/301000000000007/messages")
    #expect(request.bearer == Secret("token-1"))
    #expect(request.isSend && request.method == .post)
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+34611000111","#
        + #""type":"text","text":{"body":"Tür \"A\""},"biz_opaque_callback_data":"m:42"}"#
    )
  }

  @Test func whatsAppToABusinessScopedID() throws {
    let transport = ScriptedTransport()
    _ = GraphClient(transport: transport)
      .sendText(whatsApp, to: .init(kind: .bsuid, value: "DE.88"), text: "Hi", callbackData: "m")
    let body = try JSONValue.parse(try #require(transport.requests.first).body)
    #expect(body["recipient"].text == "DE.88")
    #expect(body["to"].isNull)
  }

  @Test func instagramWithinTheWindowAndAsAHumanAgent() throws {
    let transport = ScriptedTransport(
      .answer(200, #"{"recipient_id":"900","message_id":"mid.1"}"#),
      .answer(200, #"{"message_id":"mid.2"}"#)
    )
    let client = GraphClient(transport: transport)
    let person = Identity(kind: .igsid, value: "900")
    let first = client.sendText(instagram, to: person, text: "Hi", callbackData: "m:1")
    #expect(first == .accepted(providerID: "mid.1", recipient: "900"))
    let second = client.sendText(
      instagram,
      to: person,
      text: "Hi",
      callbackData: "m:2",
      asHumanAgent: true
    )
    #expect(second == .accepted(providerID: "mid.2", recipient: nil))
    #expect(
      transport.requests.map { String(decoding: $0.body, as: UTF8.self) } == [
        #"{"recipient":{"id":"900"},"messaging_type":"RESPONSE","message":{"text":"Hi"}}"#,
        #"{"recipient":{"id":"900"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT","#
          + #""message":{"text":"Hi"}}"#,
      ]
    )
  }

  @Test func aPersonOfAnotherKindIsRefusedWithoutACall() throws {
    let transport = ScriptedTransport()
    let outcome = GraphClient(transport: transport)
      .sendText(whatsApp, to: .init(kind: .email, value: "a@b"), text: "Hi", callbackData: "m")
    guard case .refused(let error) = outcome else { throw Unexpected(outcome: outcome) }
    #expect(error.errorClass == .permanent)
    #expect(error.userText == "This person has no address on WhatsApp")
    #expect(transport.requests.isEmpty)
  }

  @Test func theProvidersOwnAddressComesBack() {
    let body =
      #"{"contacts":[{"input":"+5511987654321","wa_id":"551187654321"}],"#
      + #""messages":[{"id":"wamid.1","message_status":"accepted"}]}"#
    #expect(send(.answer(200, body)) == .accepted(providerID: "wamid.1", recipient: "551187654321"))
  }

  @Test func anErrorCountsWithAnyStatus() throws {
    let body =
      #"{"error":{"message":"(#131056) pair","code":131056,"fbtrace_id":"T","#
      + #""error_data":{"details":"slow down"}}}"#
    for status in [200, 400, 403, 429, 500] {
      let outcome = send(.answer(status, body))
      guard case .refused(let error) = outcome else { throw Unexpected(outcome: outcome) }
      #expect(error.errorClass == .throttle(.recipient))
      #expect(error.code == 131_056 && error.httpStatus == status)
      #expect(error.details == "slow down" && error.fbtraceID == "T")
    }
  }

  @Test func noneOfTheseSaysWhetherItWasTaken() throws {
    let odd = [
      HTTPOutcome.answer(500, "<html>"), .answer(502, ""), .answer(503, "{}"), .answer(200, "ok"),
      .answer(200, "{}"), .answer(408, ""), .unknown(reason: "reset"),
    ]
    for outcome in odd {
      guard case .unknown = send(outcome) else { throw Unexpected(outcome: send(outcome)) }
    }
  }

  @Test func aPlainClientErrorWasNotTaken() throws {
    let expected: [(Int, GraphErrorClass)] = [
      (400, .permanent), (401, .auth), (403, .config), (404, .config), (302, .config),
      (429, .throttle(.app)),
    ]
    for (status, errorClass) in expected {
      let outcome = send(.answer(status, "<html>"))
      guard case .refused(let error) = outcome else { throw Unexpected(outcome: outcome) }
      #expect(error.errorClass == errorClass)
      #expect(error.code == nil)
    }
  }

  @Test func notSentStaysNotSent() {
    #expect(send(.notSent(reason: "refused")) == .notSent(reason: "refused"))
  }

  @Test func theAnswersOwnWaitIsKept() throws {
    let usage = #"{"55":[{"type":"whatsapp","estimated_time_to_regain_access":7}]}"#
    let outcome = send(
      .answer(
        400,
        #"{"error":{"code":80007,"message":"limit"}}"#,
        HTTPHeader("x-business-use-case-usage", usage),
        HTTPHeader("Retry-After", "30")
      )
    )
    guard case .refused(let error) = outcome else { throw Unexpected(outcome: outcome) }
    #expect(error.wait == 7 * .minute)
    #expect(error.errorClass == .throttle(.business))
  }

  @Test func checksAnAccount() throws {
    let transport = ScriptedTransport(
      .answer(200, #"{"id":"301000000000007","verified_name":"Downtown Gym"}"#),
      .answer(400, #"{"error":{"code":190,"error_subcode":463,"message":"expired"}}"#),
      .answer(200, "<html>login</html>"),
      .unknown(reason: "timed out")
    )
    let client = GraphClient(transport: transport)
    #expect(client.checkAccount(whatsApp) == .reachable(name: "Downtown Gym"))
    guard case .refused(let error) = client.checkAccount(whatsApp) else { throw Unexpected() }
    #expect(error.errorClass == .auth)
    guard case .refused = client.checkAccount(whatsApp) else { throw Unexpected() }
    #expect(client.checkAccount(whatsApp) == .unreachable(reason: "timed out"))
    let request = try #require(transport.requests.first)
    #expect(request.method == .get && !request.isSend)
    #expect(
      request.url == "https://graph.example/v26.0/301000000000007"
        + "?fields=id,verified_name,display_phone_number,health_status"
    )
  }

  @Test(arguments: [
    (
      """
      {"health_status":{"can_send_message":"BLOCKED","entities":[
        {"entity_type":"PHONE_NUMBER","can_send_message":"AVAILABLE"},
        {"entity_type":"WABA","can_send_message":"BLOCKED","errors":[{"error_code":141006,
         "error_description":"There is an error with the payment method.",
         "possible_solution":"Add a payment method."}]}]},"id":"1"}
      """,
      AccountCheck.blocked(
        reason: "There is an error with the payment method. Add a payment method."
      )
    ),
    (
      #"{"health_status":{"can_send_message":"BLOCKED"},"id":"1"}"#,
      .blocked(reason: "WhatsApp blocks sending: see WhatsApp Manager")
    ),
    (
      #"{"health_status":{"can_send_message":"LIMITED"},"id":"1","verified_name":"Gym"}"#,
      .reachable(name: "Gym")
    ),
  ])
  func anAccountThatMaySendNothingSaysWhy(body: String, expected: AccountCheck) {
    let client = GraphClient(transport: ScriptedTransport(.answer(200, body)))
    #expect(client.checkAccount(whatsApp) == expected)
  }

  @Test func tokensNeverShow() {
    #expect(!"\(whatsApp)".contains("token-1"))
    var text = ""
    dump(whatsApp, to: &text)
    #expect(!text.contains("token-1"))
  }

  private struct Unexpected: Error { var outcome: SendOutcome? }
}
