// Writes swift-log's events as lines: time, level, trace id, message, key=value. Any thread.
import Logging
import Model

/// The log handler behind every program's `Logger`.
///
/// The metadata key `trace` becomes the trace column; `-` stands for none.
package struct LogFileHandler: LogHandler {
  package var logLevel: Logger.Level = .info
  package var metadata: Logger.Metadata = [:]
  private let file: LogFile
  private let clock: WallClock

  package init(file: LogFile, clock: WallClock = .system) {
    self.file = file
    self.clock = clock
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var fields = metadata
    if let own = event.metadata { fields.merge(own) { $1 } }
    if let error = event.error { fields["error"] = .string(String(describing: error)) }
    file.write(
      LogLine.format(
        at: clock.now(),
        level: event.level,
        message: event.message.description,
        fields: fields
      )
    )
  }
}

extension LogFile {
  /// A logger that writes here.
  package func logger(label: String, clock: WallClock = .system) -> Logger {
    Logger(label: label) { _ in LogFileHandler(file: self, clock: clock) }
  }
}

/// The form of one line.
enum LogLine {
  static func format(
    at time: Timestamp,
    level: Logger.Level,
    message: String,
    fields: Logger.Metadata
  ) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(128)
    time.appendRFC3339(to: &line)
    let trace = fields["trace"].map { quoted("\($0)") } ?? "-"
    line.append(contentsOf: " \(level.rawValue) \(trace) \(message.escapingControls)".utf8)
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) where key != "trace" {
      line.append(contentsOf: " \(key.escapingControls)=\(quoted("\(value)"))".utf8)
    }
    line.append(0x0A)
    return line
  }

  /// In quotes when it holds a space, a quote or nothing at all.
  private static func quoted(_ text: String) -> String {
    let escaped = text.escapingControls
    let isPlain = !escaped.isEmpty && !escaped.utf8.contains { [0x20, 0x22, 0x3D].contains($0) }
    if isPlain { return escaped }
    var quoted = "\""
    for scalar in escaped.unicodeScalars {
      if scalar == "\"" { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
