// The built program itself: its one line on stdout, kill -9, orderly stop, and its error lines.
import Foundation
import RelayAPI
import Testing

@testable import Relay

/// Where the build put the program: beside the tests.
private let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
  .deletingLastPathComponent().appending(path: "inbox-relay").path

private let isBuilt = FileManager.default.isExecutableFile(atPath: program)

/// A running `inbox-relay serve`.
private struct RunningRelay {
  let process = Process()
  let port: Int

  init(config: String) throws {
    process.executableURL = URL(filePath: program)
    process.arguments = ["serve", "--config", config]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let prefix = "inbox-relay listening on http://127.0.0.1:"
    try #require(line.hasPrefix(prefix) && line.hasSuffix("\n"), "unexpected line: \(line)")
    port = try #require(Int(line.dropFirst(prefix.count).dropLast()))
  }

  func post(_ body: String) throws -> String {
    let connection = try RawConnection(port: port)
    let signature = Fixture.signature(Array(body.utf8))
    connection.send(
      "POST /webhooks/meta HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + "X-Hub-Signature-256: \(signature)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    )
    return String(connection.blockingRead().prefix(12))
  }

  func page() throws -> FeedPage {
    let connection = try RawConnection(port: port)
    connection.send(
      "GET /v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + "Authorization: Bearer \(Fixture.token)\r\n\r\n"
    )
    let answer = connection.blockingRead()
    let body = try #require(answer.range(of: "\r\n\r\n"))
    return try FeedPage.parse(Array(answer[body.upperBound...].utf8))
  }
}

/// What a program that ends by itself says.
private func output(_ arguments: [String]) throws -> (status: Int32, out: String, error: String) {
  let process = Process()
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  let (out, error) = (Pipe(), Pipe())
  process.standardOutput = out
  process.standardError = error
  try process.run()
  let texts = [out, error].map { pipe in
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }
  process.waitUntilExit()
  return (process.terminationStatus, texts[0], texts[1])
}

@Suite(.enabled(if: isBuilt), .serialized) struct ProgramTests {
  private func config(in scratch: Scratch, listen: String = "127.0.0.1:0") throws -> String {
    let path = scratch.path + "/config.toml"
    let text = """
      [relay_server]
      listen = "\(listen)"
      data = "data"
      verify_token = "v"
      app_secrets = ["\(Fixture.secret)"]
      [[relay_server.client]]
      name = "desk"
      token = "\(Fixture.token)"
      """
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  @Test func losesNothingAtKill() throws {
    let scratch = try Scratch()
    let config = try config(in: scratch)
    var posted: [String] = []
    var log = ""
    for round in 0..<3 {
      let relay = try RunningRelay(config: config)
      let page = try relay.page()
      #expect(page.events.map { String(decoding: $0.body, as: UTF8.self) } == posted)
      #expect(page.events.map(\.seq) == posted.indices.map { Int64($0 + 1) })
      if round > 0 { #expect(page.log == log) }
      log = page.log
      for number in 0..<5 {
        let body = "{\"round\":\(round),\"number\":\(number)}"
        #expect(try relay.post(body) == "HTTP/1.1 200")
        posted.append(body)
      }
      kill(relay.process.processIdentifier, SIGKILL)
      relay.process.waitUntilExit()
    }
  }

  @Test func stopsInOrder() throws {
    let scratch = try Scratch()
    let relay = try RunningRelay(config: try config(in: scratch))
    #expect(try relay.post("{}") == "HTTP/1.1 200")
    let poll = try RawConnection(port: relay.port)
    poll.send(
      "GET /v1/events?after=1&wait=30 HTTP/1.1\r\nHost: x\r\n"
        + "Authorization: Bearer \(Fixture.token)\r\n\r\n"
    )
    // The answer to a second request shows that the first has been taken in.
    #expect(try relay.page().events.count == 1)
    relay.process.terminate()
    let answer = poll.blockingRead()
    relay.process.waitUntilExit()
    #expect(relay.process.terminationStatus == 0)
    #expect(relay.process.terminationReason == .exit)
    #expect(answer.isEmpty || answer.contains("\"events\":[]"))
    let stats = try output(["stats", "--json", "--config", scratch.path + "/config.toml"])
    #expect(stats.status == 0)
    #expect(stats.out.contains("\"last_seq\":1"))
  }

  @Test func saysWhatIsWrongInOneLine() throws {
    let scratch = try Scratch()
    let config = try config(in: scratch)
    let relay = try RunningRelay(config: config)
    let second = try output(["serve", "--config", config])
    #expect(second.status == 75)
    #expect(second.error.hasPrefix("inbox-relay: another inbox-relay uses "))
    let elsewhere = try Scratch()
    let taken = try self.config(in: elsewhere, listen: "127.0.0.1:\(relay.port)")
    let inUse = try output(["serve", "--config", taken])
    #expect(inUse.status == 69)
    #expect(
      inUse.error == "inbox-relay: 127.0.0.1:\(relay.port) is in use; stop the other program or "
        + "name another address with --listen\n"
    )
    #expect(inUse.out.isEmpty)
    relay.process.terminate()
    relay.process.waitUntilExit()
    let missing = try output(["serve", "--config", "/nonexistent.toml"])
    #expect(missing.status == 78)
    #expect(missing.error == "/nonexistent.toml: can't be read: No such file or directory\n")
    let check = try output(["check", "--config", config])
    #expect(check.status == 0)
    #expect(check.out == "config: ok, 1 client(s)\ndata: ok, 0 event(s), newest seq 0\n")
    #expect(try output(["serve", "--listen", "x"]).status != 0)
    #expect(try output(["--version"]).out.hasPrefix("inbox-relay "))
  }
}
