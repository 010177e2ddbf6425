// Pictures of screens as text files: the characters, then the runs of each row that are not plain
// text, by role. What roles look like in colour and without is a picture of its own. `UPDATE_GOLDEN=1 swift test --filter ScreensTests` rewrites
// them; look at the difference before committing it.
import Foundation
import TerminalUI
import Testing

enum Golden {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  /// `3: 0-8 pill, 10-12 quiet+underline`: columns and role, and what is added to it.
  static func styles(of canvas: Canvas) -> [String] {
    (0..<canvas.size.rows).compactMap { y in
      var runs: [String] = []
      var x = 0
      while x < canvas.size.columns {
        let style = canvas[x, y].style
        let start = x
        while x < canvas.size.columns, canvas[x, y].style == style { x += 1 }
        if style != .plain { runs.append("\(start)-\(x - 1) \(words(style))") }
      }
      return runs.isEmpty ? nil : "\(y): " + runs.joined(separator: ", ")
    }
  }

  private static func words(_ style: Style) -> String {
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
      (.reverse, "reverse"),
    ]
    let added = names.filter { style.attributes.contains($0.0) }.map { "+" + $0.1 }
    return style.role.name + added.joined()
  }

  /// Compares a screen with its file, line by line.
  static func expect(
    _ canvas: Canvas,
    _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(canvas.textLines() + [""] + styles(of: canvas), name, sourceLocation: sourceLocation)
  }

  static func expect(
    _ lines: [String],
    _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent(name + ".txt")
    let picture = lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try picture.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let known = (try? String(contentsOf: file, encoding: .utf8)) ?? "no picture yet"
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
