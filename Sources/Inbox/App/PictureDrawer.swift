// Pictures in block characters, by chafa where it is installed. Runs it apart from everything else:
// few seconds, little output, no input, and nothing of what it writes reaches the terminal unread.
import Dispatch
import Foundation
import Glibc
import Model
import Settings

struct PictureDrawer: Sendable {
  private let program: String?
  private let queue = DispatchQueue(label: "inbox.pictures", attributes: .concurrent)

  /// Longer than a large photo takes on a small machine.
  private static let seconds = 5
  /// Cells of a full picture, each with both colours.
  private static let outputLimit = 256 * 1024

  init(environment: Environment = .process) {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    program = folders.map { $0 + "/chafa" }.first { access($0, X_OK) == 0 }
  }

  var isAvailable: Bool { program != nil }

  /// Draws `path` and answers from a queue of its own; nil when it is no picture.
  func draw(
    _ path: String,
    columns: Int,
    rows: Int,
    answer: @escaping @Sendable (MediaPreview?) -> Void
  ) {
    guard let program else { return answer(nil) }
    queue.async { answer(Self.run(program, path, columns: columns, rows: rows)) }
  }

  private static func run(
    _ program: String,
    _ path: String,
    columns: Int,
    rows: Int
  ) -> MediaPreview? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [
      "--format", "symbols", "--symbols", "block+space", "--colors", "256", "--animate", "off",
      "--polite", "on", "--size", "\(columns)x\(rows)", "--", path,
    ]
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color"]
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    do { try process.run() } catch { return nil }
    let identifier = process.processIdentifier
    let watch = DispatchWorkItem { kill(identifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: watch)
    var output: [UInt8] = []
    while output.count <= outputLimit,
      let part = try? pipe.fileHandleForReading.read(upToCount: 1 << 16), !part.isEmpty
    {
      output += part
    }
    if output.count > outputLimit { kill(identifier, SIGKILL) }
    process.waitUntilExit()
    watch.cancel()
    guard process.terminationStatus == 0, process.terminationReason == .exit else { return nil }
    return MediaPreview(chafa: output, columns: columns, rows: rows)
  }
}
