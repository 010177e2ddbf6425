// The process environment as a value, so that tests bring their own. Read at start, any thread.
import Glibc

/// Environment variables; an empty one counts as unset.
package struct Environment: Sendable {
  private let look: @Sendable (String) -> String?

  /// The real environment of this process.
  package static let process = Environment { name in getenv(name).map { String(cString: $0) } }

  package init(_ variables: [String: String] = [:]) {
    look = { variables[$0] }
  }

  private init(look: @escaping @Sendable (String) -> String?) { self.look = look }

  package subscript(name: String) -> String? {
    guard let value = look(name), !value.isEmpty else { return nil }
    return value
  }

  /// The folder for config or data by the XDG rules: `variable`, or `fallback` under the home.
  func folder(_ variable: String, orHome fallback: String) -> String? {
    // The XDG rules say that a relative path is to be ignored.
    if let folder = self[variable], folder.hasPrefix("/") { return folder }
    return self["HOME"].map { $0 + "/" + fallback }
  }

  /// `path` with a leading `~` replaced by the home, and a relative one put under `folder`.
  func expand(_ path: String, under folder: String? = nil) -> String {
    if path == "~" || path.hasPrefix("~/"), let home = self["HOME"] {
      return home + path.dropFirst()
    }
    guard let folder, !path.hasPrefix("/") else { return path }
    return folder + "/" + path
  }
}
