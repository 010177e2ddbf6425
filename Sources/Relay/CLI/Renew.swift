// `inbox-relay renew`: the whole machine went back to a snapshot, which no file can tell. Clients
// read everything that is left again, and drop what they have.
import ArgumentParser
import Model
import Settings

struct Renew: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give the event log a new id, after its machine went back to a snapshot.",
    discussion: "A log that was put back as a file is recognised without this."
  )

  @OptionGroup var options: ConfigOption

  func run() async throws {
    try await reporting {
      let directory = DataDirectory(path: try options.load().data)
      try directory.prepare()
      let lock = try InstanceLock(directory: directory)
      let log = try SQLiteEventLog(directory: directory.path)
      let id = try await log.renew()
      await log.close()
      Output.line("the event log is now \(id); every client reads it from the start")
      withExtendedLifetime(lock) {}
    }
  }
}
