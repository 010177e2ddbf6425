// inbox-sim: a stand-in for the messaging providers, for demos, tests and load.
import ArgumentParser

@main
struct SimulatorProgram: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox-sim",
    abstract: "Stands in for Meta: the Graph API, signed webhooks, customers who answer.",
    subcommands: [ServeCommand.self]
  )
}
