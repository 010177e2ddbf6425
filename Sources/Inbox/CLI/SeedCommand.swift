// `inbox seed`: deterministic synthetic leads for trials and benchmarks.
import ArgumentParser
import Desk
import Settings
import Store

struct SeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed",
    abstract: "Fill the store with synthetic leads."
  )

  @OptionGroup var common: CommonOptions
  @Option(help: "How many leads.") var leads: Int
  @Option(help: "How many messages in all.") var messages: Int
  @Option(help: "The same seed gives the same data.") var seed: UInt64 = 1

  func validate() throws {
    guard leads > 0, leads <= 1_000_000, messages >= leads, messages <= 20_000_000 else {
      throw ValidationError("Ask for 1 to 1000000 leads and at least as many messages.")
    }
  }

  func run() throws {
    let desk = try common.open().desk
    let added = try desk.seed(leads: leads, messages: messages, seed: seed) { done in
      if done % 10_000 == 0 { Output.error("\(done) leads") }
    }
    while try desk.store.indexForSearch(limit: 5000) {}
    Output.error("added \(added) leads")
  }
}
