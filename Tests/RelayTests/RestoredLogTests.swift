// A log that went back: clients must not take its numbers for those that they know.
import Foundation
import Testing

@testable import Relay

@Suite struct RestoredLogTests {
  private func id(of directory: String) async throws -> String {
    let log = try SQLiteEventLog(directory: directory)
    await log.close()
    return log.id
  }

  @Test func aLogThatStaysIsTheSame() async throws {
    let scratch = try Scratch()
    let first = try await id(of: scratch.path)
    #expect(try await id(of: scratch.path) == first)
  }

  @Test func aLogThatIsPutBackOverItselfIsAnother() async throws {
    let scratch = try Scratch()
    let first = try await id(of: scratch.path)
    let file = scratch.path + "/" + SQLiteEventLog.fileName
    let copy = try Data(contentsOf: URL(filePath: file))
    #expect(try await id(of: scratch.path) == first)
    // Over the file as it is: its number stays.
    let handle = try #require(FileHandle(forWritingAtPath: file))
    try handle.write(contentsOf: copy)
    try handle.close()
    let second = try await id(of: scratch.path)
    #expect(second != first)
    #expect(try await id(of: scratch.path) == second)
  }

  @Test func aLogThatIsBehindItsClientsIsAnother() async throws {
    let scratch = try Scratch()
    let log = try SQLiteEventLog(directory: scratch.path)
    let file = scratch.path + "/" + SQLiteEventLog.fileName
    _ = try await log.append(Fixture.event("one"))
    try await log.acknowledge(client: "desk", through: 1)
    await log.close()
    let copy = try Data(contentsOf: URL(filePath: file))
    let seal = LogSeal(directory: scratch.path)
    let mark = try #require(seal.read())
    // The same opening went on for long after the copy was taken.
    seal.begin(mark)
    seal.raise(to: 500)
    try copy.write(to: URL(filePath: file))
    #expect(try await id(of: scratch.path) != log.id)
  }

  @Test func aLogWithItsSealGoneOrInAnotherFileIsAnother() async throws {
    let scratch = try Scratch()
    let first = try await id(of: scratch.path)
    try FileManager.default.removeItem(atPath: scratch.path + "/" + LogSeal.fileName)
    let second = try await id(of: scratch.path)
    #expect(second != first)
    let file = scratch.path + "/" + SQLiteEventLog.fileName
    try FileManager.default.copyItem(atPath: file, toPath: file + ".copy")
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.moveItem(atPath: file + ".copy", toPath: file)
    #expect(try await id(of: scratch.path) != second)
  }

  @Test func aLogThatMovesWithItsFolderStaysTheSame() async throws {
    let scratch = try Scratch()
    let old = scratch.path + "/old"
    try FileManager.default.createDirectory(atPath: old, withIntermediateDirectories: false)
    let first = try await id(of: old)
    try FileManager.default.moveItem(atPath: old, toPath: scratch.path + "/new")
    #expect(try await id(of: scratch.path + "/new") == first)
  }

  @Test func aLogCanBeRenewedByHand() async throws {
    let scratch = try Scratch()
    let log = try SQLiteEventLog(directory: scratch.path)
    let first = log.id
    let renewed = try await log.renew()
    await log.close()
    #expect(renewed != first)
    #expect(try await id(of: scratch.path) == renewed)
  }
}
