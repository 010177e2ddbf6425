// Runs the built programs, from the folder that holds this test bundle.
import Foundation
import Glibc
import TestSupport
import Testing

/// A running program that prints one line with its address when it is ready.
final class Program {
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  let process = Process()
  private(set) var url = ""

  /// Starts a server and waits for its line.
  init(_ name: String, _ arguments: [String]) throws {
    process.executableURL = Self.path(name)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      let byte = output.fileHandleForReading.readData(ofLength: 1)
      try #require(!byte.isEmpty, "\(name) ended before it was ready")
      line.append(byte)
    }
    let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    url = words.last { $0.hasPrefix("http") }.map(String.init) ?? ""
  }

  /// Starts a program that prints nothing, and does not wait.
  init(background name: String, _ arguments: [String]) throws {
    process.executableURL = Self.path(name)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  /// Waits for its end, and says so when it has to be killed.
  func stop() {
    guard process.isRunning else { return }
    process.terminate()
    if eventually({ !process.isRunning }) { return }
    Issue.record("\(process.arguments ?? []) did not end")
    kill9()
  }

  func kill9() {
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Runs a program to its end.
  static func run(
    _ name: String,
    _ arguments: [String],
    environment: [String: String]? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = path(name)
    process.arguments = arguments
    if let environment { process.environment = environment }
    let folder = FileManager.default.temporaryDirectory
    let names = ["out", "err"].map { folder.appendingPathComponent("\(UUID().uuidString).\($0)") }
    defer { for name in names { try? FileManager.default.removeItem(at: name) } }
    for name in names { _ = FileManager.default.createFile(atPath: name.path, contents: nil) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: names[0])
    process.standardError = try FileHandle(forWritingTo: names[1])
    try process.run()
    process.waitUntilExit()
    let texts = try names.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Result(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }

  private static func path(_ name: String) -> URL {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    for argument in [own] + CommandLine.arguments {
      guard let range = argument.range(of: "/debug/") ?? argument.range(of: "/release/") else {
        continue
      }
      let path = String(argument[..<range.upperBound]) + name
      if FileManager.default.isExecutableFile(atPath: path) { return URL(fileURLWithPath: path) }
    }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return package.appendingPathComponent(".build/debug/\(name)")
  }
}
