// `inbox worker`: the background worker without a screen.
import ArgumentParser
import Dispatch
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
    let installation = try common.open()
    guard !once else { return try runOnce(installation) }
    guard installation.configuration.relay != nil else {
      throw ExitError(
        .configuration,
        "no [relay] in the config: the worker would not know where to read from"
      )
    }
    // A signal is an event here, not a death: the worker leaves in order.
    for number in [SIGTERM, SIGINT, SIGHUP] { signal(number, SIG_IGN) }
    signal(SIGPIPE, SIG_IGN)
    let done = DispatchSemaphore(value: 0)
    let sources = [SIGTERM, SIGINT, SIGHUP].map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler(handler: { @Sendable in _ = done.signal() })
      source.activate()
      return source
    }
    let worker = try BackgroundWorker(
      store: installation.store,
      setup: installation.workerSetup,
      kind: .headless,
      log: installation.log
    ) { _ in }
    installation.log.notice("inbox worker \(ProductVersion.current) started")
    worker.start()
    done.wait()
    worker.stop()
    installation.log.notice("inbox worker stopped")
    for source in sources { source.cancel() }
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
