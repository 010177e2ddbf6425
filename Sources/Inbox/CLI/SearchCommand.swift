// `inbox search …`: leads and messages by name, number and words, for scripts.
import ArgumentParser
import Model
import Settings
import Store

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find leads by name, phone number or words of notes and messages.",
    discussion: "Every word has to be there; the last one may be the beginning of a word. Names "
      + "come first, then numbers, then notes and messages from the newest back."
  )

  @OptionGroup var common: CommonOptions
  @OptionGroup var json: JSONOption
  @Argument(help: "What to look for; quote several words.") var query: [String]
  @Option(help: "At most this many.") var limit: Int?

  func run() throws {
    let terms = SearchTerms(query.joined(separator: " "))
    guard !terms.isEmpty else {
      throw ExitError(.usage, "nothing to look for: give a word or a part of a phone number")
    }
    let store = try common.open().store
    // Usually the worker has done it; without one, whoever searches has to.
    while try store.indexForSearch(limit: 5000) {}
    let hits = try store.search(terms, limit: limit ?? .max, scope: .everything)
    if json.isJSON {
      for hit in hits { Output.object { write(hit, to: &$0) } }
    } else if !hits.isEmpty {
      let rows = hits.map {
        [$0.lead.description, $0.name, $0.kind.rawValue, $0.at.rfc3339, $0.snippet]
      }
      Output.table([["LEAD", "NAME", "FOUND IN", "AT", "TEXT"]] + rows)
    }
  }

  private func write(_ hit: SearchHit, to writer: inout JSONWriter) {
    writer.field("lead", hit.lead.rawValue)
    writer.field("message", hit.message?.rawValue)
    writer.field("kind", hit.kind.rawValue)
    writer.field("name", hit.name)
    writer.field("snippet", hit.snippet)
    writer.field("at", hit.at.rfc3339)
  }
}
