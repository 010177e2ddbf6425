// What the simulated API refuses of each kind, and what it takes.
import Model
import Testing

@testable import Simulator

private let start = Timestamp(seconds: 1_790_000_000)
private let number = "106540352242922"

@Suite struct OutboundKindTests {
  private func send(_ world: inout World, _ type: String, _ content: JSON) -> Int64 {
    var call = GraphCall(method: .post, path: "/v26.0/\(number)/messages")
    call.token = "token"
    let request: JSON = .object([
      .init(key: "messaging_product", value: "whatsapp"),
      .init(key: "to", value: "+491715550001"), .init(key: "type", value: .string(type)),
      .init(key: type, value: content),
    ])
    let (answer, _) = world.answer(call, request: request, now: start)
    let body = (try? JSONParser.parse(answer.body)) ?? .null
    return body["error"]?["code"]?.integer ?? 0
  }

  private func upload(_ world: inout World, _ mime: String, bytes: Int) -> String {
    var call = GraphCall(method: .post, path: "/v26.0/\(number)/media")
    call.token = "token"
    call.contentType = "multipart/form-data; boundary=x"
    call.body =
      Array("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n".utf8)
      + Array("Content-Type: \(mime)\r\n\r\n".utf8) + Array(repeating: 7, count: bytes)
      + Array("\r\n--x--\r\n".utf8)
    let (answer, _) = world.answer(call, request: nil, now: start)
    return ((try? JSONParser.parse(answer.body)) ?? .null)["id"]?.text ?? ""
  }

  @Test func filesMustBeThereAndFit() {
    var world = World(now: start)
    let photo = upload(&world, "image/jpeg", bytes: 1000)
    #expect(send(&world, "image", ["id": .string(photo)]) == 0)
    #expect(send(&world, "video", ["id": .string(photo)]) == 131_053)
    #expect(send(&world, "image", ["id": "123"]) == 100)
    #expect(send(&world, "image", [:]) == 100)
    let large = upload(&world, "image/jpeg", bytes: 5 << 20 | 1)
    #expect(send(&world, "image", ["id": .string(large)]) == 131_053)
    #expect(send(&world, "document", ["id": .string(large)]) == 0)
  }

  @Test func otherKinds() {
    var world = World(now: start)
    #expect(
      send(&world, "location", ["latitude": .number("52.5"), "longitude": .number("13.4")]) == 0
    )
    #expect(
      send(&world, "location", ["latitude": .number("91"), "longitude": .number("0")]) == 131_009
    )
    #expect(send(&world, "reaction", ["emoji": "👍"]) == 100)
    func buttons(_ count: Int) -> JSON {
      let list = (0..<count).map { index -> JSON in
        [
          "type": "reply",
          "reply": ["id": .string("\(index)"), "title": .string("b\(index)")],
        ]
      }
      return [
        "type": "button", "body": ["text": "Which?"], "action": ["buttons": .array(list)],
      ]
    }
    #expect(send(&world, "interactive", buttons(3)) == 0)
    #expect(send(&world, "interactive", buttons(4)) == 131_009)
  }

  private func template(_ name: String, _ components: [JSON]) -> JSON {
    [
      "name": .string(name), "language": ["code": "en_US"], "components": .array(components),
    ]
  }

  @Test func templatesCountTheirValues() {
    var world = World(now: start)
    func body(_ count: Int) -> JSON {
      let values = (0..<count).map { _ -> JSON in ["type": "text", "text": "x"] }
      return ["type": "body", "parameters": .array(values)]
    }
    #expect(send(&world, "template", template("visit_confirmation", [body(2)])) == 0)
    #expect(send(&world, "template", template("visit_confirmation", [body(1)])) == 132_000)
    #expect(send(&world, "template", template("nothing", [])) == 132_001)
    #expect(send(&world, "template", template("summer_sale", [body(1)])) == 132_015)
    #expect(send(&world, "template", template("timetable", [body(1)])) == 132_000)
    let file = upload(&world, "application/pdf", bytes: 10)
    let header: JSON = [
      "type": "header",
      "parameters": [["type": "document", "document": ["id": .string(file)]]],
    ]
    #expect(send(&world, "template", template("timetable", [header, body(1)])) == 0)
    let broken: JSON = [
      "type": "body", "parameters": [["type": "text", "text": "a\nb"]],
    ]
    #expect(send(&world, "template", template("no_show", [broken])) == 132_012)
  }
}
