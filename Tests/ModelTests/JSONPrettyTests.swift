// JSON for people: its lines, and what of it is hidden.
import Foundation
import Model
import Testing

@Suite struct JSONPrettyTests {
  @Test func aLineAValueAndTwoColumnsALevel() throws {
    let json = try JSONValue.parse(#"{"a":[1,{"b":"x\u001b"}],"c":{},"d":[]}"#)
    #expect(
      json.prettyLines() == [
        "{", #"  "a": ["#, "    1,", "    {", #"      "b": "x\u001b""#, "    }", "  ],",
        #"  "c": {},"#, #"  "d": []"#, "}",
      ]
    )
    let again = try JSONValue.parse(json.prettyLines().joined(separator: "\n"))
    #expect(again == json)
  }

  @Test func nothingThatNamesSomebodyIsLeft() throws {
    let json = try JSONValue.parse(
      """
      {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","time":1739321024,
      "changes":[{"field":"messages","value":{"metadata":{"display_phone_number":"15550783881",
      "phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Sheena Nelson"},
      "wa_id":"16505551234"}],"messages":[{"from":"16505551234","id":"wamid.HBgLMTY1MDU1NTEyMzQ",
      "timestamp":"1749416383","type":"text","text":{"body":"My knee hurts"},
      "access_token":"EAAG-secret","16505551234":{"x":4915112345678}}]}}]}]}
      """
    )
    let text = json.masked().prettyLines().joined(separator: "\n")
    let hidden = [
      "Sheena", "16505551234", "wamid", "knee", "EAAG", "15550783881", "4915112345678",
    ]
    for word in hidden { #expect(!text.contains(word), "\(word)") }
    let shown = [
      "whatsapp_business_account", "102290129340398", "106540352242922", "\"text\"", "messages",
      "1749416383", "‹13 hidden›",
    ]
    for word in shown { #expect(text.contains(word), "\(word)") }
  }

  @Test func whateverIsHiddenKeepsItsShape() throws {
    let json = try JSONValue.parse(#"{"text":{"body":""},"voice":true,"list":[null,"abc"]}"#)
    #expect(
      json.masked().encoded() == #"{"text":{"body":""},"voice":true,"list":[null,"‹3 hidden›"]}"#
    )
  }
}
