// The table of Graph errors: classes by code and subcode, never by text or status.
import Channels
import Foundation
import Model
import Testing

@Suite struct GraphErrorTests {
  private func error(_ code: Int?, _ subcode: Int? = nil, status: Int = 400) -> GraphError {
    GraphError(code: code, subcode: subcode, httpStatus: status, message: "words", details: nil)
  }

  @Test(
    arguments: [
      (0, .auth), (1, .retry), (2, .retry), (3, .config), (4, .throttle(.app)), (10, .config),
      (17, .throttle(.account)), (33, .config), (100, .permanent), (102, .auth), (190, .auth),
      (200, .config), (299, .config), (341, .throttle(.app)), (368, .config), (470, .window),
      (551, .recipient), (613, .throttle(.app)), (80_001, .throttle(.account)),
      (80_002, .throttle(.account)), (80_007, .throttle(.business)), (80_014, .throttle(.account)),
      (130_429, .throttle(.number)), (130_472, .permanent), (130_497, .recipient),
      (131_000, .retry), (131_005, .config), (131_009, .permanent), (131_016, .retry),
      (131_026, .permanent), (131_030, .config), (131_031, .config), (131_037, .config),
      (131_042, .config), (131_045, .config), (131_047, .window), (131_048, .throttle(.number)),
      (131_049, .permanent), (131_050, .optOut), (131_053, .media),
      (131_056, .throttle(.recipient)),
      (131_057, .retry), (131_064, .throttle(.business)), (132_001, .template),
      (132_016, .template), (132_069, .throttle(.flow)), (133_004, .retry), (133_007, .config),
      (133_010, .config), (134_011, .config), (135_000, .permanent), (137_000, .permanent),
      (2_494_100, .retry), (36_000, .media), (2_388_001, .template),
    ] as [(Int, GraphErrorClass)]
  ) func classOfACode(code: Int, expected: GraphErrorClass) {
    // The same whatever the status says.
    for status in [200, 400, 403, 429, 500] {
      #expect(error(code, status: status).errorClass == expected)
      #expect(error(code, 1, status: status).errorClass == expected)
    }
    #expect(!error(code).userText.isEmpty)
  }

  @Test(
    arguments: [
      (10, 2_534_022, .window), (10, 2_018_278, .window), (10, 2_018_065, .window),
      (10, 2_018_108, .recipient), (100, 2_534_014, .recipient), (100, 2_018_001, .recipient),
      (200, 1_545_041, .recipient), (551, 1_545_041, .recipient), (10, 2_534_077, .config),
      (200, 2_018_028, .config), (200, 2_534_041, .config), (100, 2_018_008, .permanent),
      (36_000, 2_207_004, .permanent), (100, 2_534_037, .held), (613, 1996, .throttle(.app)),
      (613, 2_534_040, .throttle(.account)), (190, 463, .auth), (100, 33, .config),
      (2, 1_545_133, .retry),
    ] as [(Int, Int, GraphErrorClass)]
  ) func classOfASubcode(code: Int, subcode: Int, expected: GraphErrorClass) {
    #expect(error(code, subcode).errorClass == expected)
  }

  @Test func unknownCodesGoByStatus() {
    #expect(error(987_654, status: 400).errorClass == .permanent)
    #expect(error(987_654, status: 401).errorClass == .auth)
    #expect(error(987_654, status: 403).errorClass == .config)
    #expect(error(987_654, status: 429).errorClass == .throttle(.app))
    #expect(error(987_654, status: 503).errorClass == .retry)
    #expect(error(987_654, status: 400).userText == "words")
  }

  @Test func textsSayWhatToDo() {
    #expect(
      error(131_047).userText
        == "More than 24 hours since their last message: only an approved template may be sent"
    )
    #expect(error(190, 463).userText == "The access token has expired: renew it in the config")
    #expect(error(100).userText == "Meta refused a value: words")
  }

  /// A receipt's error says the same as an answer's, and what it means beyond its message.
  @Test(
    arguments: [
      (131_042, .channel(wait: nil)), (131_031, .channel(wait: nil)), (190, .channel(wait: nil)),
      (131_048, .channel(wait: 4 * .hour)), (130_429, .channel(wait: .second)),
      (131_056, .message), (131_026, .message), (131_047, .message), (131_000, .message),
      (131_050, .marketing), (987_654, .message),
    ] as [(Int, MessageFailure.Reach)]
  ) func aReceiptsErrorIsReadByTheSameTable(code: Int, reach: MessageFailure.Reach) {
    let failure = GraphErrorTable.failure(code: code, saying: "words")
    #expect(failure.reach == reach)
    #expect(failure.title == error(code).userText)
    #expect(failure.code == code)
  }

  @Test func triesAndWaits() {
    #expect(error(1).tries == 3)
    #expect(error(131_000).tries == 5)
    #expect(error(131_047).tries == 1)
    #expect(error(131_048).wait == 4 * .hour)
  }

  @Test(arguments: PublishedAnswer.all)
  func publishedErrorsAreClassed(answer: PublishedAnswer) throws {
    let value = try JSONValue.parse(answer.body)
    let outcome = GraphClient(
      transport: ScriptedTransport(
        .response(HTTPResponse(status: value["error"].isNull ? 200 : 400, body: answer.body))
      )
    ).sendText(
      GraphCredentials(kind: .whatsapp, account: "1", token: Secret("t"), baseURL: "http://h"),
      to: Identity(kind: .phone, value: "1"),
      text: "x",
      callbackData: "y"
    )
    switch outcome {
    case .refused(let error):
      #expect(!value["error"].isNull)
      #expect(error.code == value["error"]["code"].int)
      #expect(!error.userText.isEmpty)
    case .accepted(let id, _):
      #expect([value["messages"][0]["id"].text, value["message_id"].text].contains(id))
    case .unknown: #expect(value["error"].isNull)
    case .notSent: Issue.record("an answer is never “not sent”")
    }
  }
}

/// Published answers, where a checkout has them beside it.
struct PublishedAnswer: CustomTestStringConvertible {
  var name: String
  var body: [UInt8]
  var testDescription: String { name }

  static let all: [PublishedAnswer] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/meta/graph")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") && !$0.hasPrefix("rate") }.sorted().compactMap {
      name in
      guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return nil }
      return PublishedAnswer(name: name, body: Array(data))
    }
  }()
}
