// Every kind of mistake in a config, with the exact line a person reads.
import Settings
import Testing

/// The error lines of `text`, read as the file `c.toml`.
private func mistakes(
  _ text: String,
  for program: Program = .inbox,
  environment: [String: String] = [:]
) -> [String] {
  do {
    _ = try Configuration.parse(
      text,
      file: "c.toml",
      for: program,
      environment: Environment(environment)
    )
    return []
  } catch {
    return error.description.split(separator: "\n").map(String.init)
  }
}

@Suite struct ConfigurationErrorTests {
  @Test func namesUnknownSectionsAndKeys() {
    let text = """
      [app]
      undo = 3

      [rely]
      url = "http://x"
      """
    #expect(
      mistakes(text) == [
        "c.toml:2: app.undo: unknown key; [app] knows undo_send_seconds, show_read, show_typing, "
          + "theme, colors, emoji, enter, mouse, notify, notify_quiet, escape_delay_ms",
        "c.toml:4: rely: unknown; the file's sections are [app], [[theme]], [store], [[gym]], "
          + "[relay], [relay_server], [[channel]]",
      ]
    )
  }

  @Test func namesWhatIsWrongWithTheScreen() {
    let text = """
      [app]
      theme = "ocean"
      mouse = "no"
      notify_quiet = "late"
      [[theme]]
      name = "reef"
      accent = "turquoise"
      [[theme]]
      name = "mono"
      from = "reef"
      """
    #expect(
      mistakes(text) == [
        "c.toml:2: app.theme: is \"ocean\"; must be terminal, soft, vivid, high-contrast, mono, "
          + "reef or mono",
        "c.toml:3: app.mouse: is a string; must be true or false, without quotes",
        "c.toml:4: app.notify_quiet: is \"late\"; must be two times of day, such as 22:00-07:00",
        "c.toml:7: theme.accent: is \"turquoise\"; must be colours and attributes, such as "
          + "\"bold #ff8800 on black\"",
        "c.toml:9: theme.name: \"mono\" comes with inbox; choose another name",
        "c.toml:10: theme.from: is \"reef\"; must be terminal, soft, vivid, high-contrast or mono",
      ]
    )
  }

  @Test func namesWrongTypesAndRanges() {
    let text = """
      [app]
      undo_send_seconds = "8"
      [store]
      path = 7
      journal_days = 0
      """
    #expect(
      mistakes(text) == [
        "c.toml:2: app.undo_send_seconds: is a string; must be a whole number from 0 to 60",
        "c.toml:4: store.path: is a whole number; must be a string in quotes",
        "c.toml:5: store.journal_days: is 0; must be a whole number from 1 to 3650",
      ]
    )
  }

  @Test func checksOtherProgramsKeysByNameAndType() {
    let text = """
      [relay_server]
      listen = 80
      verify_token_file = "/nowhere/at/all"
      [[relay_server.client]]
      tokn = "x"
      """
    #expect(
      mistakes(text) == [
        "c.toml:2: relay_server.listen: is a whole number; must be a string in quotes",
        "c.toml:5: relay_server.client.tokn: unknown key; [[relay_server.client]] knows name, "
          + "token, token_file, token_env",
      ]
    )
  }

  @Test func refusesTwoFormsOfASecret() {
    let text = """
      [relay]
      url = "http://x"
      token = "a"
      token_env = "B"
      """
    #expect(
      mistakes(text) == [
        "c.toml:4: relay.token_env: token is given twice, also as token; keep one"
      ]
    )
  }

  @Test func neverRepeatsTheValueOfASecretKey() {
    let text = """
      [relay]
      url = "http://x"
      token_file = "EAAG-pasted-by-mistake"
      [[channel]]
      id = "a"
      kind = "messenger"
      gym = "g"
      page_id = "1"
      access_token_env = "EAAG-pasted-by-mistake"
      """
    #expect(
      mistakes(text) == [
        "c.toml:3: relay.token_file: the file it names can't be read: No such file or directory",
        "c.toml:9: channel.access_token_env: the environment variable it names is not set; "
          + "set it or use another form",
      ]
    )
  }

  @Test func namesWhatIsMissing() {
    let text = """
      # A comment, and a value over several lines.
      [[gym]]
      id = "a"
      name = \"\"\"
      The
      Gym\"\"\"

      [[channel]]
      id = "w"
      kind = "whatsapp"
      gym = "a"
      access_token = "t"

      [[channel]]
      id = "i"
      kind = "tiktok"
      gym = "a"
      """
    #expect(
      mistakes(text) == [
        "c.toml:8: channel.phone_number_id: missing; a whatsapp channel needs it",
        "c.toml:14: channel.access_token: missing; give access_token, access_token_file or "
          + "access_token_env",
        "c.toml:16: channel.kind: is \"tiktok\"; must be whatsapp, instagram or messenger",
      ]
    )
  }

  @Test func namesWrongAddressesZonesAndRepeats() {
    let text = """
      [relay]
      url = "relay.example.org"
      token = "t"
      [[gym]]
      id = "a"
      name = "A"
      timezone = "Europe/Atlantis"
      country = "DEU"
      [[gym]]
      id = "a"
      name = "B"
      """
    #expect(
      mistakes(text) == [
        "c.toml:2: relay.url: is \"relay.example.org\"; must be an address such as "
          + "https://relay.example.org",
        "c.toml:7: gym.timezone: is \"Europe/Atlantis\"; must be a time zone this machine knows, "
          + "such as Europe/Berlin",
        "c.toml:8: gym.country: is \"DEU\"; must be a country's two letters, such as DE",
        "c.toml:10: gym.id: \"a\" is taken by another; each needs its own",
      ]
    )
  }

  @Test func placesSyntaxErrors() throws {
    let lines = mistakes("[app]\nundo_send_seconds = = 3\n")
    #expect(lines.count == 1)
    #expect(try #require(lines.first).hasPrefix("c.toml:2: "))
  }

  @Test func namesWhatTheRelayLacks() {
    #expect(
      mistakes("", for: .relay) == [
        "c.toml:1: relay_server: missing; inbox-relay needs a [relay_server] section"
      ]
    )
    let text = """
      [relay_server]
      listen = "8787"
      app_secrets = ["a", 3]
      tls_key_file = "k.pem"
      """
    #expect(
      mistakes(text, for: .relay) == [
        "c.toml:1: relay_server.verify_token: missing; give verify_token, verify_token_file or "
          + "verify_token_env",
        "c.toml:1: relay_server.client: missing; give at least one [[relay_server.client]] with "
          + "a name and a token",
        "c.toml:1: relay_server.tls_certificate_file: missing; TLS needs the key and its "
          + "certificate",
        "c.toml:2: relay_server.listen: is \"8787\"; must be HOST:PORT, such as 127.0.0.1:8787 or "
          + "[::1]:8787",
        "c.toml:3: relay_server.app_secrets: must be an array of strings, none of them empty",
      ]
    )
  }

  @Test func escapesControlCharactersFromTheFile() {
    // A key written with escapes is placed at its section.
    #expect(
      mistakes("[store]\n\"a\\u001B[31m\" = 1\n") == [
        "c.toml:1: store.a\\u{1b}[31m: unknown key; [store] knows path, journal_days"
      ]
    )
  }

  @Test func refusesASectionWrittenAsATable() {
    #expect(
      mistakes("[gym]\nid = \"a\"\n") == [
        "c.toml:1: gym: must be written as [[gym]], once for each"
      ]
    )
    #expect(
      mistakes("app = 3\n") == ["c.toml:1: app: must be a section, written as [app]"]
    )
  }
}
