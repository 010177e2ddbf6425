// The table of commands: complete, without clashes, and the same as its page.
import Foundation
import TerminalUI
import Testing

@testable import Screens

@Suite struct CommandTests {
  @Test func everyCommandIsInTheTableOnce() {
    #expect(Commands.all.map(\.id).count == Set(Commands.all.map(\.id)).count)
    #expect(Set(Commands.all.map(\.id)) == Set(Command.ID.allCases))
  }

  @Test(arguments: Context.allCases)
  func noKeyHidesAnother(context: Context) throws {
    for (table, keys) in [
      (Commands.usual, Commands.usualKeys), (Commands.typewriter, Commands.typewriterKeys),
    ] {
      let bindings = table.rows.filter { $0.contexts.contains(context) }.flatMap(\.keys)
      #expect(bindings.count == Set(bindings).count)
      #expect(try #require(keys[context]).shadowed.isEmpty)
    }
  }

  @Test func everyFooterCommandHasItsWord() {
    for (context, ids) in Commands.footer {
      for id in ids {
        let command = Commands.usual[id]
        #expect(command?.hint != nil, "\(id)")
        #expect(command?.contexts.contains(context) == true, "\(id)")
      }
    }
  }

  @Test func everyCommandCanBeReached() {
    for command in Commands.all { #expect(!command.keys.isEmpty || command.word != nil) }
  }

  @Test func theKeysPageIsNotStale() throws {
    let file = Golden.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/keys.md")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try KeysDocument.markdown().write(to: file, atomically: true, encoding: .utf8)
    }
    guard let page = try? String(contentsOf: file, encoding: .utf8) else { return }
    #expect(page == KeysDocument.markdown(), "run UPDATE_GOLDEN=1 make test")
  }
}
