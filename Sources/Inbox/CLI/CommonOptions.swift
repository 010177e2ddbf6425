// Options that every subcommand takes, and the installation they lead to.
import ArgumentParser
import Channels
import Desk
import Glibc
import Logging
import Model
import Settings
import Store
import Worker

/// `--config` and `--data`, before or after the subcommand.
struct CommonOptions: ParsableArguments {
  @Option(name: .customLong("config"), help: "The config file.")
  var configFile: String?

  @Option(name: .customLong("data"), help: "The data directory.")
  var dataDirectory: String?

  /// Moves common options that stand before the subcommand behind everything else, where the
  /// subcommand's own parser finds them.
  static func afterSubcommand(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var moved: [String] = []
    while let first = rest.first {
      if first == "--json" || first.hasPrefix("--config=") || first.hasPrefix("--data=") {
        moved.append(rest.removeFirst())
      } else if first == "--config" || first == "--data", rest.count > 1 {
        moved += [rest.removeFirst(), rest.removeFirst()]
      } else {
        break
      }
    }
    guard let end = rest.firstIndex(of: "--") else { return rest + moved }
    return rest[..<end] + moved + rest[end...]
  }

  func loadConfiguration() throws -> Configuration {
    try Configuration.load(for: .inbox, file: configFile)
  }

  /// Opens the installation; makes its folder and store when they are missing.
  func open() throws -> Installation {
    let configuration = try loadConfiguration()
    let directory = try DataDirectory.inbox(
      explicit: dataDirectory,
      configured: configuration.store.path
    )
    var installation = try Installation(configuration: configuration, directory: directory)
    let file = configFile
    installation.reload = { try? Configuration.load(for: .inbox, file: file) }
    return installation
  }
}

/// `--json` for commands that print data.
struct JSONOption: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Print one JSON object a line.")
  var isJSON = false
}

/// An opened data directory with everything that works on it.
struct Installation: Sendable {
  let configuration: Configuration
  let directory: DataDirectory
  let store: LeadStore
  let desk: FrontDesk
  let logFile: LogFile
  let log: Logger
  /// Reads the config anew; nil when it can't be read now.
  var reload: @Sendable () -> Configuration? = { nil }

  init(
    configuration: Configuration,
    directory: DataDirectory,
    passwords: PasswordHashing = .standard
  ) throws {
    self.configuration = configuration
    self.directory = directory
    try directory.prepare()
    try directory.log.prepare()
    logFile = try LogFile(path: directory.log.path + "/inbox.log")
    log = logFile.logger(label: "inbox")
    store = try LeadStore(directory: directory.path, program: ProductVersion.current)
    desk = FrontDesk(
      store: store,
      undoSendSeconds: configuration.app.undoSendSeconds,
      passwords: passwords
    )
    try desk.adopt(
      gyms: configuration.gyms.map {
        FrontDesk.GymEntry(slug: $0.id, name: $0.name, zone: $0.zone, country: $0.country)
      },
      channels: configuration.channels.map {
        FrontDesk.ChannelEntry(
          id: $0.id,
          kind: $0.kind,
          gym: $0.gym,
          account: $0.account,
          businessAccount: $0.businessAccount
        )
      }
    )
  }

  /// A way out for every request of the program.
  ///
  /// `SSL_CERT_FILE` is read as OpenSSL's own programs do: authorities of one's own, behind a proxy that
  /// opens TLS.
  static func makeTransport() -> any HTTPTransport {
    CurlTransport(caFile: Environment.process["SSL_CERT_FILE"])
  }

  /// What the worker needs from the config.
  var workerSetup: WorkerSetup {
    var setup = WorkerSetup(
      relay: configuration.relay.map { RelayEndpoint(url: $0.url, token: $0.token) },
      credentials: configuration.credentials,
      journalDays: configuration.store.journalDays,
      makeTransport: Self.makeTransport
    )
    setup.presence = PresenceSettings(
      showsRead: configuration.app.showsRead,
      showsTyping: configuration.app.showsTyping
    )
    setup.reload = { [reload] in reload()?.credentials }
    return setup
  }
}

extension Configuration {
  /// Each channel's way to the Graph API, by its id.
  fileprivate var credentials: [String: GraphCredentials] {
    Dictionary(channels.map { ($0.id, GraphCredentials($0)) }) { first, _ in first }
  }
}

extension GraphCredentials {
  /// A channel's way to the Graph API.
  init(_ channel: Configuration.Channel) {
    self.init(
      kind: channel.kind,
      account: channel.account,
      businessAccount: channel.businessAccount,
      token: channel.accessToken,
      baseURL: channel.graphURL,
      limits: SendLimits(channel.kind, sharedWithPhoneApp: channel.isSharedWithPhoneApp)
    )
  }
}

extension Seat {
  /// Whoever runs a command here is trusted as an administrator and audited as `cli:USER`.
  static var commandLine: Seat {
    let name = getpwuid(getuid()).flatMap { String(validatingCString: $0.pointee.pw_name) }
    return Seat(script: "cli:" + (name ?? String(getuid())))
  }
}
