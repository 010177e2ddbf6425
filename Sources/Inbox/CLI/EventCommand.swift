// `inbox event …`: the journal of raw webhooks.
import ArgumentParser
import Model
import Store

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
    static let configuration = CommandConfiguration(abstract: "One event with its raw body.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption
    @Argument(help: "The event's number.") var seq: Int64

    func run() throws {
      guard let event = try common.open().store.event(seq) else {
        throw StoreError.noSuchEvent(seq)
      }
      let body = String(decoding: event.raw.body, as: UTF8.self)
      if json.isJSON {
        Output.object {
          event.write(to: &$0)
          $0.field("body", body)
        }
      } else {
        Output.table([
          ["Number", String(event.id)], ["Received", event.raw.receivedAt.rfc3339],
          ["Source", event.raw.source], ["Path", event.raw.path],
          ["State", event.state.rawValue], ["What", event.summary],
          ["Reason", event.reason ?? "-"], ["SHA-256", event.raw.sha256],
        ])
        Output.line("")
        Output.table([[body]])
      }
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
      Output.error("\(count) events will be applied again")
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
