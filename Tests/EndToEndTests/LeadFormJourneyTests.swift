// A lead form on the gym's page: the lead at once, the answers as soon as the provider gives them, by
// the real programs.
import Foundation
import Model
import TestSupport
import Testing

@Suite(.serialized, .ownThreads)
struct LeadFormJourneyTests {
  let world: World

  init() throws {
    world = try World(
      moreChannels: Fixtures.page
    )
  }

  private static let form = "1900000000000001"

  private func fill() throws {
    try world.fillForm(
      Self.form,
      [
        "full_name": "Mia Sommer", "phone_number": "+49 151 00000061",
        "email": "Mia@Example.org", "what_is_your_goal?": ["Strength", "Sleep"],
      ]
    )
  }

  /// The only lead, once `isSo` of it.
  private func lead(_ what: String, _ isSo: (JSONValue) -> Bool) throws -> JSONValue {
    var found: JSONValue = .null
    try world.eventually(what) {
      try #require(world.inbox("worker", "--once").status == 0)
      guard let id = try world.rows("lead", "list").first?["id"].text else { return false }
      found = try world.rows("lead", "show", id).first ?? .null
      return isSo(found)
    }
    return found
  }

  @Test func theAnswersComeAfterATroubleOfTheProvider() throws {
    try world.fault([
      "match": .string("/" + Self.form), "status": 500, "code": 2, "times": 1,
    ])
    try fill()
    let early = try lead("the lead is there before its answers") { !$0["id"].isNull }
    #expect(early["name"].text != "Mia Sommer")
    #expect(early["first_touch"]["kind"].text == "lead_form")
    let late = try lead("the answers are there") { $0["name"].text == "Mia Sommer" }
    #expect(late["id"].text == early["id"].text)
    #expect(late["source"].text == early["source"].text)
    #expect(late["first_touch"]["headline"].text == "Free trial week")
    let names = late["identities"].array.compactMap { $0["value"].text }
    #expect(names.contains("4915100000061") && names.contains("mia@example.org"), "\(names)")
    let id = try #require(late["id"].text)
    let said = try world.rows("message", "list", "--lead", id).compactMap { $0["text"].text }
    #expect(said.contains { $0.contains("What is your goal?: Strength, Sleep") }, "\(said)")

    // They write: the same lead; where they came from first stays.
    try world.say("hi, I filled in your form", from: "4915100000061", name: "mia")
    let wrote = try lead("the message is hers") { $0["needs_reply"].bool == true }
    #expect(try world.rows("lead", "list").count == 1)
    #expect(wrote["first_touch"] == late["first_touch"])
  }

  @Test func whatTheProviderRefusesIsParkedAndCanBeReplayed() throws {
    try world.fault([
      "match": .string("/" + Self.form), "status": 400, "code": 100, "subcode": 33, "times": 1,
    ])
    try fill()
    try world.eventually("the event is parked") {
      try #require(world.inbox("worker", "--once").status == 0)
      return try world.rows("event", "list").first?["state"].text == "parked"
    }
    let event = try #require(try world.rows("event", "list").first)
    #expect(event["reason"].text?.hasPrefix("the lead form's answers were refused: ") == true)
    #expect(try world.rows("lead", "list").count == 1)
    let sequence = try #require(event["seq"].text)
    #expect(try world.inbox("event", "replay", sequence).status == 0)
    _ = try lead("the answers are there") { $0["name"].text == "Mia Sommer" }
    #expect(try world.rows("event", "list").first?["state"].text == "applied")
  }
}
