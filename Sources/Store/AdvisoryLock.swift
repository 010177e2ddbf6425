// A lock between processes: flock on a file of its own, freed by the kernel when a process dies.
import Glibc
import Synchronization

/// An flock on one file.
///
/// Never opened on the store's own files: closing any descriptor of those would drop SQLite's
/// locks.
package final class AdvisoryLock: Sendable {
  package let path: String
  private let descriptor: Int32
  private let held = Mutex(false)

  /// Opens (and makes) the lock file, mode 0600.
  package init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError.unusable(path: path, detail: String(cString: strerror(errno)))
    }
  }

  deinit { close(descriptor) }

  /// Takes the lock if nobody has it.
  package func tryLock() -> Bool {
    held.withLock { isHeld in
      guard !isHeld else { return false }
      isHeld = flock(descriptor, LOCK_EX | LOCK_NB) == 0
      return isHeld
    }
  }

  /// Takes part in the lock with others, who all keep it from being taken alone.
  package func tryShare() -> Bool { flock(descriptor, LOCK_SH | LOCK_NB) == 0 }

  /// Takes the lock, waiting at most `milliseconds`.
  ///
  /// Throws `StoreError.busy` when another process keeps it.
  package func lock(milliseconds: Int64) throws {
    var waited: Int64 = 0
    while !tryLock() {
      guard waited < milliseconds * 1000 else { throw StoreError.busy(lock: path) }
      // Short at first: a writer holds it for well under a millisecond.
      let pause: Int64 = waited < 2000 ? 100 : 1000
      usleep(UInt32(pause))
      waited += pause
    }
  }

  /// Whether nobody holds the lock now.
  ///
  /// Several may ask at once without seeing each other.
  package var isFree: Bool {
    held.withLock { isHeld in
      guard !isHeld, flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return false }
      flock(descriptor, LOCK_UN)
      return true
    }
  }

  /// Gives the file a new time stamp, which others may watch for.
  func touch() { futimens(descriptor, nil) }

  package func unlock() {
    held.withLock { isHeld in
      flock(descriptor, LOCK_UN)
      isHeld = false
    }
  }
}
