// A good config: where it is found, what it gives, and that the example in the repository is one.
import Foundation
import Model
import Settings
import Testing

@Suite struct ConfigurationTests {
  @Test func hasDefaultsWithoutAFile() throws {
    let configuration = try Configuration.load(
      for: .inbox,
      environment: Environment(["HOME": "/nonexistent"])
    )
    #expect(configuration.app.undoSendSeconds == 8)
    #expect(configuration.store.journalDays == 90)
    #expect(configuration.relay == nil)
  }

  @Test func aNamedFileMustBeThere() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration.load(for: .inbox, file: "/nonexistent/c.toml", environment: Environment())
    }
    #expect(error.description == "/nonexistent/c.toml: can't be read: No such file or directory")
    #expect(error.status == .configuration)
    #expect(throws: ConfigurationError.self) {
      let environment = Environment(["INBOX_CONFIG": "/nonexistent/c.toml"])
      return try Configuration.load(for: .inbox, environment: environment)
    }
  }

  @Test func theRelayNeedsAFile() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration.load(for: .relay, environment: Environment(["HOME": "/nonexistent"]))
    }
    #expect(error.description.hasSuffix("or name it with --config FILE"))
  }

  @Test func isFoundWhereItIsLookedFor() throws {
    let scratch = try Scratch()
    let folder = scratch.path + "/inbox"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try scratch.write("inbox/config.toml", "[app]\nundo_send_seconds = 1\n")
    let named = try scratch.write("named.toml", "[app]\nundo_send_seconds = 2\n")
    let given = try scratch.write("given.toml", "[app]\nundo_send_seconds = 3\n")
    var variables = ["XDG_CONFIG_HOME": scratch.path]
    func seconds(file: String? = nil) throws -> Int {
      try Configuration.load(for: .inbox, file: file, environment: Environment(variables))
        .app.undoSendSeconds
    }
    #expect(try seconds() == 1)
    variables["INBOX_CONFIG"] = named
    #expect(try seconds() == 2)
    #expect(try seconds(file: given) == 3)
  }

  @Test func readsSecretsInAllForms() throws {
    let scratch = try Scratch()
    try scratch.write("secrets", "one\n\n two \r\n")
    try scratch.write("verify", "v-token\n")
    let text = """
      [relay_server]
      listen = "[::1]:0"
      data = "~/relay"
      verify_token_file = "verify"
      app_secrets_file = "secrets"
      retention_days = 3
      [[relay_server.client]]
      name = "a"
      token = "inline"
      [[relay_server.client]]
      name = "b"
      token_env = "RELAY_B"
      """
    let configuration = try Configuration.parse(
      text,
      file: scratch.path + "/c.toml",
      for: .relay,
      environment: Environment(["HOME": "/home/me", "RELAY_B": "from-env"])
    )
    let server = try #require(configuration.relayServer)
    #expect(server.listen == ListenAddress(host: "::1", port: 0))
    #expect(server.data == "/home/me/relay")
    #expect(server.verifyToken.revealed == "v-token")
    #expect(server.appSecrets.map(\.revealed) == ["one", "two"])
    #expect(server.clients.map(\.token.revealed) == ["inline", "from-env"])
    #expect(server.retentionDays == 3)
    #expect(!"\(server)".contains("inline"))
  }

  @Test func readsGymsAndChannels() throws {
    let text = """
      relay = { url = "https://relay.example.org/", token = "t" }
      [[gym]]
      id = "downtown"
      name = "Downtown"
      timezone = "UTC"
      country = "de"
      [[channel]]
      id = "ig"
      kind = "instagram"
      gym = "Downtown"
      account_id = "178"
      access_token = "x"
      """
    let configuration = try Configuration.parse(text, file: "c.toml", for: .inbox)
    #expect(
      configuration.gyms
        == [Configuration.Gym(id: "downtown", name: "Downtown", zone: "UTC", country: "DE")]
    )
    #expect(configuration.relay?.url == "https://relay.example.org")
    let channel = try #require(configuration.channels.first)
    #expect(channel.kind == .instagram)
    #expect(channel.account == "178")
    #expect(channel.graphURL == "https://graph.instagram.com/v26.0")
  }

  @Test func theExampleParsesForBothPrograms() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "config.example.toml").path
    let scratch = try Scratch()
    // The secrets it names belong to a real machine: point them into a folder of the test.
    var text = try String(contentsOfFile: file, encoding: .utf8)
    text = text.replacingOccurrences(of: "/etc/inbox/", with: scratch.path + "/")
    for name in ["relay.token", "verify.token", "app.secrets", "wa.token", "ig.token"] {
      try scratch.write(name, "secret\n")
    }
    let inbox = try Configuration.parse(text, file: file, for: .inbox)
    #expect(inbox.channels.map(\.id) == ["wa-main", "ig-main"])
    #expect(inbox.gyms.map(\.id) == ["downtown"])
    let relay = try Configuration.parse(text, file: file, for: .relay)
    #expect(relay.relayServer?.clients.map(\.name) == ["front-desk"])
    // What is commented out is right as well, and is the default.
    let uncommented = text.replacingOccurrences(
      of: #"(?m)^# ([a-z_]+ = )"#,
      with: "$1",
      options: .regularExpression
    )
    #expect(uncommented != text)
    let full = try Configuration.parse(uncommented, file: file, for: .inbox)
    #expect(full.app == inbox.app)
    #expect(full.store.journalDays == inbox.store.journalDays)
    #expect(full.channels == inbox.channels)
    let examples = text.replacingOccurrences(
      of: #"(?m)^#   "#,
      with: "",
      options: .regularExpression
    )
    let screen = try Configuration.parse(examples, file: file, for: .inbox)
    #expect(screen.app.colors == "256" && screen.app.emoji == "glyph")
    #expect(screen.app.notifyQuiet == HoursOfDay("22:00-07:00"))
    let harbour = try #require(screen.themes.first)
    #expect(harbour.looks["accent"]?.foreground == .rgb(0x5F, 0xAF, 0xD7))
    #expect(harbour.looks["selected"]?.background == .palette(24))
    #expect(harbour.looks["selected"]?.attributes == [.bold])
    let server = try #require(
      try Configuration.parse(uncommented, file: file, for: .relay).relayServer
    )
    #expect(server.listen == Configuration.RelayServer.defaultListen)
    #expect(server.data == Configuration.RelayServer.defaultData)
    #expect(server.retentionDays == relay.relayServer?.retentionDays)
  }
}

@Suite struct DataDirectoryTests {
  @Test func isChosenInOrder() throws {
    func path(
      _ explicit: String?,
      _ configured: String?,
      _ variables: [String: String]
    ) throws -> String {
      try DataDirectory.inbox(
        explicit: explicit,
        configured: configured,
        environment: Environment(variables)
      ).path
    }
    let all = ["INBOX_DATA": "/env", "XDG_DATA_HOME": "/xdg", "HOME": "/home/me"]
    #expect(try path("/flag", "/file", all) == "/flag")
    #expect(try path(nil, "/file", all) == "/env")
    #expect(try path(nil, "/file", ["HOME": "/home/me"]) == "/file")
    #expect(try path(nil, nil, ["XDG_DATA_HOME": "/xdg", "HOME": "/home/me"]) == "/xdg/inbox")
    #expect(try path(nil, nil, ["HOME": "/home/me"]) == "/home/me/.local/share/inbox")
    #expect(throws: ExitError.self) { try path(nil, nil, [:]) }
  }

  @Test func isMadePrivate() throws {
    let scratch = try Scratch()
    let data = DataDirectory(path: scratch.path + "/a/b")
    try data.prepare()
    #expect(try scratch.mode("/a/b") == 0o700)
    #expect(chmod(data.path, 0o755) == 0)
    try data.prepare()
    #expect(try scratch.mode("/a/b") == 0o700)
  }

  @Test func saysWhatIsWrong() throws {
    let scratch = try Scratch()
    let file = try scratch.write("file", "")
    let error = try #require(throws: ExitError.self) {
      try DataDirectory(path: file + "/data").prepare()
    }
    #expect(error.description.contains("Not a directory"))
    #expect(chmod(scratch.path, 0o1777) == 0)
    let shared = try #require(throws: ExitError.self) {
      try DataDirectory(path: scratch.path).prepare()
    }
    #expect(shared.status == .notPermitted)
  }
}
