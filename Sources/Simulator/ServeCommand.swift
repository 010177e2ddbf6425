// `inbox-sim serve`: reads the options, then runs the server until it is told to stop.
import ArgumentParser
import Glibc
import Logging
import Model
import NIOCore

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the Graph API and play customers who write to the relay.",
    discussion: """
      Prints one line, 'inbox-sim listening on http://HOST:PORT', once it listens. Tests steer it \
      by GET /_sim/sent and POST /_sim/say, /_sim/form (a lead form), /_sim/fault; DELETE \
      /_sim/fault clears faults.
      """
  )

  @Option(help: "Where to listen, HOST:PORT; port 0 takes a free one.")
  var listen = "127.0.0.1:9797"

  @Option(help: "The relay's base address, http://HOST:PORT; webhooks go to /webhooks/meta.")
  var relay: String

  @Option(help: "The app secret that webhooks are signed with.")
  var secret: String?

  @Option(help: "An environment variable that holds the secret.")
  var secretEnv: String?

  @Option(help: "A file that holds the secret.")
  var secretFile: String?

  @Option(help: "Unprompted messages a minute. At 0 nobody writes or answers by themselves.")
  var rate = 0.0

  @Option(help: "The same seed plays the same customers.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp(stringLiteral: FaultSpec.help))
  var faults = ""

  @Option(help: "A WhatsApp number customers write to, PHONE_NUMBER_ID[:WABA_ID]. Repeatable.")
  var whatsappAccount: [String] = []

  @Option(help: "An Instagram account customers write to. Repeatable.")
  var instagramAccount: [String] = []

  @Option(help: "A Facebook Page whose conversations are Messenger's. Repeatable.")
  var messengerAccount: [String] = []

  func run() async throws {
    let server = try makeServer()
    do {
      try await server.run { origin in
        Self.say("inbox-sim listening on \(origin)", to: STDOUT_FILENO)
      }
    } catch let error as IOError {
      let reason =
        error.errnoCode == EADDRINUSE
        ? "is in use: choose another with --listen, or port 0 for a free one"
        : "can't be listened on: \(String(cString: strerror(error.errnoCode)))"
      throw Self.stop("\(listen) \(reason)", EX_UNAVAILABLE)
    }
  }

  private func makeServer() throws -> SimulatorServer {
    guard let address = ListenAddress(listen) else {
      throw Self.stop("--listen must be HOST:PORT, such as 127.0.0.1:9797", EX_USAGE)
    }
    guard let relayAddress = RelayAddress(relay) else {
      throw Self.stop("--relay must be http://HOST:PORT, such as http://127.0.0.1:8787", EX_USAGE)
    }
    guard rate >= 0, rate.isFinite else {
      throw Self.stop("--rate must be 0 or more messages a minute", EX_USAGE)
    }
    let table: FaultTable
    do {
      table = try FaultSpec.parse(faults)
    } catch {
      throw Self.stop("--faults: \(error.reason)", EX_USAGE)
    }
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    let logger = Logger(label: "inbox-sim")
    let secret = try SecretSource(value: secret, environment: secretEnv, file: secretFile).read()
    let poster = WebhookPoster(
      client: RelayClient(relayAddress),
      signer: WebhookSigner(secret: secret),
      logger: logger
    )
    let world = World(
      accounts: accounts(),
      rate: rate,
      seed: seed,
      faults: table,
      now: WallClock.system.now()
    )
    return SimulatorServer(
      simulation: Simulation(world, poster: poster),
      poster: poster,
      listen: address,
      logger: logger,
      // 600 a minute are ten a second: below that one lane keeps up and keeps the order.
      lanes: rate > 600 ? 8 : 1
    )
  }

  private func accounts() -> Accounts {
    var accounts = Accounts()
    let standard = accounts.whatsapp[0]
    if !whatsappAccount.isEmpty || !instagramAccount.isEmpty || !messengerAccount.isEmpty {
      accounts.whatsapp = whatsappAccount.map { text in
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        return WhatsAppAccount(
          phoneNumberID: parts[0],
          businessID: parts.count > 1 ? parts[1] : standard.businessID
        )
      }
      accounts.instagram = instagramAccount
      accounts.messenger = messengerAccount
    }
    return accounts
  }

  /// Writes a line at once, past any buffer.
  private static func say(_ line: String, to file: Int32) {
    let bytes = Array((line + "\n").utf8)
    _ = write(file, bytes, bytes.count)
  }

  static func stop(_ reason: String, _ code: Int32) -> ExitCode {
    say("inbox-sim: \(reason)", to: STDERR_FILENO)
    return ExitCode(code)
  }
}
