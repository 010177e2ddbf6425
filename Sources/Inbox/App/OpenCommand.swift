// `inbox`: the full-screen app. Opens the installation, the terminal and the worker, and takes them
// down in order.
import ArgumentParser
import Desk
import Glibc
import Logging
import Model
import Screens
import Settings
import Store
import TerminalUI
import Worker

struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "The full-screen inbox (the default).",
    shouldDisplay: false
  )

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("as"), help: "Sign in as this user without a password.")
  var email: String?
  @Flag(help: "Lines instead of a full screen: for screen readers and simple terminals.")
  var plain = false

  func run() throws {
    // Whoever needs lines needs them over SSH too, where the command is forced.
    let isPlain = plain || Environment.process["INBOX_PLAIN"] != nil
    if !isPlain { try FullScreen.checkTerminal() }
    let installation = try common.open()
    let status =
      isPlain
      ? try PlainMode(installation: installation).run(signInAs: email)
      : try FullScreen(installation: installation).run(signInAs: email)
    if status != 0 { throw ExitCode(status) }
  }
}

/// One run of the app, on the main thread.
struct FullScreen {
  let installation: Installation
  /// Shown under the login form.
  var loginHint: [String] = []

  /// Throws when no full screen is to be had, with what to use instead.
  static func checkTerminal() throws {
    let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    guard isTerminal, Environment.process["TERM"] != "dumb" else { throw noScreen }
  }

  private static let noScreen = ExitError(
    .unavailable,
    "no terminal for the full screen; use inbox --plain, or a subcommand: "
      + "lead, message, send, event, user, worker, doctor (see inbox --help)"
  )

  /// Runs until the user leaves; returns the exit code.
  func run(signInAs email: String?) throws -> Int32 {
    let mailbox = Mailbox<AppEvent>()
    let runner = EffectRunner(installation: installation, mailbox: mailbox)
    let start: AppState.Start =
      try installation.store.users().isEmpty
      ? .setup(zone: installation.configuration.gyms.first?.zone ?? ZoneRules.hostZoneName())
      : .login
    // Before the screen opens, so that a wrong e-mail is a plain line.
    let greeting = try email.map { try runner.greet($0) } ?? []

    let outfit = Outfit(installation.configuration)
    let terminal: Terminal
    do {
      let log = open(installation.logFile.path, O_WRONLY | O_APPEND | O_CLOEXEC)
      defer { close(log) }
      var options = outfit.options
      options.logDescriptor = log
      terminal = try Terminal(options)
    } catch { throw Self.noScreen }
    var state = AppState(size: terminal.size, now: WallClock.system.now(), start: start)
    state.loginHint = loginHint
    state.screen = outfit.settings
    let client = AppClient(state: state, terminal: terminal, runner: runner, outfit: outfit)
    for event in greeting { _ = client.handle(.message(event)) }
    if let canvas = client.frame(terminal.size) { terminal.present(canvas) }

    let background = try AppBackground(installation: installation, mailbox: mailbox)
    runner.onSend = { background.nudge() }
    client.background = background
    background.start()
    let end = terminal.run(client, mailbox: mailbox)
    terminal.stop()
    leave(end, runner: runner, background: background)
    return end.status
  }

  /// The terminal is the user's again: now the rest ends in order.
  private func leave(_ end: RuntimeEnd, runner: EffectRunner, background: AppBackground) {
    installation.log.notice("leaving: \(end)")
    runner.finish()
    background.stop()
    guard end == .quit, let counts = try? installation.store.outboxCounts(),
      counts.queued + counts.planned > 0,
      let lease = try? AdvisoryLock(path: installation.directory.path + "/worker.lock"),
      lease.isFree
    else { return }
    let left = counts.queued + counts.planned
    let noun = left == 1 ? "message is" : "messages are"
    Output.error(
      "\(left) \(noun) still queued; they leave as soon as inbox or `inbox worker` runs"
    )
  }
}
