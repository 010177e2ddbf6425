// `inbox demo`: a gym with live traffic on this machine: a relay, a simulated provider with
// customers who write and answer, and the real app or worker between them.
import ArgumentParser
import Desk
import Dispatch
import Glibc
import Model
import Settings
import Store
import Worker

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Try everything with simulated customers.",
    discussion: "Nothing leaves this machine. Leaving stops everything it started."
  )

  @Option(help: "Where to keep the demo's data; a temporary folder that is removed otherwise.")
  var data: String?
  @Option(help: "The same seed plays the same customers.") var seed: UInt64 = 1
  @Option(help: "Messages a minute that customers write unprompted.") var rate = 12.0
  @Flag(help: "Run the worker without a screen.") var headless = false
  @Option(name: .customLong("for"), help: "With --headless: end after so many seconds.")
  var seconds = 10.0

  func validate() throws {
    guard rate >= 0, rate <= 6000, seconds > 0, seconds <= 86_400 else {
      throw ValidationError("--rate takes 0 to 6000, --for up to 86400 seconds.")
    }
  }

  func run() throws {
    if !headless { try FullScreen.checkTerminal() }
    signal(SIGPIPE, SIG_IGN)
    let folder = try DemoFolder(kept: data)
    defer { folder.remove() }
    var processes = DemoProcesses()
    defer { processes.stop() }
    let configuration = try processes.start(in: folder, rate: rate, seed: seed)
    let installation = try Installation(
      configuration: configuration,
      directory: DataDirectory(path: folder.path)
    )
    try fill(installation)
    if headless {
      try runHeadless(installation)
    } else {
      let hint = DemoUser.all.map { "\($0.email)   password: \($0.password)" }
      let status = try FullScreen(installation: installation, loginHint: hint)
        .run(signInAs: nil)
      if status != 0 { throw ExitCode(status) }
    }
  }

  /// Users and past conversations, unless a kept folder has them already.
  private func fill(_ installation: Installation) throws {
    guard try installation.store.users().isEmpty else { return }
    for user in DemoUser.all {
      _ = try installation.desk.addUser(
        email: user.email,
        name: user.name,
        role: user.role,
        password: Secret(user.password),
        by: .commandLine
      )
    }
    _ = try installation.desk.seedDemo(seed: seed)
  }

  private func runHeadless(_ installation: Installation) throws {
    let worker = try BackgroundWorker(
      store: installation.store,
      setup: installation.workerSetup,
      kind: .headless,
      log: installation.log
    ) { _ in }
    worker.start()
    let pause = DispatchSemaphore(value: 0)
    _ = pause.wait(timeout: .now() + .milliseconds(Int(seconds * 1000)))
    worker.stop()
    let numbers = try installation.desk.dashboard(seat: .commandLine)
    var events = 0
    try installation.store.eachEvent { _ in events += 1 }
    Output.line(
      "demo: \(events) webhooks received, \(numbers.parkedEvents) parked, "
        + "\(numbers.stages.map(\.count).reduce(0, +)) leads, \(numbers.waitingNow) waiting"
    )
  }
}

/// Who may sign in to the demo.
struct DemoUser {
  let name: String
  let email: String
  let password: String
  let role: User.Role

  static let all = [
    DemoUser(name: "Ana Souza", email: "ana@demo.gym", password: "demo-demo", role: .admin),
    DemoUser(name: "Ben Keller", email: "ben@demo.gym", password: "demo-demo", role: .staff),
  ]
}
