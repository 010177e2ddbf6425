// The demo's place on disk.
import Glibc
import Settings

/// `inbox/` for the app, `relay/` for the relay, beside their config.
struct DemoFolder {
  let path: String
  private let isKept: Bool

  var inbox: String { path + "/inbox" }
  var relay: String { path + "/relay" }

  /// Uses `kept` and leaves it there, or makes a temporary folder.
  init(kept: String?) throws {
    umask(0o077)
    isKept = kept != nil
    if let kept {
      path = kept.hasPrefix("/") ? kept : Self.currentDirectory + "/" + kept
      try DataDirectory(path: path).prepare()
    } else {
      var template = Array(
        ((Environment.process["TMPDIR"] ?? "/tmp") + "/inbox-demo-XXXXXX").utf8CString)
      guard mkdtemp(&template) != nil else {
        throw ExitError(
          .unavailable, "no temporary folder: \(String(cString: strerror(errno))); give --data DIR")
      }
      path = template.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { String(cString: $0) } ?? ""
      }
    }
    try DataDirectory(path: relay).prepare()
  }

  private static var currentDirectory: String {
    guard let buffer = getcwd(nil, 0) else { return "." }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  /// Removes a temporary folder with everything in it.
  func remove() {
    guard !isKept, !path.isEmpty else { return }
    nftw(path, { path, _, _, _ in Glibc.remove(path) }, 16, FTW_DEPTH.rawValue.asFlag | FTW_PHYS.rawValue.asFlag)
  }
}

extension UInt32 {
  fileprivate var asFlag: Int32 { Int32(bitPattern: self) }
}
