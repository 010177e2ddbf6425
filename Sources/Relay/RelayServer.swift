// Puts the relay together: log, handlers, limits, TLS. `serve` and the tests build it here.
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import Model
import NIOCore
import NIOPosix
import NIOSSL
import Settings

/// What a relay is made of.
struct RelayServer: Sendable {
  /// Bodies in memory at once; a burst of a thousand ordinary webhooks is under 1 MiB.
  static let bodyBudget = 48 << 20

  var settings: Settings.Configuration.RelayServer
  var log: any EventLog
  var logger: Logger
  var limits = ConnectionLimits()
  var budget = BodyBudget(limit: bodyBudget)
  var metrics = RelayMetrics()
  var clock: WallClock = .system

  func webhooks() -> Webhooks {
    Webhooks(
      log: log,
      verifier: SignatureVerifier(secrets: settings.appSecrets),
      verifyToken: settings.verifyToken,
      budget: budget,
      metrics: metrics,
      notices: Notices(logger: logger, clock: clock),
      clock: clock
    )
  }

  /// Every route but that of webhooks themselves, which don't come so far.
  private func router(_ webhooks: Webhooks) -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
    let clients = Clients(settings.clients)
    webhooks.addRoutes(to: router)
    Feed(log: log, clients: clients, metrics: metrics).addRoutes(to: router)
    let health = Health(
      log: log,
      clients: clients,
      metrics: metrics,
      budget: budget,
      readiness: Readiness(clock: clock)
    )
    health.addRoutes(to: router)
    return router
  }

  /// The server; `onListening` gets the port once it listens.
  ///
  /// Throws `ExitError` when the TLS files are no use.
  func application(
    on group: any EventLoopGroup,
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> some ApplicationProtocol {
    let (limits, webhooks) = (limits, webhooks())
    var server = HTTPServerBuilder {
      RelayChannel(responder: $0, limits: limits, webhooks: webhooks)
    }
    if let tls = try settings.tls?.configuration() {
      server = try .tls(server, tlsConfiguration: tls)
    }
    let address = BindAddress.hostname(settings.listen.host, port: settings.listen.port)
    let names = settings.clients.map(\.name)
    let retention = Retention(
      log: log,
      clients: names,
      days: settings.retentionDays,
      logger: logger,
      clock: clock
    )
    return Application(
      router: router(webhooks),
      server: server,
      configuration: ApplicationConfiguration(address: address, backlog: 1024),
      services: [retention],
      onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
      eventLoopGroupProvider: .shared(group),
      logger: logger
    )
  }
}

extension Settings.Configuration.RelayServer.TLS {
  fileprivate func configuration() throws -> TLSConfiguration {
    func load<T>(_ key: String, _ file: String, _ body: () throws -> T) throws -> T {
      do {
        return try body()
      } catch {
        let text = "relay_server.\(key): \(file) is no use: \(error); give a PEM file"
        throw ExitError(.configuration, text.escapingControls)
      }
    }
    let chain = try load("tls_certificate_file", certificateFile) {
      try NIOSSLCertificate.fromPEMFile(certificateFile).map(NIOSSLCertificateSource.certificate)
    }
    let key = try load("tls_key_file", keyFile) {
      try NIOSSLPrivateKey(file: keyFile, format: .pem)
    }
    return .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
  }
}
