// `inbox-relay check`: would `serve` start? Config, secrets, data directory and event log.
import ArgumentParser
import GRDB
import Model
import Settings

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Check the config and the data.")

  @OptionGroup var options: ConfigOption

  func run() async throws {
    try await reporting {
      let settings = try options.load()
      Output.line("config: ok, \(settings.clients.count) client(s)")
      let directory = DataDirectory(path: settings.data)
      try directory.prepare()
      try await open(directory)
      try verify(directory)
    }
  }

  /// Opens the log and writes to it as `serve` would, unless a relay is at it already.
  private func open(_ directory: DataDirectory) async throws {
    do {
      let lock = try InstanceLock(directory: directory)
      let log = try SQLiteEventLog(directory: directory.path)
      try await log.probe()
      await log.close()
      withExtendedLifetime(lock) {}
    } catch let error as ExitError where error.status == .tryLater {
      Output.line("data: a running inbox-relay has it")
    }
  }

  private func verify(_ directory: DataDirectory) throws {
    let reader = try LogFileReader(directory: directory)
    let result = try reader.quickCheck()
    guard result == "ok" else {
      throw ExitError(.badData, "the event log is damaged: \(result); restore it from a backup")
    }
    let status = try reader.status()
    Output.line("data: ok, \(status.events) event(s), newest seq \(status.lastSeq)")
  }
}
