// `inbox event …`: the journal of raw webhooks.
import ArgumentParser
import Desk
import Model
import Store
import TerminalUI

struct EventCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "event",
    abstract: "The webhook journal: what came and what became of it.",
    subcommands: [List.self, Show.self, Replay.self]
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every event, oldest first.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption
    @Flag(help: "Only events that could not be applied.") var parked = false

    func run() throws {
      let store = try common.open().store
      var rows = [["SEQ", "RECEIVED", "SOURCE", "STATE", "WHAT"]]
      try store.eachEvent { event in
        guard !parked || event.state == .parked else { return }
        if json.isJSON {
          Output.object { event.write(to: &$0) }
        } else {
          rows.append([
            String(event.id), event.raw.receivedAt.rfc3339, event.raw.source,
            event.state.rawValue, event.reason ?? event.summary,
          ])
        }
      }
      if !json.isJSON { Output.table(rows) }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One event with its body; personal data and secrets are hidden.",
      discussion: "With --raw nothing is hidden, and it is written down who looked."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption
    @Argument(help: "The event's number.") var seq: Int64
    @Flag(help: "The body as it came, byte for byte.") var raw = false

    func run() throws {
      let installation = try common.open()
      let store = installation.store
      guard let event = try store.event(seq),
        let detail = try installation.desk.event(seq, isRaw: raw, seat: .commandLine)
      else { throw StoreError.noSuchEvent(seq) }
      let original = String(decoding: event.raw.body, as: UTF8.self)
      if json.isJSON {
        Output.object { writer in
          event.write(to: &writer)
          writer.field("lead", detail.line.lead?.rawValue)
          writer.field("raw", raw)
          writer.field("body", raw ? original : detail.body.joined(separator: "\n"))
        }
        return
      }
      Output.table(
        [
          ["Number", String(event.id)], ["Received", event.raw.receivedAt.rfc3339],
          ["Source", event.raw.source], ["Path", event.raw.path],
          ["State", event.state.rawValue], ["What", event.summary],
          ["Reason", event.reason ?? "-"],
          ["Lead", detail.line.lead.map { "\($0) \(detail.line.leadName ?? "")" } ?? "-"],
          ["SHA-256", event.raw.sha256],
        ]
      )
      Output.line("")
      for line in detail.body { Output.line(line.withoutControls) }
    }
  }

  struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Apply events again.",
      discussion: "The worker applies them within a second."
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: "The events' numbers.") var seq: [Int64] = []
    @Flag(help: "All that are parked.") var all = false

    func validate() throws {
      guard all != !seq.isEmpty else {
        throw ValidationError("Name the events' numbers, or --all.")
      }
    }

    func run() throws {
      let count = try common.open().store.replay(all ? nil : seq)
      Output.error("\(count) event\(count == 1 ? "" : "s") will be applied again")
    }
  }
}

extension JournalEntry {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("seq", id)
    writer.field("source", raw.source)
    writer.field("received_at", raw.receivedAt.rfc3339)
    writer.field("state", state.rawValue)
    writer.field("reason", reason)
    writer.field("summary", summary)
    writer.field("relay_seq", raw.seq)
    writer.field("sha256", raw.sha256)
  }
}

extension String {
  /// For a terminal: a line of JSON keeps its indent, and nothing in it steers the terminal.
  fileprivate var withoutControls: String {
    let indent = prefix { $0 == " " }
    return indent + Sanitizer.line(String(dropFirst(indent.count)), limit: 100_000)
  }
}
