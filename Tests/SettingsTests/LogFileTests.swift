// The log: the form of a line, rotation, and several writers on one file.
import Foundation
import Logging
import Model
import Settings
import Testing

@Suite struct LogFileTests {
  @Test func writesOneLineAnEvent() throws {
    let scratch = try Scratch()
    let file = try LogFile(path: scratch.path + "/inbox.log")
    let clock = WallClock { Timestamp(milliseconds: 1_785_576_600_250) }
    var logger = file.logger(label: "inbox", clock: clock)
    logger.info("started", metadata: ["version": "1.0", "path": "/a b", "none": ""])
    logger[metadataKey: "trace"] = "4f2a"
    logger.error("bad\nline\u{1B}[2J", metadata: ["quote": "say \"hi\"", "line": "a\tb"])
    logger.debug("not at this level")
    let token = Secret("hidden")
    logger.info("secret", metadata: ["token": .stringConvertible(token)])
    #expect(
      try scratch.read("inbox.log") == """
        2026-08-01T09:30:00.250Z info - started none="" path="/a b" version=1.0
        2026-08-01T09:30:00.250Z error 4f2a bad\\nline\\u{1b}[2J line=a\\tb quote="say \\"hi\\""
        2026-08-01T09:30:00.250Z info 4f2a secret token=<secret>

        """
    )
    #expect(try scratch.mode("/inbox.log") == 0o600)
  }

  @Test func rotatesAndKeepsAFewParts() throws {
    let scratch = try Scratch()
    let file = try LogFile(path: scratch.path + "/x.log", limit: 20, parts: 3)
    for number in 0..<10 { file.write(Array("line \(number) ----\n".utf8)) }
    #expect(try scratch.read("x.log") == "line 9 ----\n")
    #expect(try scratch.read("x.log.1") == "line 8 ----\n")
    #expect(try scratch.read("x.log.2") == "line 7 ----\n")
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/x.log.3"))
  }

  @Test func followsARotationByAnotherProcess() throws {
    let scratch = try Scratch()
    let mine = try LogFile(path: scratch.path + "/x.log", limit: 20, parts: 2)
    let theirs = try LogFile(path: scratch.path + "/x.log", limit: 20, parts: 2)
    mine.write(Array("first line --\n".utf8))
    theirs.write(Array("second line -\n".utf8))
    mine.write(Array("third\n".utf8))
    #expect(try scratch.read("x.log.1") == "first line --\n")
    #expect(try scratch.read("x.log") == "second line -\nthird\n")
  }

  @Test func losesNothingWithManyWriters() async throws {
    let scratch = try Scratch()
    let path = scratch.path + "/x.log"
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          guard let file = try? LogFile(path: path, limit: 1 << 14, parts: 9) else { return }
          for number in 0..<500 { file.write(Array("writer \(writer) line \(number)\n".utf8)) }
        }
      }
    }
    var lines: [Substring] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    where !name.hasSuffix(".lock") {
      lines += try scratch.read(name).split(separator: "\n")
    }
    #expect(lines.count == 2000)
    #expect(Set(lines).count == 2000)
    #expect(lines.allSatisfy { $0.hasPrefix("writer ") })
  }
}
