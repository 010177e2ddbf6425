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

  /// The accounts that our own are addressed to.
  static let channels = """
    [[channel]]
    id = "wa-fixtures"
    kind = "whatsapp"
    gym = "downtown"
    phone_number_id = "301000000000007"
    access_token = "wa-token"
    graph_url = "http://127.0.0.1:1/v26.0"
    [[channel]]
    id = "ig-fixtures"
    kind = "instagram"
    gym = "downtown"
    account_id = "17840000000000042"
    access_token = "ig-token"
    graph_url = "http://127.0.0.1:1/v26.0"
    [[channel]]
    id = "fb-fixtures"
    kind = "messenger"
    gym = "downtown"
    page_id = "100200300400"
    access_token = "fb-token"
    graph_url = "http://127.0.0.1:1/v26.0"
    """

  /// The simulator's Facebook page.
  static let page = """
    [[channel]]
    id = "page"
    kind = "messenger"
    gym = "downtown"
    page_id = "100000000000001"
    access_token = "page-token"
    graph_url = "{graph}/v26.0"
    """

  private static func files(in folder: URL) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.compactMap { $0 as? URL } ?? [])
      .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
  }
}
