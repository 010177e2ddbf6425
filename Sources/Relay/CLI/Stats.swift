// `inbox-relay stats`: numbers about the event log, beside a running relay or without one.
import ArgumentParser
import GRDB
import Model
import Settings

struct Stats: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show numbers about the event log.")

  @OptionGroup var options: ConfigOption

  @Flag(name: .long, help: "One JSON object.")
  var json = false

  func run() async throws {
    try await reporting {
      let settings = try options.load()
      let status = try LogFileReader(directory: DataDirectory(path: settings.data)).status()
      let clients = settings.clients.map { ($0.name, status.acked[$0.name] ?? 0) }
      Output.line(json ? status.json(clients) : status.text(clients))
    }
  }
}

extension EventLogStatus {
  fileprivate func text(_ clients: [(name: String, acked: Int64)]) -> String {
    var lines = [
      "log     \(id)",
      "events  \(events)",
      "seq     \(firstSeq) to \(lastSeq)",
      "oldest  \(oldestAt?.rfc3339 ?? "-")",
      "bytes   \(bytes)",
    ]
    for client in clients {
      lines.append(
        "client  \(client.name): acked \(client.acked), behind \(lastSeq - client.acked)"
      )
    }
    return lines.map(\.escapingControls).joined(separator: "\n")
  }

  fileprivate func json(_ clients: [(name: String, acked: Int64)]) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("log", id)
      writer.field("events", events)
      writer.field("first_seq", firstSeq)
      writer.field("last_seq", lastSeq)
      writer.field("oldest_at", oldestAt?.rfc3339)
      writer.field("bytes", bytes)
      writer.key("clients")
      writer.array { writer in
        for client in clients {
          writer.object { writer in
            writer.field("name", client.name)
            writer.field("acked", client.acked)
            writer.field("behind", lastSeq - client.acked)
          }
        }
      }
    }
    return writer.text
  }
}
