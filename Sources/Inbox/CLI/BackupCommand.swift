// `inbox backup`, `check` and `restore`: copies of the store, and whether it is sound.
import ArgumentParser
import Settings
import Store

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the store to a new file, while everything runs.",
    discussion: "Photos and other files of messages go to a folder beside it, FILE.media."
  )

  @OptionGroup var common: CommonOptions
  @Argument(help: "The file to write; it must not exist.") var file: String

  func run() throws {
    let files = try common.open().store.backup(to: file)
    Output.error(files == 0 ? "wrote \(file)" : "wrote \(file) and \(files) files in \(file).media")
  }
}

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look whether the store is sound."
  )

  @OptionGroup var common: CommonOptions

  func run() throws {
    let problems = try common.open().store.problems()
    for problem in problems { Output.line(problem) }
    guard problems.isEmpty else {
      throw ExitError(.badData, "the store is damaged; restore the newest backup")
    }
    Output.error("the store is sound")
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Replace the store by a backup's content.",
    discussion:
      "Replies that were queued in the backup become unconfirmed: they may have left since."
  )

  @OptionGroup var common: CommonOptions
  @Argument(help: "A file that `inbox backup` wrote.") var file: String

  func run() throws {
    let restored = try common.open().store.restore(from: file)
    Output.error("restored \(file); what came in since is fetched again from the relay")
    if restored.unconfirmed > 0 {
      Output.error("\(restored.unconfirmed) replies may have left since: say so for each (m or M)")
    }
    if restored.missingFiles > 0 {
      Output.error("\(restored.missingFiles) files are not in \(file).media")
    }
    Output.error("what was in the store before is kept in \(restored.former)")
  }
}
