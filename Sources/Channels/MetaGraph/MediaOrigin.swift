// Where files may be fetched from, and who may see the access token. Addresses come in webhooks and
// redirects; the token goes to the provider's own hosts only.
import Model

/// Scheme, host and port of an address.
struct WebOrigin: Equatable {
  var scheme: String
  var host: String
  var port: String

  /// Nil for what is no plain web address, such as one with a user in it.
  init?(_ url: String) {
    guard let colon = url.firstRange(of: "://") else { return nil }
    scheme = url[..<colon.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else { return nil }
    let authority = url[colon.upperBound...].prefix { !"/?#".contains($0) }.lowercased()
    guard !authority.isEmpty, authority.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      !authority.contains(where: { "@\\%[]".contains($0) })
    else { return nil }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.first, !name.isEmpty else { return nil }
    host = String(name)
    port = parts.count == 2 ? String(parts[1]) : scheme == "https" ? "443" : "80"
  }

  /// A name on the public network, as against an address or a machine of this one.
  var isPublicName: Bool {
    let labels = host.split(separator: ".")
    guard labels.count >= 2, let top = labels.last else { return false }
    return top.allSatisfy(\.isLetter) && !["local", "localhost", "internal", "lan"].contains(top)
  }
}

/// What one of the gym's channels may fetch.
struct MediaOrigins {
  private let base: WebOrigin?

  init(_ credentials: GraphCredentials) { base = WebOrigin(credentials.baseURL) }

  /// The API's own host, or any public one by https.
  func mayFetch(_ url: String) -> Bool {
    guard let origin = WebOrigin(url) else { return false }
    return origin == base || origin.scheme == "https" && origin.isPublicName
  }

  /// Meta's media host takes the Graph API's token; nobody else does.
  func mayHaveToken(_ url: String) -> Bool {
    guard let origin = WebOrigin(url) else { return false }
    if origin == base { return true }
    let isMeta = ["graph.facebook.com", "graph.instagram.com"].contains(base?.host ?? "")
    return isMeta && origin.scheme == "https" && origin.port == "443"
      && origin.host == "lookaside.fbsbx.com"
  }

  /// Where a redirect leads; nil when that is no web address.
  static func target(of location: String, from url: String) -> String? {
    if location.contains("://") { return location }
    guard let origin = WebOrigin(url), let start = url.firstRange(of: "://") else { return nil }
    if location.hasPrefix("//") { return origin.scheme + ":" + location }
    let rest = url[start.upperBound...]
    let root = url[..<(rest.firstIndex { "/?#".contains($0) } ?? url.endIndex)]
    return location.hasPrefix("/") ? root + location : root + "/" + location
  }
}
