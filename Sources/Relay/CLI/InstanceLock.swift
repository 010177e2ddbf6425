// Keeps a data directory to one relay: two would give the same seq to different webhooks.
import Glibc
import Settings

/// Held as long as it lives; the kernel frees it when the process dies.
struct InstanceLock: ~Copyable {
  private let descriptor: Int32

  /// Throws `ExitError` when another relay has the directory.
  init(directory: DataDirectory) throws(ExitError) {
    // A file of its own: closing a descriptor of the database would drop SQLite's locks.
    let path = directory.path + "/relay.lock"
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      let reason = String(cString: strerror(errno))
      throw ExitError(.notPermitted, "\(path) can't be opened: \(reason)")
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw ExitError(.tryLater, "another inbox-relay uses \(directory.path); stop it first")
    }
    descriptor = file
  }

  deinit { close(descriptor) }
}
