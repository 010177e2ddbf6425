// `inbox-relay serve`: opens the log, listens, and stops in order at SIGTERM and SIGINT.
import ArgumentParser
import Glibc
import Hummingbird
import Logging
import Model
import NIOCore
import NIOPosix
import Settings

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Receive webhooks until stopped.")

  @OptionGroup var options: ConfigOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Listen here instead of the config's address; port 0 takes a free one.",
      valueName: "host:port"
    )
  )
  var listen: String?

  func run() async throws { try await reporting { try await serve() } }

  private func serve() async throws {
    var settings = try options.load()
    if let listen {
      guard let address = ListenAddress(listen) else {
        let text = "--listen \(listen): must be HOST:PORT, such as 127.0.0.1:8787"
        throw ExitError(.usage, text.escapingControls)
      }
      settings.listen = address
    }
    // A client that goes away must not end the program.
    signal(SIGPIPE, SIG_IGN)
    let directory = DataDirectory(path: settings.data)
    try directory.prepare()
    try directory.log.prepare()
    let lock = try InstanceLock(directory: directory)
    let file = try LogFile(path: directory.log.path + "/relay.log")
    let logger = file.logger(label: "inbox-relay")
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let log = try SQLiteEventLog(directory: directory.path, loop: group.next())
    logger.info("started", metadata: ["version": "\(ProductVersion.current)", "log": "\(log.id)"])
    do {
      try await run(settings, on: group, log: log, logger: logger)
    } catch {
      logger.error("stopped", metadata: ["error": "\(error)"])
      await log.close()
      throw error
    }
    await log.close()
    logger.info("stopped")
    withExtendedLifetime(lock) {}
  }

  private func run(
    _ settings: Settings.Configuration.RelayServer,
    on group: MultiThreadedEventLoopGroup,
    log: SQLiteEventLog,
    logger: Logger
  ) async throws {
    let server = RelayServer(settings: settings, log: log, logger: logger)
    let scheme = settings.tls == nil ? "http" : "https"
    let application = try server.application(on: group) { port in
      let address = ListenAddress(host: settings.listen.host, port: port)
      Output.line("inbox-relay listening on \(scheme)://\(address)")
      ProgramText.release()
    }
    do {
      try await withTaskExecutorPreference(LoopExecutor(loop: group.next())) {
        try await application.runService()
      }
    } catch let error as IOError {
      throw ExitError(cannotListen: settings.listen, code: error.errnoCode)
    } catch let error as SocketAddressError {
      throw ExitError(.configuration, "can't listen on \(settings.listen): \(error)")
    }
  }
}

extension ExitError {
  /// Why the address can't be had, and what to do.
  fileprivate init(cannotListen address: ListenAddress, code: Int32) {
    switch code {
    case EADDRINUSE:
      let text = "is in use; stop the other program or name another address with --listen"
      self.init(.unavailable, "\(address) \(text)")
    case EACCES, EPERM:
      let text = "may not be used by this user; name a port above 1023 with --listen"
      self.init(.notPermitted, "\(address) \(text)")
    default:
      let reason = String(cString: strerror(code))
      self.init(.unavailable, "can't listen on \(address): \(reason)")
    }
  }
}
