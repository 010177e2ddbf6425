// Sending under everything that can go wrong at once: real workers killed at any step, a provider that
// refuses, drops, stalls, garbles and forgets its token. INBOX_STORM_SEED chooses the run, and
// INBOX_STORM_ROUNDS makes it long (`make storm` does both).
import Foundation
import Model
import TestSupport
import Testing

@Suite(.serialized, .ownThreads)
struct FaultStormTests {
  private static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  /// A person who is written to, and what is written, in order.
  private struct Talk {
    var name: String
    var channel: String
    var lead = ""
    var texts: [String] = []
  }

  @Test func everyMessageIsTakenOnceAndInOrder() throws {
    let seed = Self.setting("INBOX_STORM_SEED", 7)
    let rounds = Self.setting("INBOX_STORM_ROUNDS", 12)
    print("INBOX_STORM_SEED=\(seed) INBOX_STORM_ROUNDS=\(rounds)")
    var random = Generator(state: UInt64(seed))
    let world = try World(moreChannels: Fixtures.page)
    var talks = try begin(world)
    var worker: Program?
    defer { worker?.stop() }
    for _ in 0..<rounds {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<talks.count, using: &random)
        let text = "\(talks[place].name)-\(talks[place].texts.count)"
        let result = try write(text, to: talks[place], in: world, &random)
        try #require(result.status == 0, "seed \(seed): \(result.errors)")
        talks[place].texts.append(text)
      }
      try world.fault(Self.fault(&random))
      if worker == nil {
        // Now and then nobody listens where the provider should be.
        let isRefused = Int.random(in: 0..<5, using: &random) == 0
        worker = try start(world, config: isRefused ? world.configWithoutProvider() : world.config)
      }
      Thread.sleep(forTimeInterval: Double.random(in: 0.05...0.6, using: &random))
      if Bool.random(using: &random) {
        worker?.kill9()
        worker = nil
      }
    }
    worker?.stop()
    worker = nil
    try world.clearFaults()
    try settle(world, talks, seed: seed)
    try check(world, talks, seed: seed)
  }

  private func begin(_ world: World) throws -> [Talk] {
    var talks = [
      Talk(name: "ann", channel: "whatsapp"), Talk(name: "bob", channel: "whatsapp"),
      Talk(name: "cid", channel: "instagram"), Talk(name: "dee", channel: "instagram"),
      Talk(name: "eva", channel: "messenger"), Talk(name: "fay", channel: "messenger"),
    ]
    for (number, talk) in talks.enumerated() {
      try world.say("hi", from: "49151000002\(number)0", name: talk.name, on: talk.channel)
    }
    try #require(world.inbox("worker", "--once").status == 0)
    for lead in try world.rows("lead", "list") {
      let place = try #require(talks.firstIndex { $0.name == lead["name"].text }, "\(lead)")
      talks[place].lead = try #require(lead["id"].text)
    }
    try Data("%PDF-1.4\n% a price list\n%%EOF\n".utf8)
      .write(to: world.folder.appendingPathComponent("prices.pdf"))
    return talks
  }

  /// A text; on WhatsApp sometimes a file with that caption, which is uploaded first.
  private func write(
    _ text: String,
    to talk: Talk,
    in world: World,
    _ random: inout Generator
  ) throws -> Program.Result {
    let isFile = Int.random(in: 0..<4, using: &random) == 0
    guard talk.channel == "whatsapp", isFile else {
      return try world.inbox("send", "--lead", talk.lead, "--text", text)
    }
    let file = world.folder.path + "/prices.pdf"
    return try world.inbox("send", "--lead", talk.lead, "--caption", text, "--file", file)
  }

  private func start(_ world: World, config: String? = nil) throws -> Program {
    try Program(
      background: "inbox",
      ["worker", "--config", config ?? world.config, "--data", world.data]
    )
  }

  private static func fault(_ random: inout Generator) -> JSONValue {
    let times = JSONValue(Int.random(in: 1...3, using: &random))
    let faults: [JSONValue] = [
      ["drop": "before", "times": times], ["drop": "after", "times": times],
      ["malformed": true, "times": times], ["status": 500, "times": times],
      ["status": 503, "body": "<html>Bad gateway</html>", "times": times],
      ["code": 131_000, "times": 1], ["code": 130_429, "times": times],
      ["status": 429, "times": times], ["status": 429, "retry_after": 1, "times": times],
      ["code": 131_056, "times": 1], ["code": 613, "times": 1], ["code": 4, "times": 1],
      ["match": "/media", "status": 500, "times": times],
      ["delay_ms": 400, "times": times], ["token": "expired"], ["token": "valid"],
      ["usage": 90], ["usage": 100], ["usage": 5], ["webhooks": "reorder", "times": times],
      ["webhooks": "early", "times": times],
      ["webhooks": "duplicate", "times": times],
    ]
    return faults.randomElement(using: &random) ?? ["token": "valid"]
  }

  /// Lets the worker do its work, and decides like a person who looks in the provider's app.
  private func settle(_ world: World, _ talks: [Talk], seed: Int) throws {
    let worker = try start(world)
    defer { worker.stop() }
    try world.eventually(within: 900, "all is settled (seed \(seed))") {
      var isSettled = true
      for talk in talks {
        for row in try world.rows("message", "list", "--lead", talk.lead)
        where row["direction"].text == "out" {
          switch row["status"].text {
          case "queued", "sending": isSettled = false
          case "unconfirmed":
            isSettled = false
            try decide(row, world)
          default: break
          }
        }
      }
      return isSettled
    }
  }

  /// Receipts settle what was taken by themselves; what is not in the provider's app is sent again.
  private func decide(_ row: JSONValue, _ world: World) throws {
    let text = try #require(row["text"].text)
    guard let id = row["id"].text, try !world.sent().contains(text) else { return }
    _ = try world.inbox("message", "resolve", id, "--again")
  }

  private func check(_ world: World, _ talks: [Talk], seed: Int) throws {
    let sent = try world.sent()
    #expect(Set(sent).count == sent.count, "seed \(seed): sent twice: \(sent)")
    for talk in talks {
      let failed = try world.rows("message", "list", "--lead", talk.lead)
        .filter { $0["status"].text == "failed" }.compactMap { $0["text"].text }
      let arrived = sent.filter { $0.hasPrefix(talk.name + "-") }
      let expected = talk.texts.filter { !failed.contains($0) }
      #expect(arrived == expected, "seed \(seed): \(talk.name), failed \(failed)")
      #expect(failed.count * 2 <= max(2, talk.texts.count), "seed \(seed): too many gave up")
    }
  }
}

/// SplitMix64: a storm that can be repeated.
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
