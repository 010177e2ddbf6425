// JSON in and out, above all the escapes that Meta's signature covers.
import Testing

@testable import Simulator

@Suite struct SimulatorJSONTests {
  @Test func metaEscapesAreThoseOfTheWire() {
    let value: JSON = ["text": "Café 🏋 https://x.y/z <3 50% @you"]
    let expected =
      #"{"text":"Caf\u00e9 \ud83c\udfcb https:\/\/x.y\/z \u003C3 50\u0025 \u0040you"}"#
    #expect(String(decoding: value.bytes(.meta), as: UTF8.self) == expected)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let value: JSON = [
      "a": ["x", 1, true, "\"\\\n\u{1}"], "id": .number("12345678901234567890"), "👋": ["b": []],
    ]
    #expect(try JSONParser.parse(value.bytes(.meta)) == value)
    #expect(try JSONParser.parse(value.bytes()) == value)
  }

  @Test(arguments: ["", "{", "[1,]", "{\"a\":}", "nul", "\"\\x\"", "1 2", "\"\\u12\"", "+1"])
  func brokenTextIsRefused(text: String) {
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test func depthIsBounded() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(deep) }
  }

  @Test func theSignatureIsThatOfTheRawBytes() {
    let signer = WebhookSigner(secret: "app-secret-for-tests")
    let body = Array(#"{"text":"Caf\u00e9 \ud83c\udfcb"}"#.utf8)
    #expect(
      signer.signature(of: body)
        == "sha256=9ab2eb2d112f01edb096f69887f3ba619294e340f5ed58b8c35bd8dd6250adb9"
    )
  }

  @Test func addressesOfRelayAndListenAreRead() {
    #expect(RelayAddress("http://127.0.0.1:8787")?.port == 8787)
    #expect(RelayAddress("http://[::1]:8787/")?.host == "::1")
    #expect(RelayAddress("http://relay")?.port == 80)
    #expect(RelayAddress("https://relay") == nil)
    #expect(RelayAddress("http://relay/other") == nil)
    #expect(ListenAddress("127.0.0.1:0")?.port == 0)
    #expect(ListenAddress("127.0.0.1") == nil)
    #expect(ListenAddress("127.0.0.1:70000") == nil)
  }
}
