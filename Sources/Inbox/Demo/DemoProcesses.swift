// The relay and the simulator that the demo starts and, whatever happens, stops.
import Glibc
import Model
import Settings

/// Child processes of the demo.
struct DemoProcesses {
  private var children: [ChildProcess] = []

  /// The demo's accounts; any values do, as long as all three programs agree.
  private static let whatsApp = "106540352242922"
  private static let whatsAppBusiness = "102290129340398"
  private static let instagram = "17841400000000000"

  /// Starts both on free ports; returns the app's config.
  mutating func start(in folder: DemoFolder, rate: Double, seed: UInt64) throws -> Configuration {
    let token = Self.randomToken()
    let secret = Self.randomToken()
    let file = folder.servers + "/relay.toml"
    try Self.write(
      """
      [relay_server]
      listen = "127.0.0.1:0"
      data = "\(folder.relay)"
      verify_token = "\(Self.randomToken())"
      app_secrets = ["\(secret)"]
      [[relay_server.client]]
      name = "demo"
      token = "\(token)"
      """,
      to: file
    )
    let relay = try ChildProcess(
      name: "inbox-relay",
      arguments: ["serve", "--config", file],
      errors: folder.servers + "/relay.err"
    )
    children.append(relay)
    let relayURL = try relay.address()
    let simulator = try ChildProcess(
      name: "inbox-sim",
      arguments: [
        "serve", "--listen", "127.0.0.1:0", "--relay", relayURL, "--secret-env",
        "INBOX_DEMO_SECRET", "--rate", String(rate), "--seed", String(seed),
        "--whatsapp-account", "\(Self.whatsApp):\(Self.whatsAppBusiness)", "--instagram-account",
        Self.instagram,
      ],
      environment: ["INBOX_DEMO_SECRET=\(secret)"],
      errors: folder.servers + "/sim.err"
    )
    children.append(simulator)
    return configuration(relay: relayURL, token: token, graph: try simulator.address())
  }

  private func configuration(relay: String, token: String, graph: String) -> Configuration {
    var configuration = Configuration()
    configuration.gyms = [
      Configuration.Gym(
        id: "downtown",
        name: "Downtown",
        zone: ZoneRules.hostZoneName(),
        country: "DE"
      )
    ]
    configuration.relay = Configuration.Relay(url: relay, token: Secret(token))
    configuration.channels = [
      Configuration.Channel(
        id: "wa-main",
        kind: .whatsapp,
        gym: "downtown",
        account: Self.whatsApp,
        businessAccount: Self.whatsAppBusiness,
        accessToken: Secret("demo"),
        graphURL: graph + "/v26.0"
      ),
      Configuration.Channel(
        id: "ig-main",
        kind: .instagram,
        gym: "downtown",
        account: Self.instagram,
        accessToken: Secret("demo"),
        graphURL: graph + "/v26.0"
      ),
    ]
    return configuration
  }

  /// Asks them to end, last started first, and makes sure that they do.
  mutating func stop() {
    for child in children.reversed() { child.stop() }
    children = []
  }

  private static func randomToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return String(generator.next() as UInt64, radix: 36)
      + String(generator.next() as UInt64, radix: 36)
  }

  private static func write(_ text: String, to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    let bytes = Array(text.utf8)
    guard file >= 0, Glibc.write(file, bytes, bytes.count) == bytes.count else {
      throw ExitError(.unavailable, "\(path) can't be written: \(String(cString: strerror(errno)))")
    }
    close(file)
  }
}
