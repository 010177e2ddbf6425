// Pictures of screens as text files. `UPDATE_GOLDEN=1 swift test --filter ScreensTests` rewrites
// them; look at the difference before committing it.
import Foundation
import TerminalUI
import Testing

enum Golden {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  /// Compares a screen with its file, line by line.
  static func expect(
    _ canvas: Canvas,
    _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent(name + ".txt")
    let picture = canvas.textLines().joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try picture.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let known = try String(contentsOf: file, encoding: .utf8)
    let differing = zip(
      known.split(separator: "\n", omittingEmptySubsequences: false),
      picture.split(separator: "\n", omittingEmptySubsequences: false)
    ).filter { $0 != $1 }.map { "- \($0)\n+ \($1)" }
    #expect(
      known == picture,
      "\(name) differs:\n\(differing.joined(separator: "\n"))",
      sourceLocation: sourceLocation
    )
  }
}
