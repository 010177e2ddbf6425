// Where a program keeps its data, and how it makes that folder: private to its owner. At start,
// before anything is opened.
import Glibc

/// A program's data folder.
package struct DataDirectory: Equatable, Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// The folder of `inbox`: `--data`, `$INBOX_DATA`, `[store] path`, `$XDG_DATA_HOME/inbox`,
  /// `~/.local/share/inbox`, whichever comes first.
  package static func inbox(
    explicit: String? = nil,
    configured: String? = nil,
    environment: Environment = .process
  ) throws(ExitError) -> DataDirectory {
    let named = explicit ?? environment["INBOX_DATA"]
    if let path = named ?? configured { return DataDirectory(path: environment.expand(path)) }
    guard let folder = environment.folder("XDG_DATA_HOME", orHome: ".local/share") else {
      throw ExitError(.configuration, "no place for data: HOME is not set; give --data DIR")
    }
    return DataDirectory(path: folder + "/inbox")
  }

  package var log: DataDirectory { DataDirectory(path: path + "/log") }
  package var media: DataDirectory { DataDirectory(path: path + "/media") }
  package var database: String { path + "/inbox.db" }

  /// Makes the folder with mode 0700 when it is missing, tightens it when it is laxer, and sets
  /// the process's umask to 077.
  package func prepare() throws(ExitError) {
    umask(0o077)
    try make(path)
    var status = stat()
    guard stat(path, &status) == 0 else { throw refused() }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw ExitError(.unavailable, "\(path) is not a folder; name another for the data")
    }
    if status.st_mode & 0o077 != 0 {
      // A folder everybody writes to (/tmp) is nobody's to close.
      guard status.st_mode & S_ISVTX == 0 else {
        let text = "\(path) is shared by all users; name a folder of its own for the data"
        throw ExitError(.notPermitted, text)
      }
      guard chmod(path, 0o700) == 0 else { throw refused() }
    }
    guard access(path, R_OK | W_OK | X_OK) == 0 else { throw refused() }
  }

  private func make(_ path: String) throws(ExitError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw refused()
    }
    try make(String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw refused() }
  }

  private func refused() -> ExitError {
    let code = errno
    let status: ExitStatus = [EACCES, EPERM, EROFS].contains(code) ? .notPermitted : .unavailable
    let reason = String(cString: strerror(code))
    return ExitError(
      status,
      "the data directory \(path) can't be used: \(reason); make it writable or name another"
    )
  }
}
