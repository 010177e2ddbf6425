// A customer who wants no messages, by the real programs: the door closes with its rule, and they
// open it again themselves.
import Foundation
import Model
import TestSupport
import Testing

@Suite(.serialized, .ownThreads)
struct ConsentJourneyTests {
  @Test func stopClosesTheDoorAndStartOpensIt() throws {
    let world = try World()
    func hear(_ text: String) throws {
      try world.say(text, from: "4915100000060", name: "Kim")
      try world.eventually("\(text) is stored") {
        try #require(world.inbox("worker", "--once").status == 0)
        let lead = try world.rows("lead", "list").first?["id"].text ?? "0"
        return try world.rows("message", "list", "--lead", lead).last?["text"].text == text
      }
    }
    try hear("hello")
    let lead = try #require(try world.rows("lead", "list").first?["id"].text)
    try hear("STOP")
    let refused = try world.inbox("send", "--lead", lead, "--text", "One more thing")
    #expect(refused.status == 77)
    #expect(refused.errors.contains("opted_out"), "\(refused.errors)")
    try hear("START")
    let answer = try world.inbox("send", "--lead", lead, "--text", "Welcome back")
    #expect(answer.status == 0, "\(answer.errors)")
    try world.eventually("the reply leaves") {
      try #require(world.inbox("worker", "--once").status == 0)
      return try world.sent() == ["Welcome back"]
    }
  }
}
