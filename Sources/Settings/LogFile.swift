// The log of one program: a file that several processes append to, and that rotates itself.
// Any thread; a write takes a few microseconds and never fails the caller.
import Glibc
import Synchronization

/// An append-only file of lines that keeps its older parts beside it.
///
/// Each line is one `write` on an `O_APPEND` descriptor, so lines of several processes never mix.
package final class LogFile: Sendable {
  package let path: String
  private let limit: Int
  private let parts: Int
  private let state = Mutex(State())

  private struct State {
    var descriptor: Int32 = -1
    var inode: ino_t = 0
  }

  /// Opens (and makes) the file, mode 0600, in a folder that exists.
  ///
  /// Past `limit` bytes it rotates; `parts` files are kept in all.
  package init(path: String, limit: Int = 10 << 20, parts: Int = 5) throws(ExitError) {
    self.path = path
    self.limit = limit
    self.parts = parts
    let isOpen = state.withLock { state in reopen(&state) }
    guard isOpen else {
      let reason = String(cString: strerror(errno))
      throw ExitError(.unavailable, "the log \(path) can't be opened: \(reason)")
    }
  }

  deinit { state.withLock { state in _ = close(state.descriptor) } }

  /// Appends `line`, which ends in a newline.
  package func write(_ line: [UInt8]) {
    state.withLock { state in
      follow(&state, making: line.count)
      _ = line.withUnsafeBytes { Glibc.write(state.descriptor, $0.baseAddress, $0.count) }
    }
  }

  /// Goes on to the new file when another process has rotated, or rotates when this one is full.
  private func follow(_ state: inout State, making size: Int) {
    var current = stat()
    let exists = stat(path, &current) == 0
    if exists && current.st_ino == state.inode && current.st_size + size <= limit { return }
    if exists && current.st_size + size > limit { rotate(size) }
    _ = reopen(&state)
  }

  private func rotate(_ size: Int) {
    let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { return }
    defer { close(lock) }
    guard flock(lock, LOCK_EX) == 0 else { return }
    // Another process may have done it while this one waited.
    var current = stat()
    guard stat(path, &current) == 0, current.st_size + size > limit else { return }
    for part in stride(from: parts - 1, through: 1, by: -1) {
      rename(part == 1 ? path : "\(path).\(part - 1)", "\(path).\(part)")
    }
  }

  /// Keeps the old descriptor when the file can't be opened.
  private func reopen(_ state: inout State) -> Bool {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else { return false }
    if state.descriptor >= 0 { close(state.descriptor) }
    state.descriptor = descriptor
    state.inode = status.st_ino
    return true
  }
}
