// `inbox setup`: the first run at the terminal: gym, admin, relay and channels, each tried at once.
import ArgumentParser
import Channels
import Desk
import Glibc
import Model
import Settings
import Store
import Worker

struct SetupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "Set up the gym, its admin, the relay and the channels.",
    discussion: "Asks for what the options don't say. A config file is written only where none is."
  )

  @OptionGroup var common: CommonOptions
  @Option(help: "The gym's name.") var gym: String?
  @Option(help: "The gym's time zone, such as Europe/Berlin.") var zone: String?
  @Option(help: "The admin's name.") var name: String?
  @Option(help: "The admin's e-mail.") var email: String?
  @Flag(help: "Read the admin's password from stdin, ask nothing.") var passwordStdin = false

  func run() throws {
    if !passwordStdin, isatty(STDIN_FILENO) == 0 {
      throw ExitError(
        .usage,
        "no terminal to ask at; give --gym, --name, --email and --password-stdin"
      )
    }
    let path = try writeConfigurationIfMissing()
    var options = common
    if let path { options.configFile = path }
    let installation = try options.open()
    try makeAdmin(installation)
    check(installation)
    Output.error("Done. Start `inbox` to sign in.")
  }

  private func makeAdmin(_ installation: Installation) throws {
    guard try installation.store.users().isEmpty else {
      return Output.error("There is a user already; `inbox user add` adds more.")
    }
    let first = try installation.store.gyms(.everything).first
    let gymName = first?.name ?? ask(gym, "Gym's name")
    let zoneName = first?.zone ?? ask(zone, "Time zone", preset: ZoneRules.hostZoneName())
    let adminName = ask(name, "Your name")
    let address = ask(email, "Your e-mail")
    let user = try installation.desk.setUp(
      gym: gymName,
      zone: zoneName,
      name: adminName,
      email: address,
      password: try Prompt.newPassword(fromStdin: passwordStdin)
    )
    Output.error("\(user.email) is the admin of \(gymName).")
  }

  private func ask(_ given: String?, _ question: String, preset: String? = nil) -> String {
    if let given { return given }
    guard !passwordStdin else { return preset ?? "" }
    return Prompt.line(question, default: preset) ?? ""
  }

  /// Tries the relay and every channel, and says what works.
  private func check(_ installation: Installation) {
    let configuration = installation.configuration
    if let relay = configuration.relay {
      let client = RelayClient(
        endpoint: RelayEndpoint(url: relay.url, token: relay.token),
        transport: Installation.makeTransport()
      )
      do {
        try client.check()
        Output.error("Relay: works.")
      } catch { Output.error("Relay: \(error)") }
    }
    let graph = GraphClient(transport: Installation.makeTransport())
    for channel in configuration.channels {
      switch graph.checkAccount(GraphCredentials(channel)) {
      case .reachable(let name):
        Output.error("Channel \(channel.id): works (\(name ?? channel.account)).")
      case .blocked(let reason): Output.error("Channel \(channel.id): \(reason)")
      case .refused(let error): Output.error("Channel \(channel.id): \(error.userText)")
      case .unreachable(let reason): Output.error("Channel \(channel.id): \(reason)")
      }
    }
  }
}

// Writing the config of an installation that has none.
extension SetupCommand {
  /// Asks for relay and channels and writes the file; nil when there is one, or nothing was said.
  private func writeConfigurationIfMissing() throws -> String? {
    guard !passwordStdin, try common.loadConfiguration().file == nil,
      let path = Configuration.places(.process).first
    else { return nil }
    guard let url = Prompt.line("Relay's address (empty: later)"), !url.isEmpty else {
      Output.error("No config is written; see config.example.toml for \(path).")
      return nil
    }
    let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex))
    try DataDirectory(path: folder).prepare()
    let token = Prompt.hidden("Relay's client token")
    try store(token, in: folder + "/relay.token")
    var text = """
      [relay]
      url = \(quoted(url))
      token_file = \(quoted(folder + "/relay.token"))

      """
    let gymName = gym ?? Prompt.line("Gym's name") ?? "Gym"
    let zoneName = Prompt.line("Time zone", default: zone ?? ZoneRules.hostZoneName()) ?? "UTC"
    text += """

      [[gym]]
      id = \(quoted(gymName.slug))
      name = \(quoted(gymName))
      timezone = \(quoted(zoneName))

      """
    text += try channel(
      "whatsapp",
      "WhatsApp phone number id",
      key: "phone_number_id",
      gymName,
      folder
    )
    text += try channel("instagram", "Instagram account id", key: "account_id", gymName, folder)
    try write(text, to: path)
    Output.error("Wrote \(path).")
    return path
  }

  private func channel(
    _ kind: String,
    _ question: String,
    key: String,
    _ gym: String,
    _ folder: String
  ) throws -> String {
    guard let account = Prompt.line("\(question) (empty: none)"), !account.isEmpty else {
      return ""
    }
    try store(Prompt.hidden("Access token"), in: "\(folder)/\(kind).token")
    return """

      [[channel]]
      id = "\(kind)"
      kind = "\(kind)"
      gym = \(quoted(gym))
      \(key) = \(quoted(account))
      access_token_file = \(quoted("\(folder)/\(kind).token"))

      """
  }

  private func store(_ secret: Secret?, in path: String) throws {
    try write((secret?.revealed ?? "") + "\n", to: path)
  }

  private func write(_ text: String, to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    let bytes = Array(text.utf8)
    guard file >= 0, Glibc.write(file, bytes, bytes.count) == bytes.count, close(file) == 0 else {
      throw ExitError(.unavailable, "\(path) can't be written: \(String(cString: strerror(errno)))")
    }
  }

  private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7f {
      if scalar == "\"" || scalar == "\\" { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
