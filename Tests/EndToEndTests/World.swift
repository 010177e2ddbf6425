// A gym on this machine: the real relay, simulator and inbox programs in a temporary folder, driven
// as a person, a script and the provider would.
import Crypto
import Foundation
import Model
import Testing

/// Everything a test needs; stops its programs when it goes.
final class World {
  static let secret = "end-to-end-secret"
  static let token = "end-to-end-token"

  let folder: URL
  private(set) var relay: Program?
  private(set) var simulator: Program?
  private var relayPort = "0"

  var config: String { folder.path + "/config.toml" }
  var data: String { folder.path + "/data" }
  var relayURL: String { relay?.url ?? "" }
  var simulatorURL: String { simulator?.url ?? "" }

  /// Channels beside the two that every world has, as TOML; `{graph}` stands for the simulator.
  private let moreChannels: String

  init(moreChannels: String = "") throws {
    self.moreChannels = moreChannels
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("inbox-e2e-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try writeConfig(relay: "http://127.0.0.1:1", graph: "http://127.0.0.1:1")
    try startRelay()
    simulator = try Program(
      "inbox-sim",
      [
        "serve", "--listen", "127.0.0.1:0", "--relay", relayURL, "--secret", Self.secret,
        "--rate", "0", "--whatsapp-account", "106540352242922:102290129340398",
        "--instagram-account", "17841400000000000", "--messenger-account", "100000000000001",
      ]
    )
    try writeConfig(relay: relayURL, graph: simulatorURL)
  }

  deinit {
    simulator?.stop()
    relay?.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Starts the relay, on the port it had before if it was stopped.
  func startRelay() throws {
    relay = try Program(
      "inbox-relay",
      ["serve", "--config", config, "--listen", "127.0.0.1:\(relayPort)"]
    )
    relayPort = relayURL.split(separator: ":").last.map(String.init) ?? "0"
  }

  /// The same gym, whose provider nobody answers for.
  func configWithoutProvider() throws -> String {
    let path = folder.path + "/refused.toml"
    let text = try String(contentsOfFile: config, encoding: .utf8)
      .replacing("\(simulatorURL)/v26.0", with: "http://127.0.0.1:1/v26.0")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func writeConfig(relay: String, graph: String) throws {
    let text = """
      [relay]
      url = "\(relay)"
      token = "\(Self.token)"
      [relay_server]
      listen = "127.0.0.1:0"
      data = "\(folder.path)/relay"
      verify_token = "verify"
      app_secrets = ["\(Self.secret)"]
      [[relay_server.client]]
      name = "desk"
      token = "\(Self.token)"
      [[gym]]
      id = "downtown"
      name = "Downtown"
      timezone = "Europe/Berlin"
      [[channel]]
      id = "wa-main"
      kind = "whatsapp"
      gym = "downtown"
      phone_number_id = "106540352242922"
      access_token = "wa-token"
      graph_url = "\(graph)/v26.0"
      [[channel]]
      id = "ig-main"
      kind = "instagram"
      gym = "downtown"
      account_id = "17841400000000000"
      access_token = "ig-token"
      graph_url = "\(graph)/v26.0"
      \(moreChannels.replacing("{graph}", with: graph))
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: config))
  }

  /// Runs `inbox` with this world's config and data to its end.
  @discardableResult
  func inbox(_ arguments: String...) throws -> Program.Result {
    try Program.run("inbox", arguments + ["--config", config, "--data", data])
  }

  /// The JSON objects that a command prints.
  func rows(_ arguments: String...) throws -> [JSONValue] {
    let result = try Program.run(
      "inbox",
      arguments + ["--json", "--config", config, "--data", data]
    )
    try #require(result.status == 0, "\(arguments): \(result.errors)")
    return try result.output.split(separator: "\n").map { try JSONValue.parse(String($0)) }
  }

  /// Posts a body to the relay as the provider does; returns the HTTP status.
  func post(_ body: Data, secret: String = World.secret) throws -> Int {
    let code = HMAC<SHA256>.authenticationCode(
      for: body,
      using: SymmetricKey(data: Data(secret.utf8))
    )
    let signature = code.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
    return try HTTP.request(
      "POST",
      relayURL + "/webhooks/meta",
      body: body,
      headers: [
        "Content-Type": "application/json", "X-Hub-Signature-256": "sha256=" + signature,
      ]
    ).status
  }

  /// A customer says something through the simulator.
  func say(_ text: String, from: String, name: String, on channel: String = "whatsapp") throws {
    let body: JSONValue = [
      "from": .string(from), "name": .string(name), "text": .string(text),
      "channel": .string(channel),
    ]
    let answer = try HTTP.request(
      "POST",
      simulatorURL + "/_sim/say",
      body: Data(body.encodedBytes())
    )
    try #require(answer.status == 200, "say: \(answer.status)")
  }

  /// Somebody fills in a lead form with that id.
  func fillForm(_ id: String, _ fields: JSONValue) throws {
    let body: JSONValue = ["id": .string(id), "fields": fields]
    let answer = try HTTP.request(
      "POST",
      simulatorURL + "/_sim/form",
      body: Data(body.encodedBytes())
    )
    try #require(answer.status == 200, "form: \(answer.status)")
  }

  func fault(_ fault: JSONValue) throws {
    let answer = try HTTP.request(
      "POST",
      simulatorURL + "/_sim/fault",
      body: Data(fault.encodedBytes())
    )
    try #require(answer.status == 200)
  }

  func clearFaults() throws {
    try #require(HTTP.request("DELETE", simulatorURL + "/_sim/fault").status == 200)
  }

  /// Texts and captions of the messages that the provider has accepted, oldest first.
  func sent() throws -> [String] {
    let answer = try HTTP.request("GET", simulatorURL + "/_sim/sent")
    return try String(decoding: answer.body, as: UTF8.self).split(separator: "\n").compactMap {
      let body = try JSONValue.parse(String($0))["body"]
      return body["text"]["body"].text ?? body["message"]["text"].text
        ?? body["document"]["caption"].text ?? body["image"]["caption"].text
    }
  }

  /// Waits until `condition` holds.
  func eventually(
    within seconds: Double = 300,
    _ what: String,
    _ condition: () throws -> Bool
  ) throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
      if try condition() { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    if try condition() { return }
    Issue.record("not within \(seconds) s: \(what)")
  }
}
