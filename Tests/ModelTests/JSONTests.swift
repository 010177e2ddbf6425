// JSONValue and JSONWriter: grammar, repair, limits, lenient reading, output.
import Foundation
import Glibc
import Model
import TestSupport
import Testing

@Suite(.ownThreads) struct JSONTests {
  @Test func readsEveryKindAndKeepsOrderAndDigits() throws {
    let value = try JSONValue.parse(
      #" {"b":[1,-0.50e+3,true,false,null],"a":{"id":12345678901234567890}} "#
    )
    #expect(value.members.map(\.key) == ["b", "a"])
    #expect(value["b"][1] == .number("-0.50e+3"))
    #expect(value["b"][2].bool == true)
    #expect(value["b"][4].isNull)
    #expect(value["a"]["id"].text == "12345678901234567890")
  }

  @Test(
    arguments: [
      (#""Caf\u00e9 \ud83c\udfcb""#, "Café 🏋"),
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
      (#""\ud83c""#, "\u{FFFD}"),
      (#""\udfcb x""#, "\u{FFFD} x"),
      (#""\ud83cA""#, "\u{FFFD}A"),
      (#""\ud83c\u0041""#, "\u{FFFD}A"),
      (#""\ud83c\ud83c\udfcb""#, "\u{FFFD}🏋"),
      (#""\u0000""#, "\0"),
      ("\"żółw 💪\"", "żółw 💪"),
    ]
  ) func decodesStrings(text: String, expected: String) throws {
    #expect(try JSONValue.parse(text) == .string(expected))
  }

  @Test func repairsInvalidUTF8() throws {
    let bytes: [UInt8] = [0x22, 0x61, 0xFF, 0xC3, 0x22]
    #expect(try JSONValue.parse(bytes) == .string("a\u{FFFD}\u{FFFD}"))
  }

  @Test func skipsAByteOrderMark() throws {
    #expect(try JSONValue.parse([0xEF, 0xBB, 0xBF] + Array("[]".utf8)) == .array([]))
  }

  @Test(
    arguments: [
      "", " ", "{", "[", "[1,]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "[1 2]", "01", "1.", ".5",
      "+1", "1e", "-", "tru", "nul", "\"", "\"\\x\"", "\"\\u12\"", "\"\u{1}\"", "1 1", "[]]",
      "'a'", "NaN", "Infinity", "//", "{\"a\":}", "[,]", "\"\\ud83c\\u12\"",
    ]
  ) func refuses(text: String) {
    #expect(throws: JSONError.self) { try JSONValue.parse(text) }
  }

  @Test func namesWhereItFailed() {
    #expect(throws: JSONError(reason: "expected , or ]", offset: 4)) {
      try JSONValue.parse("[12 3]")
    }
  }

  @Test func stopsAtTheDepthLimit() throws {
    let limit = JSONValue.depthLimit
    let deepest = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
    _ = try JSONValue.parse(deepest)
    #expect(throws: JSONError.self) { try JSONValue.parse("[" + deepest + "]") }
    #expect(throws: JSONError.self) {
      try JSONValue.parse(String(repeating: "{\"a\":[", count: 200_000))
    }
  }

  /// Worker threads may have half a MiB of stack; a debug build's frames are the largest.
  @Test func theDeepestTextFitsASmallStack() async throws {
    let half = JSONValue.depthLimit / 2
    let text =
      String(repeating: "[{\"a\":", count: half) + "1" + String(repeating: "}]", count: half)
    let isRead = await withCheckedContinuation { continuation in
      let thread = Thread {
        let value = try? JSONValue.parse(text)
        continuation.resume(returning: value.map { $0.encoded() == text } ?? false)
      }
      thread.stackSize = 512 * 1024
      thread.start()
    }
    #expect(isRead)
  }

  @Test func theLastOfEqualKeysWins() throws {
    let small = try JSONValue.parse(#"{"a":1,"b":2,"a":3}"#)
    #expect(small == .object([.init("b", 2), .init("a", 3)]))
    let pairs = (0..<1000).map { "\"k\($0 % 500)\":\($0)" }.joined(separator: ",")
    let large = try JSONValue.parse("{\(pairs)}")
    #expect(large.members.count == 500)
    #expect(large["k7"].int64 == 507)
  }

  @Test func readsLeniently() throws {
    let value = try JSONValue.parse(
      #"{"n":42,"s":"42","e":"","z":null,"f":1.9,"big":1e30,"t":"true","x":"abc","o":{}}"#
    )
    #expect(value["n"].text == "42")
    #expect(value["s"].int64 == 42)
    #expect(value["e"].text == nil)
    #expect(value["z"].text == nil)
    #expect(value["missing"]["deeper"][3].text == nil)
    #expect(value["f"].int64 == 1)
    #expect(value["big"].int64 == nil)
    #expect(value["t"].bool == true)
    #expect(value["x"].int64 == nil)
    #expect(value["o"].text == nil)
    #expect(value["n"].array.isEmpty)
    #expect(value["f"].double == 1.9)
  }

  @Test func writesWhatItReads() throws {
    let text = #"{"a":[1,-2.50,"x\"\\\n",true,null,{}],"ü":"😀","e":[]}"#
    #expect(try JSONValue.parse(text).encoded() == text)
  }

  @Test func writesByHand() {
    var writer = JSONWriter()
    writer.object { line in
      line.field("lead_id", 7)
      line.field("name", "Ana")
      line.field("owner", String?.none)
      line.field("needs_reply", true)
      line.key("tags")
      line.array { tags in
        tags.write("a")
        tags.write(2)
      }
      line.field("extra", ["k": [1, nil]])
    }
    #expect(
      writer.text
        == #"{"lead_id":7,"name":"Ana","owner":null,"needs_reply":true,"tags":["a",2],"#
        + #""extra":{"k":[1,null]}}"#
    )
    writer.reset()
    writer.array { $0.write(false) }
    #expect(writer.text == "[false]")
  }

  @Test func controlCharactersLeaveEscaped() {
    let hostile = "a\u{1B}[2J\u{7F}\u{9B}\u{0}é"
    #expect(JSONValue.string(hostile).encoded() == #""a\u001b[2J\u007f\u009b\u0000é""#)
  }

  /// The processor's time for this thread: a busy machine adds nothing to it.
  private static func threadTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  @Test func aLargeTextIsQuick() throws {
    let item = #"{"id":"wamid.ABC","text":{"body":"Hi \u00e9 there, what are the prices?"}}"#
    let count = 3 * 1024 * 1024 / (item.utf8.count + 1)
    let text = "[" + Array(repeating: item, count: count).joined(separator: ",") + "]"
    let bytes = Array(text.utf8)
    let started = Self.threadTime()
    let value = try JSONValue.parse(bytes)
    let time = Self.threadTime() - started
    #expect(value.array.count == count)
    // Generous: a debug build; what it catches is quadratic time.
    #expect(time < .seconds(20))
  }
}
