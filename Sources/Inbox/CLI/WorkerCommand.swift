// `inbox worker`: the background worker without a screen.
import ArgumentParser
import Glibc
import Logging
import Model
import Settings
import Store
import Worker

struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Receive and send in the background, without a screen."
  )

  @OptionGroup var common: CommonOptions
  @Flag(help: "Do what is due now, then end.") var once = false

  func run() throws {
    guard !once else { return try runOnce(try common.open()) }
    let ending = Self.holdEnding()
    let installation = try common.open()
    guard installation.configuration.relay != nil else {
      throw ExitError(
        .configuration,
        "no [relay] in the config: the worker would not know where to read from"
      )
    }
    signal(SIGPIPE, SIG_IGN)
    let worker = try BackgroundWorker(
      store: installation.store,
      setup: installation.workerSetup,
      kind: .headless,
      log: installation.log
    ) { _ in }
    installation.log.notice("inbox worker \(ProductVersion.current) started")
    worker.start()
    // A signal is an event here, not a death: the worker leaves in order.
    var number: Int32 = 0
    withUnsafePointer(to: ending) { _ = sigwait($0, &number) }
    worker.stop()
    installation.log.notice("inbox worker stopped")
  }

  /// Lets the signals that end a worker wait until it asks for them.
  ///
  /// Called before there is another thread, which would take one in its stead. None is lost,
  /// however early it comes: a service manager would wait for a worker that never heard it.
  private static func holdEnding() -> sigset_t {
    var ending = sigset_t()
    sigemptyset(&ending)
    for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&ending, number) }
    pthread_sigmask(SIG_BLOCK, &ending, nil)
    return ending
  }

  private func runOnce(_ installation: Installation) throws {
    signal(SIGPIPE, SIG_IGN)
    let left: BackgroundWorker.Remainder
    do {
      left = try BackgroundWorker.runOnce(
        store: installation.store,
        setup: installation.workerSetup,
        log: installation.log
      )
    } catch BackgroundWorker.OnceError.leaseTaken(let seconds) {
      throw ExitError(
        .tryLater,
        "another process works already and kept the lease for \(seconds) s"
      )
    }
    guard left.queued + left.unconfirmed + left.parked > 0 else { return }
    Output.error(
      "left: \(left.queued) queued, \(left.unconfirmed) unconfirmed, \(left.parked) parked"
    )
  }
}
