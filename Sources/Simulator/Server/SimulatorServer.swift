// Assembles the server: routes, the simulation behind them, the posters beside them.
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// Everything that `serve` runs, given values only.
struct SimulatorServer: Sendable {
  let simulation: Simulation
  let poster: WebhookPoster
  let listen: ListenAddress
  let logger: Logger
  /// How many webhooks are under way at once: one keeps their order, a load run wants more.
  var lanes = 1

  func router() -> Router<SimulatorContext> {
    let router = Router(context: SimulatorContext.self)
    ControlRoutes(simulation: simulation).add(to: router)
    GraphRoutes(simulation: simulation).add(to: router)
    return router
  }

  /// Serves until SIGTERM or SIGINT; `announce` gets the address once it listens.
  func run(announce: @escaping @Sendable (String) -> Void) async throws {
    try await application(announce: announce)
      .runService(gracefulShutdownSignals: [.sigterm, .sigint])
  }

  /// The server and the posters beside it, not yet running.
  func application(
    announce: @escaping @Sendable (String) -> Void
  ) -> some ApplicationProtocol {
    let simulation = simulation
    let host = listen.host.contains(":") ? "[\(listen.host)]" : listen.host
    var quiet = logger
    quiet.logLevel = max(.error, logger.logLevel)
    var application = Application(
      router: router(),
      configuration: .init(address: .hostname(listen.host, port: listen.port)),
      onServerRunning: { channel in
        let origin = "http://\(host):\(channel.localAddress?.port ?? 0)"
        await simulation.start(origin: origin)
        announce(origin)
      },
      logger: quiet
    )
    application.addServices(PostingService(poster: poster, simulation: simulation, lanes: lanes))
    return application
  }
}

/// Runs the poster's lanes until the server stops, or could not start.
private struct PostingService: Service {
  let poster: WebhookPoster
  let simulation: Simulation
  let lanes: Int

  func run() async throws {
    await withTaskCancellationOrGracefulShutdownHandler {
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<lanes { group.addTask { await poster.run() } }
      }
    } onCancelOrGracefulShutdown: {
      Task {
        await simulation.stop()
        await poster.stop()
      }
    }
  }
}
