// The webhooks that the conformance run posts: our own, and the published samples where they are.
import Foundation

enum Fixtures {
  /// Bodies of every webhook fixture, in the order of their names.
  static func webhooks() throws -> [Data] {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let own = package.appendingPathComponent("Tests/Fixtures")
    let published = package.deletingLastPathComponent().appendingPathComponent(
      "shared/meta/webhooks"
    )
    return try (files(in: own) + files(in: published)).map { try Data(contentsOf: $0) }
  }

  private static func files(in folder: URL) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.compactMap { $0 as? URL } ?? [])
      .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
  }
}
