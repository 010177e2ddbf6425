// What scripts rely on: exit codes, one clear line for each thing that is wrong, no secrets.
import Foundation
import Model
import TestSupport
import Testing

@Suite(.serialized, .ownThreads)
struct CommandTests {
  @Test func mistakesEndWithTheirCodeAndOneLine() throws {
    let world = try World()
    try expect(world.inbox("lead", "show", "99"), 66, "lead list")
    try expect(world.inbox("lead", "stage", "99", "Won"), 66, "no lead 99")
    try expect(world.inbox("send", "--lead", "99", "--text", "x"), 66, "no lead 99")
    try expect(world.inbox("user", "passwd", "nobody@x.de", "--password-stdin"), 66, "nobody@x.de")
    try expect(world.inbox("event", "show", "7"), 66, "event list")
    try expect(world.inbox("nonsense"), 64, "no command \"nonsense\"")
    #expect(try world.inbox("lead", "show", "many").status == 64)
  }

  @Test func aClosedWindowRefusesToSend() throws {
    let world = try World()
    let old = Int(Date().timeIntervalSince1970) - 30 * 3600
    let body = """
      {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":\
      "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"1",\
      "phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Old"},"wa_id":\
      "4915100000099"}],"messages":[{"from":"4915100000099","id":"wamid.OLD","timestamp":"\(old)",\
      "type":"text","text":{"body":"long ago"}}]}}]}]}
      """
    #expect(try world.post(Data(body.utf8)) == 200)
    try #require(world.inbox("worker", "--once").status == 0)
    let id = try #require(try world.rows("lead", "list").first?["id"].text)
    try expect(world.inbox("send", "--lead", id, "--text", "too late"), 77, "window")
  }

  @Test func theAppNeedsATerminalAndSaysWhatElseThereIs() throws {
    let world = try World()
    try expect(world.inbox(), 69, "subcommand")
  }

  @Test func aBadConfigNamesFileLineAndKey() throws {
    let world = try World()
    let path = world.folder.path + "/bad.toml"
    try Data("[app]\nundo_send_seconds = \"soon\"\nundo = 1\n".utf8)
      .write(to: URL(fileURLWithPath: path))
    let result = try Program.run("inbox", ["lead", "list", "--config", path, "--data", world.data])
    #expect(result.status == 78)
    #expect(result.errors.contains("bad.toml:2: app.undo_send_seconds"))
    #expect(result.errors.contains("bad.toml:3: app.undo"))
  }

  @Test func aDataFolderThatCannotBeUsedIsNamed() throws {
    let world = try World()
    let file = world.folder.path + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    let result = try Program.run("inbox", ["lead", "list", "--data", file + "/below"])
    #expect(result.status == 69)
    #expect(result.errors.contains(file))
  }

  @Test func doctorChecksEverythingAndShowsNoSecret() throws {
    let world = try World()
    let findings = try world.rows("doctor")
    let states = Dictionary(
      findings.map { ($0["check"].text ?? "", $0["state"].text ?? "") },
      uniquingKeysWith: { $1 }
    )
    #expect(states["config"] == "ok")
    #expect(states["relay"] == "ok")
    #expect(states["channel wa-main"] == "ok")
    #expect(states["data"] == "ok")
    let text = try world.inbox("doctor").output
    for secret in [World.token, World.secret, "wa-token", "ig-token"] {
      #expect(!text.contains(secret))
    }
    let log = try String(contentsOfFile: world.data + "/log/inbox.log", encoding: .utf8)
    #expect(!log.contains("wa-token") && !log.contains(World.token))
  }

  @Test func changesByScriptsAreInTheLeadsHistory() throws {
    let world = try World()
    try world.say("Hi", from: "4915100000020", name: "Noa")
    try #require(world.inbox("worker", "--once").status == 0)
    let id = try #require(try world.rows("lead", "list").first?["id"].text)
    #expect(try world.inbox("lead", "stage", id, "interested").status == 0)
    #expect(try world.inbox("lead", "note", id, "knee injury").status == 0)
    try expect(world.inbox("lead", "stage", id, "Lost"), 77, "reason")
    let lead = try #require(try world.rows("lead", "show", id).first)
    #expect(lead["stage"].text == "Interested")
    #expect(lead["notes"][0]["text"].text == "knee injury")
    #expect(lead["activity"].array.compactMap { $0["verb"].text } == ["note", "stage", "created"])
    #expect(lead["activity"][0]["actor"].text?.hasPrefix("cli:") == true)
  }

  private func expect(
    _ result: Program.Result,
    _ status: Int32,
    _ words: String,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(result.status == status, "\(result.errors)", sourceLocation: location)
    #expect(result.errors.contains(words), "\(result.errors)", sourceLocation: location)
    #expect(result.errors.split(separator: "\n").count == 1, sourceLocation: location)
    #expect(result.output.isEmpty, sourceLocation: location)
  }
}
