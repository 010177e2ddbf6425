// Reads the log of a relay that may be running, from another process: `stats` and `check`.
import Foundation
import GRDB
import Model
import Settings

/// A read-only look at `events.db`.
struct LogFileReader {
  private let path: String
  private let queue: DatabaseQueue

  /// Throws `ExitError` when there is no log.
  init(directory: DataDirectory) throws {
    path = directory.path + "/" + SQLiteEventLog.fileName
    guard FileManager.default.fileExists(atPath: path) else {
      throw ExitError(.noInput, "no event log in \(directory.path); start inbox-relay serve first")
    }
    var configuration = SQLiteEventLog.configuration()
    configuration.readonly = true
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw ExitError(.unavailable, "\(path) can't be opened: \(error)")
    }
  }

  func status() throws -> EventLogStatus {
    try queue.read { database in try LogReader.status(database, path: path) }
  }

  /// `ok`, or what SQLite finds wrong.
  func quickCheck() throws -> String {
    try queue.read { database in
      try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "no answer"
    }
  }
}
