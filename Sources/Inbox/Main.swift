// The program `inbox`: without a subcommand the full-screen app, with one a tool for scripts. One
// place here turns every error into a line on stderr and an exit code.
import ArgumentParser
import Desk
import Glibc
import Model
import Settings
import Store
import Worker

@main
struct InboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox",
    abstract: "Work a gym's leads from the terminal.",
    discussion: """
      Without a subcommand the full-screen inbox opens:
      inbox [--as EMAIL] [--plain] [--config FILE] [--data DIR]

      --as EMAIL      Sign in as this user without a password.
      --plain         Lines instead of a full screen, for screen readers; INBOX_PLAIN=1 too.
      --config FILE   The config file; every subcommand takes it.
      --data DIR      The data directory; every subcommand takes it.
      """,
    version: ProductVersion.current,
    subcommands: [
      OpenCommand.self, SetupCommand.self, DemoCommand.self, WorkerCommand.self,
      DoctorCommand.self, UserCommand.self, LeadCommand.self, MessageCommand.self,
      NoticeCommand.self,
      SendCommand.self, TemplateCommand.self, SearchCommand.self, EventCommand.self,
      BackupCommand.self,
      CheckCommand.self, RestoreCommand.self, SeedCommand.self, ExportCommand.self,
    ],
    defaultSubcommand: OpenCommand.self
  )

  static func main() {
    let arguments = CommonOptions.afterSubcommand(Array(CommandLine.arguments.dropFirst()))
    do {
      try checkCommand(arguments)
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      leave(error)
    }
  }

  /// A mistyped subcommand would be taken for an argument of the app's own.
  private static func checkCommand(_ arguments: [String]) throws {
    guard let first = arguments.first, !first.hasPrefix("-"), first != "help" else { return }
    let known = configuration.subcommands.map { $0._commandName }
    guard !known.contains(first) else { return }
    throw ExitError(.usage, "there is no command \"\(first)\"; inbox --help lists them")
  }

  /// Says what is wrong and ends the program with the fitting code of sysexits.h.
  private static func leave(_ error: any Error) -> Never {
    guard let status = exitStatus(of: error) else { exit(withError: error) }
    for line in "\(error)".split(separator: "\n") { Output.error("inbox: \(line)") }
    Glibc.exit(status.rawValue)
  }

  private static func exitStatus(of error: any Error) -> ExitStatus? {
    switch error {
    case let error as ExitError: error.status
    case let error as ConfigurationError: error.status
    case is Refusal: .notPermitted
    case let error as StoreError: storeStatus(of: error)
    case let error as BackupError: backupStatus(of: error)
    case is RelayTrouble: .unavailable
    case is BackgroundWorker.OnceError: .tryLater
    case is ExitCode, is CleanExit, is ValidationError: nil
    default: isParserError(error) ? nil : .failed
    }
  }

  private static func storeStatus(of error: StoreError) -> ExitStatus {
    switch error {
    case .newerSchema: .configuration
    case .unusable, .unwritable, .unreadable: .unavailable
    case .busy: .tryLater
    case .noSuchLead, .noSuchMessage, .noSuchStage, .noSuchUser, .noSuchEvent, .noSuchNotice,
      .nothingToUnmerge:
      .noInput
    case .userExists, .leadExists: .badData
    case .noThread, .notRecallable, .notMergeable: .notPermitted
    }
  }

  private static func backupStatus(of error: BackupError) -> ExitStatus {
    switch error {
    case .exists, .unreadable: .badData
    case .inUse: .tryLater
    }
  }

  /// Whether ArgumentParser made the error: it words and codes those itself.
  private static func isParserError(_ error: any Error) -> Bool {
    exitCode(for: error) != .failure
  }
}
