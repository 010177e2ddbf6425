// The door of inbox-relay: subcommands, and the one place that prints an error and exits.
import ArgumentParser
import Glibc
import Model
import Settings

@main struct RelayProgram: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox-relay",
    abstract: "Receives provider webhooks, keeps them durably, hands them to inbox.",
    version: "inbox-relay \(ProductVersion.current)",
    subcommands: [Serve.self, Check.self, Stats.self, Renew.self]
  )
}

/// What every subcommand takes.
struct ConfigOption: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The config file.", valueName: "file"))
  var config: String?

  /// The relay's section of the config.
  ///
  /// Throws `ConfigurationError`.
  func load() throws -> Settings.Configuration.RelayServer {
    let configuration = try Settings.Configuration.load(for: .relay, file: config)
    guard let server = configuration.relayServer else {
      throw ExitError(.configuration, "the config has no [relay_server] section")
    }
    return server
  }
}

extension AsyncParsableCommand {
  /// Runs `body`; an error of ours becomes its lines on stderr and its exit code.
  func reporting(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let error as ConfigurationError {
      Output.error(error.description)
      throw ExitCode(error.status.rawValue)
    } catch let error as ExitError {
      Output.error("inbox-relay: \(error.description)")
      throw ExitCode(error.status.rawValue)
    } catch let error as EventLogError {
      Output.error("inbox-relay: \(error.description)")
      throw ExitCode(ExitStatus.unavailable.rawValue)
    }
  }
}

/// Lines on the two standard streams, written at once.
enum Output {
  static func line(_ text: String) { write(text, to: STDOUT_FILENO) }
  static func error(_ text: String) { write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array((text + "\n").utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }
}
