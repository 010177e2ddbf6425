// Programs die at the worst moment, and nothing that was promised is lost or done twice.
import Foundation
import Glibc
import Model
import TestSupport
import Testing

@Suite(.serialized, .ownThreads)
struct SurvivalTests {
  @Test func killedWorkerHandsOverToTheOneThatWaits() throws {
    let world = try World()
    try world.inbox("user", "list")
    let first = try worker(world)
    let second = try worker(world)
    defer {
      first.stop()
      second.stop()
    }
    try world.say("one", from: "4915100000010", name: "Kim")
    try world.eventually("the first works") { try world.rows("lead", "list").count == 1 }
    first.kill9()
    try world.say("two", from: "4915100000011", name: "Lee")
    try world.eventually("the second takes over") {
      try world.rows("lead", "list").count == 2
    }
  }

  /// As a service manager that changes its mind: the signal is there before the worker listens.
  @Test func aWorkerThatIsToldToEndAsItStartsEnds() throws {
    let world = try World()
    try world.inbox("user", "list")
    var (early, before) = (sigset_t(), sigset_t())
    sigemptyset(&early)
    sigaddset(&early, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &early, &before)
    let worker = try worker(world)
    worker.process.terminate()
    pthread_sigmask(SIG_SETMASK, &before, nil)
    defer { worker.kill9() }
    #expect(eventually { !worker.process.isRunning })
    #expect(worker.process.terminationReason == .exit)
  }

  @Test func repliesSurviveAWorkerKilledAgainAndAgain() throws {
    let world = try World()
    for number in 0..<6 {
      try world.say("hi \(number)", from: "49151000001\(number)0", name: "P\(number)")
    }
    try #require(world.inbox("worker", "--once").status == 0)
    let leads = try world.rows("lead", "list").compactMap { $0["id"].text }
    try #require(leads.count == 6)
    for (number, lead) in leads.enumerated() {
      // A slower answer each time: the worker dies with it on the way, and with it stored.
      let delay = JSONValue.number("\(number * 100 + 50)")
      try world.fault(["match": "/messages", "delay_ms": delay, "times": 1])
      try world.inbox("send", "--lead", lead, "--text", "reply \(number)")
      let worker = try worker(world)
      try world.eventually("the worker has claimed reply \(number)") {
        try world.status(lead) != "queued"
      }
      worker.kill9()
    }
    try world.eventually("everything is settled") {
      try world.inbox("worker", "--once")
      let statuses = try leads.compactMap { try world.status($0) }
      return !statuses.contains("queued") && !statuses.contains("sending")
    }
    let sent = try world.sent()
    #expect(Set(sent).count == sent.count, "a reply went out twice: \(sent)")
    for (number, lead) in leads.enumerated() {
      let status = try world.status(lead)
      let wasSent = sent.contains("reply \(number)")
      // Never silently lost: what did not arrive is there to be decided on.
      #expect(wasSent || status == "unconfirmed", "reply \(number) is \(status ?? "gone")")
    }
  }

  @Test func aKilledRelayHasEverythingItAnsweredFor() throws {
    let world = try World()
    let bodies = try Fixtures.webhooks()
    var acknowledged = 0
    for (index, body) in bodies.prefix(60).enumerated() {
      if index % 20 == 10 {
        world.relay?.kill9()
        #expect(throws: (any Error).self) { try world.post(body) }
        try world.startRelay()
      }
      if try world.post(body) == 200 { acknowledged += 1 }
    }
    try #require(world.inbox("worker", "--once").status == 0)
    #expect(try world.rows("event", "list").count == acknowledged)
  }

  private func worker(_ world: World) throws -> Program {
    try Program(
      background: "inbox",
      ["worker", "--config", world.config, "--data", world.data]
    )
  }
}

extension World {
  /// The state of the newest message of a lead.
  fileprivate func status(_ lead: String) throws -> String? {
    try rows("message", "list", "--lead", lead).last?["status"].text
  }
}
