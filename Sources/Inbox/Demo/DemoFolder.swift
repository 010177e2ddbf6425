// The demo's place on disk.
import Glibc
import Settings

/// The app's own data directory, so that every other command may look into it; what the relay and
/// the simulator need is in `demo/` below.
struct DemoFolder {
  let path: String
  private let isKept: Bool

  var servers: String { path + "/demo" }
  var relay: String { servers + "/relay" }

  /// Uses `kept` and leaves it there, or makes a temporary folder.
  init(kept: String?) throws {
    umask(0o077)
    isKept = kept != nil
    if let kept {
      path = kept.hasPrefix("/") ? kept : Self.currentDirectory + "/" + kept
      try DataDirectory(path: path).prepare()
    } else {
      var template = Array(
        ((Environment.process["TMPDIR"] ?? "/tmp") + "/inbox-demo-XXXXXX").utf8CString
      )
      guard mkdtemp(&template) != nil else {
        throw ExitError(
          .unavailable,
          "no temporary folder: \(String(cString: strerror(errno))); give --data DIR"
        )
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
    Self.removeTree(path)
  }

  /// Removes a folder and what is in it; links are removed, not followed.
  private static func removeTree(_ path: String) {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name != ".", name != ".." else { continue }
      let child = path + "/" + name
      if entry.pointee.d_type == UInt8(DT_DIR) { removeTree(child) } else { unlink(child) }
    }
    closedir(folder)
    rmdir(path)
  }
}
