// Finds the webhook bodies that the decoding tests read: our own, and published samples where a
// checkout has them beside it.
import Foundation
import Testing

struct WebhookFixture: CustomTestStringConvertible {
  var url: URL
  var body: [UInt8]

  var testDescription: String {
    url.deletingLastPathComponent().lastPathComponent + "/" + url.lastPathComponent
  }

  /// The file with the expected events.
  var golden: URL { url.deletingPathExtension().appendingPathExtension("txt") }

  private static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let own = all(under: package.appending(path: "Tests/Fixtures"))
  static let published = all(
    under: package.deletingLastPathComponent().appending(path: "shared/meta/webhooks")
  )

  private static func all(under folder: URL) -> [WebhookFixture] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let urls = (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "json" }
    return urls.sorted { $0.path < $1.path }.compactMap { url in
      guard let data = try? Data(contentsOf: url) else { return nil }
      return WebhookFixture(url: url, body: Array(data))
    }
  }
}
