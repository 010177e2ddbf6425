// A channel that can't send, by the real programs: what is queued stays, doctor names the fix, and it goes
// on by itself.
import Foundation
import Model
import TestSupport
import Testing

@Suite(.serialized, .ownThreads)
struct PausedChannelTests {
  private func once(_ world: World) throws {
    try #require(world.inbox("worker", "--once").status == 0)
  }

  /// Runs the worker until the condition holds: receipts take a moment to come round.
  private func work(_ world: World, _ what: String, until condition: () throws -> Bool) throws {
    try world.eventually(what) {
      try once(world)
      return try condition()
    }
  }

  private func advice(_ world: World) throws -> JSONValue? {
    // Its status says that something is wrong, here or with the data folder.
    try world.inbox("doctor", "--json").output.split(separator: "\n")
      .map { try JSONValue.parse(String($0)) }
      .first { $0["check"].text == "sending on wa-main" }
  }

  @Test func aPaymentProblemThatReceiptsTellPausesUntilOneGetsThrough() throws {
    let world = try World()
    try world.say("hi", from: "4915100000050", name: "Kim")
    try world.say("hi", from: "4915100000051", name: "Lee")
    try once(world)
    let leads = try world.rows("lead", "list").compactMap { $0["id"].text }
    try #require(leads.count == 2)
    try world.fault(["webhooks": "fail", "code": 131_042])
    try world.inbox("send", "--lead", leads[0], "--text", "first")
    try work(world, "the failure comes back") { try advice(world) != nil }
    let finding = try #require(try advice(world))
    #expect(finding["state"].text == "error")
    #expect(finding["detail"].text?.contains("payment") == true)
    #expect(finding["fix"].text?.contains("tried again") == true)
    let failed = try world.rows("message", "list", "--lead", leads[0]).last
    #expect(failed?["status"].text == "failed")
    try world.inbox("send", "--lead", leads[1], "--text", "second")
    try work(world, "it sends again") { try advice(world) == nil }
    try work(world, "the queue went on") { try world.sent().contains("second") }
    #expect(try world.sent() == ["first", "second"])
  }
}
